/** What is wrong with the number of tasks, and with the share on Fargate Spot. Plain values only. */
import { defaults } from "../../path/defaults";
import { scalingProblems, usualRange } from "../../path/scaling";
import { scheduleProblem, timezoneProblem } from "../../path/schedules";
import { spotProblem } from "../../path/spot";
import { targetQuota } from "../../path/vpcs";
import type { ServicePlanArgs } from "./planArgs";

/** Every problem, one text each, of the argument `service`. */
export function scalingTexts(service: ServicePlanArgs | undefined): string[] {
  return [...spotTexts(service), ...rangeTexts(service)];
}

function spotTexts({ spot }: ServicePlanArgs = {}): string[] {
  if (spot === undefined) return [];
  const base = spotProblem(spot);
  return [
    ...outside("service.spot.percent", spot.percent, 0, 100),
    ...(base === undefined ? [] : [`service.spot.base: expected ${base}.`]),
  ];
}

function rangeTexts({ scaling, count }: ServicePlanArgs = {}): string[] {
  if (scaling === undefined) return [];
  const { min, max } = usualRange(scaling);
  const { cpuPercent, memoryPercent, schedules = {} } = scaling;
  return [
    // The stack's settings always have one.
    ...(count === undefined || count === defaults.service.count
      ? []
      : [
          "service.count has no effect with service.scaling, which starts with service.scaling.min " +
            "tasks and then changes the number. Leave it out.",
        ]),
    ...outside("service.scaling.min", min, 1, targetQuota),
    ...outside("service.scaling.max", max, 1, targetQuota),
    ...outside("service.scaling.cpuPercent", cpuPercent, 1, 100),
    ...outside("service.scaling.memoryPercent", memoryPercent, 1, 100),
    ...scalingProblems(scaling).map(
      ({ key, schedule, expected }) =>
        `service.scaling.${key}${schedule === undefined ? "" : `.${schedule}`}: expected ` +
        `${expected.replace("scaling.min", "service.scaling.min")}.`,
    ),
    ...Object.entries(schedules).flatMap(([name, { schedule, timezone }]) => {
      const at = `service.scaling.schedules.${name}`;
      const problem = scheduleProblem(schedule);
      const zone = timezone === undefined ? undefined : timezoneProblem(timezone);
      const meant = zone?.write ?? "the name of an IANA time zone, such as Europe/Berlin";
      return [
        ...(problem === undefined ? [] : [`${at}.schedule: expected ${problem}.`]),
        ...(zone === undefined ? [] : [`${at}.timezone: expected ${meant}.`]),
      ];
    }),
  ];
}

function outside(argument: string, value: number | undefined, from: number, to: number): string[] {
  if (value === undefined || (Number.isInteger(value) && value >= from && value <= to)) return [];
  return [`${argument}: expected a whole number from ${from} to ${to}, not ${value}.`];
}
