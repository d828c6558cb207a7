import { definitions, sound, type Case, unknownDefinitions } from "../caseParts";

export const cases: Case = {
  broken: {
    "TLS to a container without": [
      sound({
        tasks: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
        definition: definitions({ HOPWISE_TLS: "off" }),
      }),
      "tasks",
      /TLS/,
    ],
  },
  fine: {
    "TLS to an image of which nothing is known": sound({
      tasks: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
    }),
  },
  unknown: {
    "the containers": sound({
      tasks: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
      ...unknownDefinitions,
    }),
  },
};
