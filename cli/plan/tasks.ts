/** How many tasks each service has, in the plan's form and in words. */
import {
  type FargateShares,
  type FollowedMetric,
  type ScheduledRange,
  tasksOf,
} from "../../topology/scaling";
import type { Stack } from "../../topology/stack/stack";
import { whereKnown } from "../../topology/stack/unknown";
import { token } from "../../topology/tokens";

/** How many tasks a service has, and what changes it. */
export interface PlanTasks {
  /** Logical name of the service. */
  readonly service: string;
  readonly min: number;
  readonly max: number;
  /** Several: the one that asks for most tasks decides. */
  readonly follows: readonly FollowedMetric[];
  /** Other ranges from certain times on. */
  readonly schedules: readonly ScheduledRange[];
  /** Absent: all tasks run on demand. */
  readonly spot?: FargateShares;
}

/** The number of every service's tasks. */
export function planTasks(stack: Stack): PlanTasks[] {
  return stack.of(token.service).flatMap((service) =>
    whereKnown((): PlanTasks[] => {
      const tasks = tasksOf(service, (type) => stack.of(type));
      if (tasks === undefined) return [];
      const { min, max, follows, schedules, shares: spot } = tasks;
      return [{ service: service.name, min, max, follows, schedules, ...(spot && { spot }) }];
    }),
  );
}

const countText = (min: number, max: number): string =>
  max === 0 ? "none" : min === max ? String(min) : `${min} to ${max}`;

/** `2 to 6` */
export const rangeText = ({ min, max }: Pick<PlanTasks, "min" | "max">): string =>
  countText(min, max);

/** True where the number changes, or some tasks run on Fargate Spot. */
export const varies = ({ min, max, follows, schedules, spot }: PlanTasks): boolean =>
  min !== max || follows.length + schedules.length > 0 || spot !== undefined;

/** What changes the number, and where the tasks run; one text for each line. */
export function tasksTexts(tasks: PlanTasks): string[] {
  const { follows, spot } = tasksParts(tasks);
  const texts = [follows === undefined ? undefined : `follows ${follows}`];
  return [...texts, ...tasks.schedules.map(scheduleText), spot].filter((one) => one !== undefined);
}

/** The same, each part as one text; undefined where there is nothing of it. */
export function tasksParts({ follows, schedules, spot }: PlanTasks) {
  return {
    follows: follows.map(followText).join(", ") || undefined,
    schedules: schedules.map(scheduleText).join("; ") || undefined,
    spot: spot && spotText(spot),
  };
}

function scheduleText({ schedule, timezone, min, max }: ScheduledRange): string {
  const range = countText(min ?? max ?? 0, max ?? min ?? 0);
  const only = min === undefined ? " at most" : max === undefined ? " at least" : "";
  return `from ${schedule}${schedule.startsWith("rate") ? "" : ` ${timezone}`}:${only} ${range}`;
}

function followText({ metric, target }: PlanTasks["follows"][number]): string {
  if (metric === "CPU" || metric === "memory") return `${metric} at ${target} %`;
  if (metric === "requests") return `${target} requests a minute for each task`;
  return `${metric} at ${target}`;
}

function spotText({ percent, base, spotBase }: FargateShares): string {
  const first = [
    ...(base > 0 ? [`the first ${base} on demand`] : []),
    ...(spotBase > 0 ? [`the first ${spotBase} on Fargate Spot`] : []),
  ];
  const others = first.length === 0 ? "" : " of the others";
  return [...first, `${percent} %${others} on Fargate Spot, at its market price`].join(", ");
}
