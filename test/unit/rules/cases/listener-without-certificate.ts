import { direct, http, sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    none: [sound({ https: { certificateArn: undefined } }), "https", /HTTPS listener.*refuses/],
    "none of a network load balancer's": [
      sound({ https: { protocol: "TLS", certificateArn: undefined } }),
      "https",
      /TLS listener/,
    ],
  },
  fine: {
    HTTP: direct({ https: http }),
    "one that is not known yet": sound({ https: { certificateArn: unknown } }),
  },
  unknown: { "the protocol": sound({ https: { protocol: unknown } }) },
};
