import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FrontSpec } from "../../path/front";
import { withName } from "../shared/tags";

export interface FrontRulesArgs {
  front: FrontSpec;
  listenerArn: pulumi.Input<string>;
  /** Target group of those who pass the maintenance page. */
  targetGroupArn: pulumi.Input<string>;
  /** Tags for the rules. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** One rule before it is created. */
interface FrontRule {
  readonly name: string;
  readonly priority: number;
  readonly conditions: aws.types.input.lb.ListenerRuleCondition[];
  readonly action: aws.types.input.lb.ListenerRuleAction;
}

/** Priorities below those of services: `rulePriorities` in path/defaults.ts. */
const priorities = { allowed: 10, maintenance: 50, canonical: 60 } as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const valuesPerRule = 5;

/** The listener rules that answer before any service, where viewers call the load balancer. */
export function createFrontRules(
  name: string,
  args: FrontRulesArgs,
  parent: pulumi.Resource,
): aws.lb.ListenerRule[] {
  return frontRules(name, args).map(
    ({ name: rule, priority, conditions, action }) =>
      new aws.lb.ListenerRule(
        rule,
        {
          listenerArn: args.listenerArn,
          priority,
          conditions,
          actions: [action],
          tags: withName(rule, args.tags),
        },
        { parent },
      ),
  );
}

function frontRules(name: string, { front, targetGroupArn }: FrontRulesArgs): FrontRule[] {
  const { maintenance, canonical } = front;
  return [
    ...(maintenance === undefined
      ? []
      : [
          ...inRules(maintenance.allowedCidrs ?? []).map((values, i) => ({
            name: numbered(`${name}-maintenance-allowed`, i),
            priority: priorities.allowed + i,
            conditions: [{ sourceIp: { values } }],
            action: { type: "forward", targetGroupArn },
          })),
          {
            name: `${name}-maintenance`,
            priority: priorities.maintenance,
            conditions: [{ pathPattern: { values: ["/*"] } }],
            action: {
              type: "fixed-response",
              fixedResponse: {
                statusCode: "503",
                contentType: maintenance.contentType,
                messageBody: maintenance.body,
              },
            },
          },
        ]),
    ...inRules(canonical?.others ?? []).map((values, i) => ({
      name: numbered(`${name}-canonical`, i),
      priority: priorities.canonical + i,
      conditions: [{ hostHeader: { values } }],
      // A load balancer redirects with 301 or 302; path and query stay.
      action: {
        type: "redirect",
        redirect: { host: canonical?.name, statusCode: "HTTP_301" },
      },
    })),
  ];
}

const numbered = (name: string, i: number): string => (i === 0 ? name : `${name}-${i + 1}`);

function inRules(values: readonly string[]): string[][] {
  const count = Math.ceil(values.length / valuesPerRule);
  return Array.from({ length: count }, (_, i) =>
    values.slice(i * valuesPerRule, (i + 1) * valuesPerRule),
  );
}
