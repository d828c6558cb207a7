import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "a name": [sound({ tasks: { name: "web" } }), "tasks", /always called "web"/],
    "the resource's own": [sound({ tasks: { name: "tasks" } }), "tasks", /always called "tasks"/],
  },
  fine: {
    "Pulumi's": sound({ tasks: { name: "tasks-0a1b2c3" } }),
    "a prefix, with the name that was made of it": sound({
      tasks: { namePrefix: "web", name: "web1a2b3c4" },
    }),
    "a prefix": sound({ tasks: { namePrefix: "web" } }),
  },
  unknown: { "the name": sound({ tasks: { name: unknown } }) },
};
