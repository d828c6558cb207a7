import { direct, http, sound, type Case, unknown } from "../caseParts";
import { behaviour } from "../program";

export const cases: Case = {
  broken: {
    "a behaviour that allows all": [
      sound({ cdn: { defaultCacheBehavior: behaviour({ viewerProtocolPolicy: "allow-all" }) } }),
      "cdn",
      /without TLS/,
    ],
    "an HTTP listener": [
      direct({ https: http, "from-cloudfront": { fromPort: 80, toPort: 80 } }),
      "https",
      /certificate/,
    ],
  },
  fine: { "an internal HTTP listener": direct({ https: http, alb: { internal: true } }) },
  unknown: {
    "the policy": sound({
      cdn: { defaultCacheBehavior: behaviour({ viewerProtocolPolicy: unknown }) },
    }),
  },
};
