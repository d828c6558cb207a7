import { definitions, sound, type Case, unknown, viaOrigin } from "../caseParts";

export const cases: Case = {
  broken: {
    "the container closes first": [
      sound({ definition: definitions({ HOPWISE_KEEPALIVE_SECONDS: "30" }) }),
      "alb",
      /502.*60 s.*30 s/,
    ],
  },
  fine: {
    "an image of which nothing is known": sound({ alb: { idleTimeout: 4000 } }),
    "CloudFront keeps connections for longer": sound(viaOrigin({ originKeepaliveTimeout: 90 })),
  },
  unknown: { "the load balancer's": sound({ alb: { idleTimeout: unknown } }) },
};
