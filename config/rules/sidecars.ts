/** Sidecars: their names, ports, dependencies and shares of the task. */
import { dependencyProblems, limitKinds, limitOverrun, startNodes } from "../../path/containers";
import { repeatedVariables } from "../../path/taskDefinitions";
import { sentenceList } from "../names";
import type { View } from "../view";
import { forEveryService } from "./perService";
import type { SettingsIssue, SettingsRule } from "./rule";

const key = "service.sidecars";

/** The app, as far as other containers depend on it. */
const appOf = (view: View) =>
  view.given("service.app")
    ? {
        behindNginx: view.get("service.app.behindNginx"),
        dependsOn: view.get("service.app.dependsOn"),
        healthCheck: { command: view.get("service.app.healthCheck.command") },
      }
    : undefined;

const startInOrder: SettingsRule = (view) => {
  const nodes = startNodes({ app: appOf(view), sidecars: view.get(key) });
  return dependencyProblems(nodes).map(({ container, on, expected }): SettingsIssue =>
    container === "app"
      ? {
          key: "service.app.dependsOn",
          entry: on,
          expected,
          change: { remove: "service.app.dependsOn", entry: on },
        }
      : {
          key,
          entry: container,
          expected: `a dependsOn with ${expected}`,
          change: { write: `change ${on} under dependsOn of ${container} in the stack file` },
        },
  );
};

/** Containers of a task share one network interface. */
const portsDiffer: SettingsRule = (view) => {
  const sidecars = Object.entries(view.get(key));
  const taken = [
    ...(view.get("service.app.behindNginx") === false ? [] : [view.get("service.port")]),
    ...(view.given("service.app") ? [view.get("service.app.port")] : []),
    view.get("grpc.port"),
    ...sidecars.map(([, { port }]) => port),
  ];
  return sidecars.flatMap(([entry, { port }]): SettingsIssue[] =>
    port === undefined || taken.filter((one) => one === port).length < 2
      ? []
      : [
          {
            key,
            entry,
            expected: "a port that no other container of the task listens on: they share a network",
            change: { set: key, entry, of: "port", to: "<value>" },
          },
        ],
  );
};

/** ECS refuses a name that is both. */
const variablesDiffer: SettingsRule = (view) =>
  Object.entries(view.get(key)).flatMap(([entry, { environment, secrets }]) => {
    const repeated = repeatedVariables(environment, secrets);
    if (repeated.length === 0) return [];
    return [
      {
        key,
        entry,
        expected: "different names in environment and in secrets: a variable has one value",
        detail: `${sentenceList(repeated)} in one of environment and secrets: a variable has one value`,
        change: { write: `remove them from one of the two in the stack file` },
      },
    ];
  });

const limitsFit: SettingsRule = (view) =>
  limitKinds.flatMap((kind): SettingsIssue[] => {
    const task = view.get(`service.${kind}`);
    const sum = limitOverrun(kind, Object.values(view.get(key)), task);
    if (sum === undefined) return [];
    return [
      {
        key,
        expected: `a sum of ${kind} that is no more than ${view.at(`service.${kind}`)}`,
        detail: `a sum of ${kind} that is no more than ${view.at(`service.${kind}`)} (${task}), and it is ${sum}`,
        change: { set: `service.${kind}`, to: "<value>" },
      },
    ];
  });

/** In the order they are listed. */
export const sidecarRules: readonly SettingsRule[] = [
  startInOrder,
  portsDiffer,
  variablesDiffer,
  limitsFit,
].map(forEveryService);
