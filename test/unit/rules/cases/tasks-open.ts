import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "open to the VPC": [
      sound({
        "task-group": {
          ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"] }],
        },
      }),
      "task-group",
      /10\.0\.0\.0\/16/,
    ],
  },
  fine: {
    "another port is open": sound({
      "task-group": {
        ingress: [{ protocol: "tcp", fromPort: 9000, toPort: 9000, cidrBlocks: ["10.0.0.0/16"] }],
      },
    }),
  },
  unknown: { "whom they admit": sound({ "task-group": { ingress: unknown } }) },
};
