/** How many tasks a service has, and what changes their number. Pure. */
import { defaults } from "./defaults";

/** A change of the range at certain times. */
export interface PlannedSchedule {
  readonly schedule: string;
  readonly min: number;
  readonly max?: number;
}

/** The number of tasks, as it is asked for. */
export interface PlannedScaling {
  readonly min?: number;
  readonly max: number;
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
  readonly requestsPerTarget?: number;
  readonly schedules?: Readonly<Record<string, PlannedSchedule>>;
}

/** From one number of tasks to another. */
export interface TaskRange {
  readonly min: number;
  readonly max: number;
}

/** The range that holds until a schedule sets another one. */
export const usualRange = ({ min = defaults.service.count, max }: PlannedScaling): TaskRange => ({
  min,
  max,
});

/** The range that a schedule sets: none at all for `min: 0`, because nothing would scale out again. */
export function scheduledRange(
  { min, max }: PlannedSchedule,
  scaling: Pick<PlannedScaling, "max">,
): TaskRange {
  return { min, max: max ?? (min === 0 ? 0 : Math.max(min, scaling.max)) };
}

/** Every range that a service has at some time. */
function rangesOf(scaling: PlannedScaling): TaskRange[] {
  const scheduled = Object.values(scaling.schedules ?? {});
  return [usualRange(scaling), ...scheduled.map((one) => scheduledRange(one, scaling))];
}

/** The most tasks that a service has at any time. */
export const mostTasks = (scaling: PlannedScaling): number =>
  Math.max(...rangesOf(scaling).map(({ max }) => max));

/** The values that target tracking keeps a service near. */
export interface TrackedTargets {
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
  readonly requestsPerTarget?: number;
}

/** What is tracked: CPU where nothing is named, and nothing where the number is fixed at all times. */
export function trackedTargets(scaling: PlannedScaling): TrackedTargets {
  if (rangesOf(scaling).every(({ min, max }) => min === max)) return {};
  const { cpuPercent, memoryPercent, requestsPerTarget } = scaling;
  const named = [cpuPercent, memoryPercent, requestsPerTarget].some((value) => value !== undefined);
  return {
    cpuPercent: named ? cpuPercent : defaults.service.scaling.cpuPercent,
    memoryPercent,
    requestsPerTarget,
  };
}

/** What is wrong with the numbers of tasks. */
export interface ScalingProblem {
  /** The key within `scaling`; of a schedule with its name. */
  readonly key: "max" | "schedules";
  readonly schedule?: string;
  readonly expected: string;
}

/** Contradictions between the numbers; each number's own bounds are the schema's. */
export function scalingProblems(scaling: PlannedScaling): ScalingProblem[] {
  const { min, max } = usualRange(scaling);
  const schedules = Object.entries(scaling.schedules ?? {});
  const down = schedules.filter(([, one]) => one.min === 0);
  const stays = down.length > 0 && down.length === schedules.length;
  return [
    ...(min <= max
      ? []
      : [{ key: "max" as const, expected: `at least scaling.min, which is ${min}` }]),
    ...schedules.flatMap(([schedule, one]): ScalingProblem[] => {
      const range = scheduledRange(one, scaling);
      const problem = (expected: string): ScalingProblem[] => [
        { key: "schedules", schedule, expected },
      ];
      if (range.min > range.max) return problem(`a max of at least its min, which is ${range.min}`);
      if (range.min === 0 && range.max > 0)
        return problem(
          "no max with min 0: without a task there is nothing to measure, so that nothing would start one again",
        );
      return [];
    }),
    ...(stays
      ? [
          {
            key: "schedules" as const,
            schedule: down[0]?.[0] ?? "",
            expected: "another schedule with a higher min: nothing starts the tasks again",
          },
        ]
      : []),
  ];
}
