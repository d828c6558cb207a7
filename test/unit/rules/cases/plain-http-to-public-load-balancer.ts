import { http, sound, type Case, unknown, viaOrigin, vpc } from "../caseParts";

export const cases: Case = {
  broken: {
    "HTTP over the internet": [
      sound({
        https: http,
        "from-cloudfront": { fromPort: 80, toPort: 80 },
        ...viaOrigin({ originProtocolPolicy: "http-only" }),
      }),
      "cdn",
      /plain text/,
    ],
  },
  fine: { "HTTP inside of AWS": vpc({ https: http }) },
  unknown: {
    "whether it is internal": sound({
      alb: { internal: unknown },
      ...viaOrigin({ originProtocolPolicy: "http-only" }),
    }),
  },
};
