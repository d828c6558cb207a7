import { definitions, sound, type Case, unknown, viaOrigin } from "../caseParts";

export const cases: Case = {
  broken: {
    "CloudFront keeps connections for longer": [
      sound({ alb: { idleTimeout: 30 }, ...viaOrigin({ originKeepaliveTimeout: 60 }) }),
      "alb",
      /60 s/,
    ],
    "the container closes first": [
      sound({ definition: definitions({ HOPWISE_KEEPALIVE_SECONDS: "30" }) }),
      "alb",
      /30 s.*502/,
    ],
  },
  fine: { "an image of which nothing is known": sound({ alb: { idleTimeout: 4000 } }) },
  unknown: {
    "the load balancer's": sound({ alb: { idleTimeout: unknown } }),
    "CloudFront's": sound(viaOrigin({ originKeepaliveTimeout: unknown })),
  },
};
