import { http, sound, type Case, unknown, viaOrigin, vpc } from "../caseParts";

export const cases: Case = {
  broken: {
    "HTTP to an HTTPS listener": [
      sound(viaOrigin({ originProtocolPolicy: "http-only" })),
      "cdn",
      /https-only/,
    ],
    "a VPC origin": [vpc({ https: http }), "inside", /http-only/],
  },
  fine: {
    "what the viewer has, which is always TLS": sound(
      viaOrigin({ originProtocolPolicy: "match-viewer" }),
    ),
  },
  unknown: { "the policy": sound(viaOrigin({ originProtocolPolicy: unknown })) },
};
