/** The deployments of ECS that shift requests between two target groups of a service. */
import { ecsDefaults, strategyOfEcs, type TrafficShift } from "../path/deployments";
import { block, boolean, number, text, texts } from "./props";
import type { Props } from "./resource";
import type { Service, ServiceTarget } from "./serviceTypes";

/** The second target group of an entry in a service's `loadBalancers`. */
export function alternateOf(entry: Props): Pick<ServiceTarget, "alternate"> {
  const advanced = block(entry, "advancedConfiguration");
  const targetGroupArn = advanced && text(advanced, "alternateTargetGroupArn");
  if (targetGroupArn === undefined) return {};
  const testRuleArn = text(advanced ?? {}, "testListenerRule");
  return {
    alternate: {
      targetGroupArn,
      productionRuleArn: text(advanced ?? {}, "productionListenerRule") ?? "",
      ...(testRuleArn !== undefined && { testRuleArn }),
    },
  };
}

/** How a service's deployments shift requests, by its `deploymentConfiguration`. */
export function shiftOf(props: Props): Pick<Service, "shift"> {
  const given = block(props, "deploymentConfiguration") ?? {};
  const strategy = strategyOfEcs(text(given, "strategy"));
  if (strategy === undefined || strategy === "rolling") return {};
  const bakeMinutes = number(given, "bakeTimeInMinutes") ?? 0;
  return { shift: { strategy, bakeMinutes, ...stepsOf(given, strategy) } };
}

function stepsOf(
  given: Props,
  strategy: TrafficShift["strategy"],
): Pick<TrafficShift, "percent" | "stepMinutes"> {
  if (strategy === "blue-green") return { percent: 100, stepMinutes: 0 };
  const step = block(given, `${strategy}Configuration`) ?? {};
  const [percent, minutes] =
    strategy === "canary"
      ? [number(step, "canaryPercent"), number(step, "canaryBakeTimeInMinutes")]
      : [number(step, "stepPercent"), number(step, "stepBakeTimeInMinutes")];
  const usual = ecsDefaults[strategy];
  return { percent: percent ?? usual.percent, stepMinutes: minutes ?? usual.minutes };
}

/** The alarms by which ECS ends a deployment and goes back. */
export function rollbackAlarmsOf(props: Props): string[] {
  const alarms = block(props, "alarms") ?? {};
  const on = boolean(alarms, "enable") === true && boolean(alarms, "rollback") === true;
  return on ? texts(alarms, "alarmNames") : [];
}

/** ARNs of the listener rules that lead to the new tasks of deployments, before viewers do. */
export function testRuleArns(services: readonly Service[]): ReadonlySet<string> {
  return new Set(
    services.flatMap(({ targets }) =>
      targets.flatMap(({ alternate }) => alternate?.testRuleArn ?? []),
    ),
  );
}
