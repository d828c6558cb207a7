import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "nothing said": [sound({ alb: { accessLogs: undefined } }), "alb", /464/],
    "switched off": [
      sound({ alb: { accessLogs: { enabled: false, bucket: "logs" } } }),
      "alb",
      /464/,
    ],
    "a bucket alone": [sound({ alb: { accessLogs: { bucket: "logs" } } }), "alb", /464/],
  },
  fine: {
    "a network load balancer": sound({
      alb: { loadBalancerType: "network", accessLogs: undefined },
    }),
    "a bucket that is not known yet": sound({
      alb: { accessLogs: { enabled: true, bucket: unknown } },
    }),
  },
  unknown: {
    "whether they are on": sound({ alb: { accessLogs: { enabled: unknown, bucket: "logs" } } }),
  },
};
