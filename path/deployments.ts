/**
 * How ECS replaces the tasks of a service: the strategies of its own deployment controller, and the
 * steps in which they move requests from the old tasks (blue) to the new ones (green).
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html
 */
import { defaults } from "./defaults";

/** The strategies, in the words of the settings. */
export const deploymentStrategies = ["rolling", "blue-green", "linear", "canary"] as const;

/** One of them. */
export type DeploymentStrategy = (typeof deploymentStrategies)[number];

/** A strategy in ECS's own word: `BLUE_GREEN`. */
export const ecsStrategy = (strategy: DeploymentStrategy): string => enumWord(strategy);

/** A strategy of ECS in the words of the settings; undefined for another word. */
export function strategyOfEcs(word: string | undefined): DeploymentStrategy | undefined {
  return deploymentStrategies.find((strategy) => enumWord(strategy) === word);
}

/**
 * Stages of a deployment in which ECS invokes a function: those that the provider lists.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html#blue-green-deployment-stages
 */
export const hookStages = [
  "reconcile-service",
  "pre-scale-up",
  "post-scale-up",
  "test-traffic-shift",
  "post-test-traffic-shift",
  "production-traffic-shift",
  "post-production-traffic-shift",
] as const;

/** One of them. */
export type HookStage = (typeof hookStages)[number];

/** A stage in ECS's own word: `POST_SCALE_UP`. */
export const ecsStage = (stage: HookStage): string => enumWord(stage);

const enumWord = (word: string): string => word.toUpperCase().replaceAll("-", "_");

/**
 * Bounds of ECS's, in minutes and percent: API_DeploymentConfiguration and what it leads to. Those of
 * errors are our own.
 */
export const deploymentBounds = {
  minutes: { least: 0, most: 1440 },
  canaryPercent: { least: 0.1, most: 100 },
  stepPercent: { least: 3, most: 100 },
  errorPercent: { least: 1, most: 100 },
  errors: { least: 1, most: 1_000_000 },
} as const;

/** ECS's own defaults where a program names none: API_CanaryConfiguration, API_LinearConfiguration. */
export const ecsDefaults = {
  canary: { percent: 5, minutes: 10 },
  linear: { percent: 10, minutes: 6 },
} as const;

/** A deployment that moves requests from one target group to another. */
export interface TrafficShift {
  readonly strategy: Exclude<DeploymentStrategy, "rolling">;
  /** Percent of the requests that the first step, or each one, moves. Of `blue-green`: 100. */
  readonly percent: number;
  /** Minutes between two steps. */
  readonly stepMinutes: number;
  /** Minutes for which the old tasks run on after the last step. */
  readonly bakeMinutes: number;
}

/** One step: the share of the new tasks, and how long it stays. */
interface ShiftStep {
  /** Percent of the requests that the new tasks get. */
  readonly percent: number;
  readonly minutes: number;
}

/** The steps of a deployment, the last one with all requests at the new tasks. */
export function shiftSteps(shift: TrafficShift): ShiftStep[] {
  const { strategy, percent, stepMinutes, bakeMinutes } = shift;
  const all = { percent: 100, minutes: bakeMinutes };
  if (strategy === "blue-green" || percent >= 100) return [all];
  const count = strategy === "canary" ? 1 : Math.ceil(100 / percent) - 1;
  const before = Array.from({ length: count }, (_, i): ShiftStep => ({
    percent: Math.round(percent * (i + 1) * 10) / 10,
    minutes: stepMinutes,
  }));
  return [...before, all];
}

/** Minutes that all waits of a deployment take together, without starting and checking the tasks. */
export function shiftMinutes(shift: TrafficShift): number {
  return shiftSteps(shift).reduce((sum, { minutes }) => sum + minutes, 0);
}

/** What of a deployment is over before alarms have evaluated all of their minutes. */
export interface HastySteps {
  /** Minutes until the new tasks have all requests, and what `stepMinutes` has to be at least. */
  readonly shift?: { readonly minutes: number; readonly least: number };
  /** True where it is the time after that. */
  readonly bake: boolean;
}

/**
 * What of a deployment is too short for alarms that evaluate so many minutes; undefined where nothing is.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export function hastySteps(shift: TrafficShift, alarmMinutes: number): HastySteps | undefined {
  const waits = shiftSteps(shift).length - 1;
  const minutes = waits * shift.stepMinutes;
  const bake = shift.bakeMinutes < alarmMinutes;
  if (waits === 0 || minutes >= alarmMinutes) return bake ? { bake } : undefined;
  return { shift: { minutes, least: Math.ceil(alarmMinutes / waits) }, bake };
}

/** The choices about deployments, as settings and arguments have them. */
export interface DeploymentChoices {
  readonly strategy?: DeploymentStrategy;
  readonly bakeMinutes?: number;
  readonly canaryPercent?: number;
  readonly stepPercent?: number;
  readonly stepMinutes?: number;
  readonly secondGroup?: boolean;
  readonly rollback?: RollbackChoices;
}

/** The choices about going back by the service's own alarms. */
interface RollbackChoices {
  readonly enabled?: boolean;
  readonly errorPercent?: number;
  readonly errors?: number;
}

/** When the service's own alarms fire. */
export interface RollbackThresholds {
  /** Percent of the requests. */
  readonly errorPercent: number;
  /** Fewest of them a minute. */
  readonly errors: number;
}

/**
 * When a deployment with these choices goes back by alarms of the service's own; undefined where
 * there are none. A rolling deployment has ECS's circuit breaker, so that it has them only if asked.
 */
export function rollbackOf(choices: DeploymentChoices = {}): RollbackThresholds | undefined {
  const { enabled = shiftOf(choices) !== undefined, ...given } = choices.rollback ?? {};
  const usual = defaults.service.deployment.rollback;
  if (!enabled) return undefined;
  return {
    errorPercent: given.errorPercent ?? usual.errorPercent,
    errors: given.errors ?? usual.errors,
  };
}

/** What a deployment with these choices does; undefined where it replaces tasks in place. */
export function shiftOf(choices: DeploymentChoices = {}): TrafficShift | undefined {
  const usual = defaults.service.deployment;
  const { strategy = usual.strategy, bakeMinutes = usual.bakeMinutes } = choices;
  if (strategy === "rolling") return undefined;
  const { canaryPercent = usual.canaryPercent, stepPercent = usual.stepPercent } = choices;
  const percent = { "blue-green": 100, linear: stepPercent, canary: canaryPercent }[strategy];
  return { strategy, percent, stepMinutes: choices.stepMinutes ?? usual.stepMinutes, bakeMinutes };
}

/** True where the service has two target groups: to shift requests, or because it is to keep both. */
export function hasSecondGroup(choices: DeploymentChoices | undefined): boolean {
  return shiftOf(choices) !== undefined || choices?.secondGroup === true;
}

/** The name of an alarm of CloudWatch, which may be given as its ARN: ECS takes names only. */
export function alarmName(nameOrArn: string): string {
  return /^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
