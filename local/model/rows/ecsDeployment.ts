/** What a finished deployment of ECS leaves behind, and what AWS refuses of its configuration. */
import {
  deploymentBounds,
  deploymentStrategies,
  ecsStage,
  ecsStrategy,
  hookStages,
} from "../../../path/deployments";
import { token } from "../../../topology/tokens";
import { bagAt, bagsAt, numberAt, textAt } from "../props";
import type { AccountView } from "../row";
import { type InputRule, oneOf, range, when } from "../rules";
import type { LocalResource, Props } from "../types";

const api = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
const guide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const invalid = "InvalidParameterException";
const at = "deploymentConfiguration";

/** The strategy of a service; ECS's default is rolling. */
const strategyOf = (props: Props): string => textAt(props, `${at}.strategy`) ?? "ROLLING";

const says = (page: string) => ({ code: invalid, source: `${api}/${page}.html` });
const { minutes, canaryPercent, stepPercent } = deploymentBounds;

/** A percentage in tenths. */
function percentOf(
  path: string,
  { least, most }: { readonly least: number; readonly most: number },
  page: string,
): InputRule {
  const property = `${at}.${path}`;
  return when(
    (inputs) => {
      const percent = numberAt(inputs, property);
      if (percent === undefined) return false;
      return (
        percent < least || percent > most || !Number.isInteger(Math.round(percent * 1e6) / 1e5)
      );
    },
    property,
    {
      code: invalid,
      say: `Valid values are multiples of 0.1 from ${least} to ${most}.`,
      source: `${api}/${page}.html`,
    },
  );
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * A list of alarms with no name in it: ECS asks for the list, and the provider leaves out an empty one,
 * so that it sends nothing at all.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ecs/service.go
 */
const noAlarmNamed = when(
  (inputs) =>
    bagsAt(inputs, "alarms").length > 0 && isEmptyList(bagAt(inputs, "alarms").alarmNames),
  "alarms.alarmNames",
  {
    code: "ParamRequiredError",
    say: "missing required field, DeploymentConfiguration.Alarms.AlarmNames: to switch alarms off, set enable and rollback to false and leave a name in the list.",
    source: `${api}/API_DeploymentAlarms.html`,
  },
);

/** Rules about a service's own inputs. */
export const deploymentRules: InputRule[] = [
  oneOf(
    `${at}.strategy`,
    deploymentStrategies.map(ecsStrategy),
    says("API_DeploymentConfiguration"),
  ),
  oneOf(
    `${at}.lifecycleHooks[].lifecycleStages[]`,
    [...hookStages.map(ecsStage), "PRE_PRODUCTION_TRAFFIC_SHIFT"],
    says("API_DeploymentLifecycleHook"),
  ),
  range(
    `${at}.bakeTimeInMinutes`,
    minutes.least,
    minutes.most,
    says("API_DeploymentConfiguration"),
  ),
  percentOf("canaryConfiguration.canaryPercent", canaryPercent, "API_CanaryConfiguration"),
  percentOf("linearConfiguration.stepPercent", stepPercent, "API_LinearConfiguration"),
  ...(
    [
      ["canaryConfiguration", "CANARY", "API_CanaryConfiguration"],
      ["linearConfiguration", "LINEAR", "API_LinearConfiguration"],
    ] as const
  ).map(([property, strategy, page]) =>
    when(
      (inputs) =>
        Object.keys(bagAt(inputs, `${at}.${property}`)).length > 0 &&
        strategyOf(inputs) !== strategy,
      `${at}.${property}`,
      {
        code: invalid,
        say: `${property} is only valid with the deployment strategy ${strategy}.`,
        source: `${api}/${page}.html`,
      },
    ),
  ),
  when(
    (inputs) => {
      const controller = textAt(inputs, "deploymentController.type");
      return controller !== undefined && controller !== "ECS" && strategyOf(inputs) !== "ROLLING";
    },
    `${at}.strategy`,
    {
      code: invalid,
      say: "The deployment strategies BLUE_GREEN, LINEAR and CANARY need the ECS deployment controller.",
      source: `${guide}/blue-green-deployment-implementation.html`,
    },
  ),
  noAlarmNamed,
];

/**
 * A new task definition starts a deployment. When it is finished, the rules forward to the group
 * that was idle before. The service itself names both groups as it did: which of them serves is said
 * of its revision only.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html
 */
export function shiftTraffic(
  before: LocalResource,
  done: LocalResource,
  account: AccountView,
): void {
  const deploys =
    before.outputs.taskDefinition !== done.outputs.taskDefinition &&
    strategyOf(before.outputs) !== "ROLLING" &&
    strategyOf(done.outputs) !== "ROLLING";
  if (!deploys) return;
  for (const entry of bagsAt(done.outputs, "loadBalancers")) {
    const first = textAt(entry, "targetGroupArn");
    const second = textAt(entry, "advancedConfiguration.alternateTargetGroupArn");
    if (first === undefined || second === undefined) continue;
    const production = textAt(entry, "advancedConfiguration.productionListenerRule");
    const toSecond = weightOf(account.lookup(token.listenerRule, production), second) === 0;
    const targetGroups = [
      { arn: first, weight: toSecond ? 0 : 100 },
      { arn: second, weight: toSecond ? 100 : 0 },
    ];
    const test = textAt(entry, "advancedConfiguration.testListenerRule");
    for (const arn of [production, test]) {
      const rule = account.lookup(token.listenerRule, arn);
      if (rule === undefined || rule.urn === "") continue;
      account.amendInputs(rule.type, rule.id, {
        actions: [{ type: "forward", forward: { targetGroups } }],
      });
    }
  }
}

/** The weight that a rule gives to a group. */
function weightOf(rule: LocalResource | undefined, group: string): number {
  const groups = bagsAt(rule?.outputs ?? {}, "actions[].forward.targetGroups");
  const found = groups.find((one) => textAt(one, "arn") === group);
  return found === undefined ? 0 : (numberAt(found, "weight") ?? 1);
}
