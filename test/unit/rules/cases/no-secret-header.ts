import { direct, sound, type Case, unknown, vpc } from "../caseParts";
import { arn } from "../program";

export const cases: Case = {
  broken: {
    "the default action forwards": [
      sound({
        https: { defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }] },
        guarded: undefined,
      }),
      "https",
      /All CloudFront customers/,
    ],
  },
  fine: {
    "a VPC origin, which is one's own account's": vpc({
      https: { defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }] },
      guarded: undefined,
    }),
    "clients that call the load balancer themselves": direct({}),
  },
  unknown: { "what the rule asks for": sound({ guarded: { conditions: unknown } }) },
};
