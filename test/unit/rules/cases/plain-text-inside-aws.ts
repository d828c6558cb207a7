import { direct, http, type Case, unknown, vpc } from "../caseParts";

export const cases: Case = {
  broken: { "an HTTP listener": [vpc({ https: http }), "https", /on port 80/] },
  fine: {
    "an HTTPS listener": vpc({}),
    "an HTTP listener without CloudFront": direct({ https: http }),
  },
  unknown: { "the listener's protocol": vpc({ https: { protocol: unknown } }) },
};
