import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

/** None is the beginning of another: texts are found in texts. */
const groupArn = (i: number): string => `arn:group/${String(i).padStart(3, "0")}`;

/** Groups with a rule each, in addition to the one that there is. */
const groups = (count: number, listenerArn: unknown = arn.https) =>
  plus(
    sound({}),
    ...Array.from({ length: count }, (_, i) => [
      resource(
        "aws:lb/targetGroup:TargetGroup",
        `tenant-${i}`,
        { port: 8080, protocol: "HTTP", targetType: "ip" },
        { arn: groupArn(i) },
      ),
      resource("aws:lb/listenerRule:ListenerRule", `to-tenant-${i}`, {
        ...{ listenerArn, priority: i + 2 },
        conditions: [{ pathPattern: { values: [`/tenant-${i}/*`] } }],
        actions: [{ type: "forward", targetGroupArn: groupArn(i) }],
      }),
    ]).flat(),
  );

export const cases: Case = {
  broken: { "one too many": [groups(100), "alb", /alb forwards to 101 target groups/] },
  fine: {
    "as many as there can be": groups(99),
    "groups of another load balancer": groups(100, "arn:other"),
  },
  unknown: { "whose rules they are": groups(100, unknown) },
};
