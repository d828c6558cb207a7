/** The app's container, and what it shares with nginx in its task. */
import { execNeedsWritableRoot, execReaches } from "../../path/exec";
import { tmpLimit } from "../../path/fargate";
import { checkTimesProblem } from "../../path/healthChecks";
import {
  environmentList,
  kibibytesOf,
  kibibytesText,
  largestTaskDefinition,
  repeatedVariables,
} from "../../path/taskDefinitions";
import { forEveryService } from "./perService";
import type { SettingsChange, SettingsRule } from "./rule";

const tmpFits: SettingsRule = (view) => {
  const [tmp, memory] = [view.get("service.tmpMiB"), view.get("service.memory")];
  const sidecars = Object.keys(view.get("service.sidecars")).length;
  const nginx = view.get("service.app.behindNginx") === false ? 0 : 1;
  const containers = nginx + (view.given("service.app") ? 1 : 0) + sidecars;
  const most = tmpLimit(tmp, { containers, memory });
  if (most === undefined) return [];
  return [
    {
      key: "service.tmpMiB",
      expected: `no more than half of ${view.at("service.memory")} for all containers: /tmp is kept in memory, and the processes need the rest`,
      detail: `at most ${most} for each of ${containers} containers: /tmp is kept in memory, and half of ${memory} MiB (${view.at("service.memory")}) stays for the processes`,
      change: {
        either: [
          { set: "service.tmpMiB", to: String(most) },
          { set: "service.memory", to: "<value>" },
        ],
      },
    },
  ];
};

/** Containers of a task share one network interface. */
const portsDiffer: SettingsRule = (view) =>
  view.get("service.app.behindNginx") !== false &&
  view.get("service.app.port") === view.get("service.port")
    ? [
        {
          key: "service.app.port",
          expected: `another port than ${view.at("service.port")}: both containers listen in the same task`,
          change: {
            set: "service.app.port",
            to: view.get("service.port") === 3000 ? "3001" : "3000",
          },
        },
      ]
    : [];

/** Everything else in a task definition only makes it larger. */
const environmentFits: SettingsRule = (view) => {
  const sidecars = Object.values(view.get("service.sidecars"));
  const environment = [{ environment: view.get("service.app.environment") }, ...sidecars];
  const size = kibibytesOf(environment.map((one) => environmentList(one.environment ?? {})));
  if (size <= largestTaskDefinition) return [];
  const expected = `less than ${largestTaskDefinition} KiB of environment: AWS takes no larger task definition`;
  return [
    {
      key: "service.app.environment",
      expected,
      detail: `${expected}, and this is ${kibibytesText(size)} KiB`,
      change: {
        write:
          "move large values into the image or into a file that the app fetches (Amazon S3, Systems Manager)",
      },
    },
  ];
};

const checkEnds: SettingsRule = (view) => {
  const interval = view.get("service.app.healthCheck.interval");
  const timeout = view.get("service.app.healthCheck.timeout");
  const why = checkTimesProblem({ interval, timeout });
  if (why === undefined) return [];
  return [
    {
      key: "service.app.healthCheck.timeout",
      expected: `less than ${view.at("service.app.healthCheck.interval")}: a check ends before the next begins`,
      detail: why,
      change: {
        either: [
          { set: "service.app.healthCheck.timeout", to: "<value>" },
          { set: "service.app.healthCheck.interval", to: "<value>" },
        ],
      },
    },
  ];
};

/** ECS refuses a name that is both. */
const variablesDiffer: SettingsRule = (view) =>
  repeatedVariables(view.get("service.app.environment"), view.get("service.app.secrets")).map(
    (entry) => ({
      key: "service.app.secrets",
      entry,
      expected: `a name that ${view.at("service.app.environment")} has not: a variable has one value`,
      change: {
        either: [
          { remove: "service.app.environment", entry },
          { remove: "service.app.secrets", entry },
        ],
      },
    }),
  );

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
const execWorks: SettingsRule = (view) => {
  if (!view.get("service.exec.enabled")) return [];
  const app = { readOnlyRoot: view.get("service.app.readOnlyRoot") };
  if (execReaches([app, ...Object.values(view.get("service.sidecars"))])) return [];
  const off: SettingsChange = { set: "service.exec.enabled", to: "false" };
  return [
    {
      key: "service.exec.enabled",
      expected: `false, or a container with a writable root file system (${view.at("service.app.readOnlyRoot")}: false): ${execNeedsWritableRoot}`,
      change: view.given("service.app")
        ? { either: [{ set: "service.app.readOnlyRoot", to: "false" }, off] }
        : off,
    },
  ];
};

/** In the order they are listed. */
export const appRules: readonly SettingsRule[] = [
  tmpFits,
  portsDiffer,
  environmentFits,
  variablesDiffer,
  checkEnds,
  execWorks,
].map(forEveryService);
