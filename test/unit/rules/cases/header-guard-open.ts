import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const forward = [{ type: "forward", targetGroupArn: arn.tasks }];

export const cases: Case = {
  broken: {
    "the same group": [
      sound({ https: { defaultActions: forward } }),
      "https",
      /without CloudFront's secret header too: its default action forwards to tasks,/,
    ],
  },
  fine: {
    "another group, which is a note of its own": plus(
      sound({ https: { defaultActions: [{ type: "forward", targetGroupArn: "arn:spare" }] } }),
      resource("aws:lb/targetGroup:TargetGroup", "spare", {}, { arn: "arn:spare" }),
    ),
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
