/** How many tasks the services of any program have, and what changes it. */
import { fargateProviders } from "../path/spot";
import { block, blocks, merged, number, text } from "./props";
import type { DeclaredResource, Props } from "./resource";
import { token } from "./tokens";

/** A resource as rules, plans and prices have it. */
type Resource = Pick<DeclaredResource, "inputs" | "outputs"> & { readonly props?: Props };

/** The resources of a program, by type. */
type ByType = (type: string) => readonly Resource[];

const propsOf = (resource: Resource): Props =>
  resource.props ?? merged(resource as DeclaredResource);

/** What the number of tasks follows. */
export interface FollowedMetric {
  /** `CPU`, `memory` or `requests`; of any other metric its name. */
  readonly metric: string;
  /** Percent, or requests for each task in a minute. */
  readonly target: number;
}

/** Another range from certain times on; absent: it stays as it is. */
export interface ScheduledRange {
  readonly schedule: string;
  readonly timezone: string;
  readonly min?: number;
  readonly max?: number;
}

/** How the tasks are divided between Fargate's capacity providers. */
export interface FargateShares {
  /** Percent on Spot of the tasks beyond both bases. */
  readonly percent: number;
  /** Tasks that are always on demand. */
  readonly base: number;
  /** Tasks that are always on Spot. */
  readonly spotBase: number;
}

/** The number of a service's tasks. */
export interface ServiceTasks {
  readonly min: number;
  readonly max: number;
  readonly follows: readonly FollowedMetric[];
  readonly schedules: readonly ScheduledRange[];
  /** Absent for tasks that all run on demand, or on the program's own instances. */
  readonly shares?: FargateShares;
}

/**
 * True where a target, policy or action is about a service: `service/CLUSTER/SERVICE` is what
 * Application Auto Scaling calls it.
 */
export function isAbout(scaling: Resource, service: Resource): boolean {
  const props = propsOf(scaling);
  if (text(props, "serviceNamespace") !== "ecs") return false;
  // Read first: where it is not known, as in a preview, the service has no name either.
  const about = text(props, "resourceId");
  const name = text(propsOf(service), "name");
  return name !== undefined && about?.split("/").pop() === name;
}

/** The number of a service's tasks; undefined for one task on each instance. */
export function tasksOf(service: Resource, of: ByType): ServiceTasks | undefined {
  const props = propsOf(service);
  if (text(props, "schedulingStrategy") === "DAEMON") return undefined;
  const about = (type: string): Props[] =>
    of(type)
      .filter((one) => isAbout(one, service))
      .map(propsOf);
  const [target] = about(token.scalableTarget);
  const count = number(props, "desiredCount") ?? 1;
  const shares = sharesOf(props);
  const min = (target && number(target, "minCapacity")) ?? count;
  return {
    min,
    max: (target && number(target, "maxCapacity")) ?? Math.max(min, count),
    follows: target ? about(token.scalingPolicy).flatMap(followed) : [],
    schedules: target ? about(token.scheduledAction).map(scheduled) : [],
    ...(shares && { shares }),
  };
}

const shortNames: Readonly<Record<string, string>> = {
  ECSServiceAverageCPUUtilization: "CPU",
  ECSServiceAverageMemoryUtilization: "memory",
  ALBRequestCountPerTarget: "requests",
};

function followed(policy: Props): FollowedMetric[] {
  const tracking = block(policy, "targetTrackingScalingPolicyConfiguration");
  const target = tracking && number(tracking, "targetValue");
  if (tracking === undefined || target === undefined) return [];
  const type = text(block(tracking, "predefinedMetricSpecification") ?? {}, "predefinedMetricType");
  const custom = text(block(tracking, "customizedMetricSpecification") ?? {}, "metricName");
  return [{ metric: shortNames[type ?? ""] ?? type ?? custom ?? "a metric of its own", target }];
}

function scheduled(action: Props): ScheduledRange {
  const range = block(action, "scalableTargetAction") ?? {};
  const [min, max] = [number(range, "minCapacity"), number(range, "maxCapacity")];
  return {
    schedule: text(action, "schedule") ?? "",
    timezone: text(action, "timezone") ?? "UTC",
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

/** Undefined where a provider is not Fargate's, or none is for Spot. */
function sharesOf(service: Props): FargateShares | undefined {
  const { onDemand, spot } = fargateProviders;
  const strategies = blocks(service, "capacityProviderStrategies");
  const of = (provider: string): Props =>
    strategies.find((one) => text(one, "capacityProvider") === provider) ?? {};
  const known = strategies.every((one) =>
    [onDemand, spot].some((name) => name === text(one, "capacityProvider")),
  );
  const weights = [onDemand, spot].map((name) => number(of(name), "weight") ?? 0);
  const [demandWeight = 0, spotWeight = 0] = weights;
  // A single provider takes every task, whatever its weight.
  const all = strategies.length === 1 ? text(strategies[0] ?? {}, "capacityProvider") : undefined;
  if (!known || strategies.length === 0 || all === onDemand) return undefined;
  const total = demandWeight + spotWeight;
  return {
    percent: all === spot ? 100 : total === 0 ? 0 : Math.round((100 * spotWeight) / total),
    base: number(of(onDemand), "base") ?? 0,
    spotBase: number(of(spot), "base") ?? 0,
  };
}

/** The fewest and the most tasks that there are at any time. */
export function extremes({ min, max, schedules }: ServiceTasks): { min: number; max: number } {
  return {
    min: Math.min(min, ...schedules.map((one) => one.min ?? one.max ?? min)),
    max: Math.max(max, ...schedules.map((one) => one.max ?? one.min ?? max)),
  };
}

/** How many of so many tasks run on demand, on average where the shares are not whole. */
export function onDemandOf(count: number, { shares }: Pick<ServiceTasks, "shares">): number {
  if (shares === undefined) return count;
  const { percent, base, spotBase } = shares;
  const beyond = Math.max(0, count - base - spotBase);
  return Math.min(count, base) + (beyond * (100 - percent)) / 100;
}
