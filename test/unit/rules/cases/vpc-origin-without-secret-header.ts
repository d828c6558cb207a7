import { sound, type Case, unknown, vpc } from "../caseParts";
import { arn } from "../program";

const open = {
  https: { defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }] },
  guarded: undefined,
};

export const cases: Case = {
  broken: { "the default action forwards": [vpc(open), "https", /every distribution/] },
  fine: {
    "a rule asks for the header": vpc({}),
    "a public origin, for which it is no note": sound(open),
  },
  unknown: { "what the rule asks for": vpc({ guarded: { conditions: unknown } }) },
};
