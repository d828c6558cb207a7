import { http, sound, type Case, unknown, viaOrigin, vpc } from "../caseParts";
import { behaviour, origin } from "../program";

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
    "what the viewer has, with or without TLS": [
      sound({
        cdn: {
          origins: [origin({ originProtocolPolicy: "match-viewer" })],
          defaultCacheBehavior: behaviour({ viewerProtocolPolicy: "allow-all" }),
        },
      }),
      "cdn",
      /requests of viewers without TLS/,
    ],
  },
  fine: {
    "HTTP inside of AWS": vpc({ https: http }),
    "what the viewer has, which is always TLS": sound(
      viaOrigin({ originProtocolPolicy: "match-viewer" }),
    ),
    "a VPC origin to a load balancer that is not internal, which is an error": vpc({
      https: http,
      alb: { internal: false },
    }),
  },
  unknown: {
    "whether it is internal": sound({
      alb: { internal: unknown },
      ...viaOrigin({ originProtocolPolicy: "http-only" }),
    }),
  },
};
