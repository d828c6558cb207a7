import { hastySteps, type HastySteps, type TrafficShift } from "../../path/deployments";
import { sources } from "../../path/sources";
import { rollbackAlarmsOf, shiftOf } from "../../topology/deployments";
import { block, blocks, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { token } from "../../topology/tokens";
import { type Fault, stackRule } from "../rule";

export const deploymentFasterThanAlarms = stackRule({
  code: "deployment-faster-than-alarms",
  severity: "note",
  holds:
    "A deployment waits as long as its rollback alarms evaluate, before it moves the last requests and before it stops the old tasks.",
  fix: "Set bakeTimeInMinutes, and the time of each step, in deploymentConfiguration of the aws.ecs.Service to what the alarms evaluate, or more: period times evaluationPeriods.",
  source: sources.ecsDeploymentAlarms,
  subjects: (stack) => stack.of(token.service),
  check: ({ urn, name, props }, stack) => {
    const { shift } = shiftOf(props);
    if (shift === undefined) return undefined;
    // AWS documents no default.
    const bakeMinutes =
      number(block(props, "deploymentConfiguration") ?? {}, "bakeTimeInMinutes") ?? Infinity;
    const minutes = rollbackAlarmsOf(props).map((alarm) => {
      const own = stack.of(token.metricAlarm).find((one) => text(one.props, "name") === alarm);
      return own && minutesOf(own.props);
    });
    const known = minutes.flatMap((one) => one ?? []);
    // One that is not the program's may be faster.
    if (known.length === 0 || known.length < minutes.length) return undefined;
    const fault = fasterThanAlarms(name, { ...shift, bakeMinutes }, Math.min(...known), "service");
    return fault && { ...fault, urn };
  },
});

/** Minutes that an alarm evaluates. */
function minutesOf(props: Props): number | undefined {
  const periods = [
    props,
    ...blocks(props, "metricQueries").flatMap((query) => [query, block(query, "metric") ?? {}]),
  ].flatMap((one) => number(one, "period") ?? []);
  const evaluated = number(props, "evaluationPeriods");
  return periods.length === 0 || evaluated === undefined
    ? undefined
    : (Math.max(...periods) * evaluated) / 60;
}

/**
 * What is wrong with a deployment whose alarms evaluate so many minutes, also before there are any.
 *
 * @param key the argument that the service is, for our own components: `service`
 */
export function fasterThanAlarms(
  name: string,
  shift: TrafficShift,
  alarmMinutes: number,
  key: string,
): Fault | undefined {
  const hasty = hastySteps(shift, alarmMinutes);
  if (hasty === undefined) return undefined;
  const { strategy, bakeMinutes } = shift;
  const what = hasty.shift
    ? `The new tasks have all requests after ${hasty.shift.minutes} min` +
      (hasty.bake ? `, and the old tasks run on for ${bakeMinutes} min more` : "")
    : `The old tasks run on for ${bakeMinutes} min once the new ones have all requests`;
  const steps = {
    "blue-green": "",
    canary: "canaryBakeTimeInMinutes",
    linear: "stepBakeTimeInMinutes",
  };
  return {
    message: `Deployments of ${name} can be over before an alarm fires by which ECS goes back: the alarms evaluate ${alarmMinutes} min. ${what}.`,
    fix: `${raise(hasty, alarmMinutes, steps[strategy], "bakeTimeInMinutes")} in deploymentConfiguration of the aws.ecs.Service ${name}.`,
    settings: `${raise(hasty, alarmMinutes, `${key}.deployment.stepMinutes`, `${key}.deployment.bakeMinutes`)}.`,
  };
}

function raise({ shift, bake }: HastySteps, minutes: number, step: string, after: string): string {
  const each = [
    ...(shift ? [`${step} to ${shift.least} or more`] : []),
    ...(bake ? [`${after} to ${Math.ceil(minutes)} or more`] : []),
  ];
  return `Set ${each.join(", and ")}`;
}
