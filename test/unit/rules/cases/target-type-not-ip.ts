import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    instances: [sound({ tasks: { targetType: "instance" } }), "tasks", /targetType: "ip"/],
    "nothing said": [sound({ tasks: { targetType: undefined } }), "tasks", /type instance/],
  },
  fine: {
    "tasks in the instance's network": sound({
      tasks: { targetType: "instance" },
      definition: { networkMode: "bridge" },
    }),
  },
  unknown: {
    "the type": sound({ tasks: { targetType: unknown } }),
    "the network mode": sound({
      tasks: { targetType: "instance" },
      definition: { networkMode: unknown },
    }),
  },
};
