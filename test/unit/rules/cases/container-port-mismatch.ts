import { definitions, sound, type Case, unknownDefinitions } from "../caseParts";

export const cases: Case = {
  broken: {
    "nginx on another port": [
      sound({ definition: definitions({ HOPWISE_PORT: "9090" }) }),
      "definition",
      /9090/,
    ],
  },
  fine: {
    "a group with a port of its own, which ECS does not use": sound({ tasks: { port: 9090 } }),
  },
  unknown: { "the containers": sound(unknownDefinitions) },
};
