import { direct, http, sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "nothing said": [sound({ https: { sslPolicy: undefined } }), "https", /names no TLS policy/],
    "the same policy by name": [
      sound({ https: { sslPolicy: "ELBSecurityPolicy-2016-08" } }),
      "https",
      /TLS 1\.0/,
    ],
  },
  fine: {
    "an HTTP listener": direct({ https: http }),
    "a newer one": sound({ https: { sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" } }),
  },
  unknown: { "the policy": sound({ https: { sslPolicy: unknown } }) },
};
