import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const forward = [{ type: "forward", targetGroupArn: arn.tasks }];

const spare = (inputs = {}) =>
  resource(
    "aws:lb/targetGroup:TargetGroup",
    "spare",
    { port: 80, protocol: "HTTP", targetType: "ip", ...inputs },
    { arn: "arn:spare" },
  );

export const cases: Case = {
  broken: {
    "the same group": [
      sound({ https: { defaultActions: forward } }),
      "https",
      /those without it as well/,
    ],
    "another group": [
      plus(
        sound({ https: { defaultActions: [{ type: "forward", targetGroupArn: "arn:spare" }] } }),
        spare(),
      ),
      "https",
      /forwards to spare/,
    ],
  },
  fine: {
    "a header that CloudFront does not send, for a canary": sound({
      https: { defaultActions: forward },
      guarded: { conditions: [{ httpHeader: { httpHeaderName: "X-Canary", values: ["yes"] } }] },
    }),
    "a fixed answer": sound({}),
  },
  unknown: {
    "the default action": sound({ https: { defaultActions: unknown } }),
    "what the rule asks for": sound({
      https: { defaultActions: forward },
      guarded: { conditions: unknown },
    }),
  },
};
