import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FrontSpec } from "../../path/front";
import { listenerPriorities, maxConditionValues } from "../../path/listenerRules";
import { withName } from "../shared/tags";
import { everyPath } from "./traffic";

export interface FrontRulesArgs {
  front: FrontSpec;
  listenerArn: pulumi.Input<string>;
  /** Target group of those who pass the maintenance page. */
  targetGroupArn: pulumi.Input<string>;
  /** Tags for the rules. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** One rule before it is created. */
export interface FrontRule {
  readonly name: string;
  readonly priority: number;
  readonly conditions: aws.types.input.lb.ListenerRuleCondition[];
  readonly action: aws.types.input.lb.ListenerRuleAction;
}

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

/** The rules, in the order in which they are evaluated. */
export function frontRules(
  name: string,
  { front, targetGroupArn }: Pick<FrontRulesArgs, "front" | "targetGroupArn">,
): FrontRule[] {
  const { maintenance, canonical } = front;
  return [
    ...(maintenance === undefined
      ? []
      : [
          ...inRules(maintenance.allowedCidrs ?? []).map((values, i) => ({
            name: numbered(`${name}-maintenance-allowed`, i),
            priority: listenerPriorities.allowed + i,
            conditions: [{ sourceIp: { values } }],
            action: { type: "forward", targetGroupArn },
          })),
          {
            name: `${name}-maintenance`,
            priority: listenerPriorities.maintenance,
            conditions: [everyPath],
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
      priority: listenerPriorities.canonical + i,
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
  const count = Math.ceil(values.length / maxConditionValues);
  return Array.from({ length: count }, (_, i) =>
    values.slice(i * maxConditionValues, (i + 1) * maxConditionValues),
  );
}
