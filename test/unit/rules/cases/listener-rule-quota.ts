import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const rules = (count: number, changes: object = {}) =>
  plus(
    sound({}),
    ...Array.from({ length: count }, (_, i) =>
      resource("aws:lb/listenerRule:ListenerRule", `path-${i}`, {
        ...{ listenerArn: arn.https, priority: i + 2 },
        conditions: [{ pathPattern: { values: [`/tenant-${i}/*`] } }],
        actions: [{ type: "forward", targetGroupArn: arn.tasks }],
        ...changes,
      }),
    ),
  );

export const cases: Case = {
  broken: { "one too many": [rules(100), "alb", /load balancer alb have 101 rules/] },
  fine: {
    "as many as there can be": rules(99),
    "rules of another load balancer": rules(100, { listenerArn: "arn:other" }),
  },
  unknown: { "whose rules they are": rules(100, { listenerArn: unknown }) },
};
