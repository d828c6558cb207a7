/** What is wrong with the number of tasks, and with the share on Fargate Spot. Plain values only. */
import { defaults } from "../../path/defaults";
import { scalingProblems, usualRange } from "../../path/scaling";
import { scheduleProblem, timezoneProblem } from "../../path/schedules";
import { spotProblem } from "../../path/spot";
import { targetQuota } from "../../path/vpcs";
import type { ServicePlanArgs } from "./planArgs";

/** Every problem, one text each, of the service that is the argument `of`. */
export function scalingTexts(of: string, service: ServicePlanArgs | undefined): string[] {
  return [...spotTexts(of, service), ...rangeTexts(of, service)];
}

function spotTexts(of: string, { spot }: ServicePlanArgs = {}): string[] {
  if (spot === undefined) return [];
  const base = spotProblem(spot);
  return [
    ...outside(`${of}.spot.percent`, spot.percent, 0, 100),
    ...(base === undefined ? [] : [`${of}.spot.base: expected ${base}.`]),
  ];
}

function rangeTexts(of: string, { scaling, count }: ServicePlanArgs = {}): string[] {
  if (scaling === undefined) return [];
  const { min, max } = usualRange(scaling);
  const { cpuPercent, memoryPercent, schedules = {} } = scaling;
  return [
    // The stack's settings always have one.
    ...(count === undefined || count === defaults.service.count
      ? []
      : [
          `${of}.count has no effect with ${of}.scaling, which starts with ${of}.scaling.min ` +
            "tasks and then changes the number. Leave it out.",
        ]),
    ...outside(`${of}.scaling.min`, min, 1, targetQuota),
    ...outside(`${of}.scaling.max`, max, 1, targetQuota),
    ...outside(`${of}.scaling.cpuPercent`, cpuPercent, 1, 100),
    ...outside(`${of}.scaling.memoryPercent`, memoryPercent, 1, 100),
    ...scalingProblems(scaling).map(
      ({ key, schedule, expected }) =>
        `${of}.scaling.${key}${schedule === undefined ? "" : `.${schedule}`}: expected ` +
        `${expected.replace("scaling.min", `${of}.scaling.min`)}.`,
    ),
    ...Object.entries(schedules).flatMap(([name, { schedule, timezone }]) => {
      const at = `${of}.scaling.schedules.${name}`;
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
