import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const spare = resource(
  "aws:lb/targetGroup:TargetGroup",
  "spare",
  { port: 80, protocol: "HTTP", targetType: "ip" },
  { arn: "arn:spare" },
);
const to = (targetGroupArn: unknown) => ({
  https: { defaultActions: [{ type: "forward", targetGroupArn }] },
});

export const cases: Case = {
  broken: {
    "a group for the public": [plus(sound(to("arn:spare")), spare), "https", /forwards to spare/],
  },
  fine: {
    "the same group, which lets everybody in": sound(to(arn.tasks)),
    "a fixed answer": sound({}),
    "no rule that asks for the header": plus(
      sound({ ...to("arn:spare"), guarded: undefined }),
      spare,
    ),
  },
  unknown: { "where the default action forwards to": sound(to(unknown)) },
};
