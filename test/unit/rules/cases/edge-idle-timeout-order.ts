import { direct, sound, type Case, unknown, viaOrigin } from "../caseParts";

export const cases: Case = {
  broken: {
    "CloudFront keeps connections for longer": [
      sound({ alb: { idleTimeout: 30 }, ...viaOrigin({ originKeepaliveTimeout: 60 }) }),
      "cdn",
      /60 s.*30 s/,
    ],
    "both keep them for as long": [sound(viaOrigin({ originKeepaliveTimeout: 60 })), "cdn", /60 s/],
  },
  fine: {
    "the load balancer keeps them for longer": sound(viaOrigin({ originKeepaliveTimeout: 59 })),
    "without CloudFront": direct({ alb: { idleTimeout: 1 } }),
  },
  unknown: {
    "the load balancer's": sound({ alb: { idleTimeout: unknown } }),
    "CloudFront's": sound(viaOrigin({ originKeepaliveTimeout: unknown })),
  },
};
