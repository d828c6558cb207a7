import { sound, type Case, unknown } from "../caseParts";
import type { Props } from "../../../../topology/resource";

const onInstances = (definition: Props, changes: object = {}) =>
  sound({
    web: { networkConfiguration: undefined },
    definition: { requiresCompatibilities: ["EC2"], ...definition },
    ...changes,
  });

export const cases: Case = {
  broken: {
    "the network of the instance": [
      onInstances({ networkMode: "host" }),
      "tasks",
      /type ip.*instances \(host\)/,
    ],
    "nothing said": [onInstances({ networkMode: undefined }), "tasks", /\(bridge\)/],
  },
  fine: {
    "an address for each task": sound({}),
    "targets that are instances": onInstances(
      { networkMode: "bridge" },
      { tasks: { targetType: "instance" } },
    ),
    "Fargate, which has one network mode only": onInstances({
      ...{ networkMode: undefined, requiresCompatibilities: ["FARGATE"] },
    }),
  },
  fix: "targets that are instances",
  unknown: {
    "the type": onInstances({ networkMode: "bridge" }, { tasks: { targetType: unknown } }),
    "the network mode": onInstances({ networkMode: unknown }),
  },
};
