/** Fargate's capacity providers, and how tasks are divided between them. Pure. */
import { defaults } from "./defaults";

/**
 * They exist in every account, and only have to be associated with a cluster.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export const fargateProviders = { onDemand: "FARGATE", spot: "FARGATE_SPOT" } as const;

/** How much of a service runs on Fargate Spot. */
export interface SpotShare {
  readonly percent: number;
  readonly base?: number;
}

/** One line of a capacity provider strategy. */
export interface ProviderShare {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base?: number;
}

/**
 * The strategy: `base` tasks on demand, and the others by weight. A provider of weight 0 takes no
 * task, so it is left out.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function providerShares({
  percent,
  base = defaults.service.spot.base,
}: SpotShare): ProviderShare[] {
  const { onDemand, spot } = fargateProviders;
  return [
    { capacityProvider: onDemand, weight: 100 - percent, ...(base > 0 && { base }) },
    { capacityProvider: spot, weight: percent },
  ].filter(({ weight }) => weight > 0);
}

/** What `base` has to be, if it contradicts `percent`. */
export function spotProblem({
  percent,
  base = defaults.service.spot.base,
}: SpotShare): string | undefined {
  if (percent < 100 || base === 0) return undefined;
  return "0 with a percent of 100: AWS places no task on a capacity provider of weight 0";
}
