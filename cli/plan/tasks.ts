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

/** The services whose number of tasks changes, or of which some run on Fargate Spot. */
export function planTasks(stack: Stack): PlanTasks[] {
  return stack.of(token.service).flatMap((service) =>
    whereKnown((): PlanTasks[] => {
      const tasks = tasksOf(service, (type) => stack.of(type));
      if (tasks === undefined || !(tasks.scaled || tasks.shares)) return [];
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

/** What changes the number, and where the tasks run; one text for each line. */
export function tasksTexts({ follows, schedules, spot }: PlanTasks): string[] {
  const followed = follows.map(followText).join(", ");
  return [
    ...(followed === "" ? [] : [`follows ${followed}`]),
    ...schedules.map(({ schedule, timezone, min, max }) => {
      const range = countText(min ?? max ?? 0, max ?? min ?? 0);
      const only = min === undefined ? " at most" : max === undefined ? " at least" : "";
      return `from ${schedule}${schedule.startsWith("rate") ? "" : ` ${timezone}`}:${only} ${range}`;
    }),
    ...(spot === undefined ? [] : [spotText(spot)]),
  ];
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
