import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fargateProviders, providerShares } from "../../path/spot";

/** How much of a service runs on Fargate Spot. */
export interface SpotArgs {
  /**
   * Share of the tasks beyond `base` that run on Fargate Spot, 0 to 100. AWS takes such tasks back
   * with two minutes' notice. To stop using it, set 0: the provider refuses to take the capacity
   * providers of a service away.
   */
  percent: number;
  /** Tasks that are always on demand; 0 with a `percent` of 100. @default 1 */
  base?: number;
}

/**
 * Where the tasks run. AWS changes the share only with a new deployment, and without
 * `forceNewDeployment` the provider refuses to:
 * https://github.com/hashicorp/terraform-provider-aws/pull/43533
 */
export function capacity(
  spot: SpotArgs | undefined,
): Pick<aws.ecs.ServiceArgs, "launchType" | "capacityProviderStrategies" | "forceNewDeployment"> {
  if (spot === undefined) return { launchType: "FARGATE" };
  return { capacityProviderStrategies: providerShares(spot), forceNewDeployment: true };
}

/** True where any of the services runs on capacity providers. */
export function usesSpot(services: Record<string, { spot?: SpotArgs }> = {}): boolean {
  return Object.values(services).some(({ spot }) => spot !== undefined);
}

/** A cluster, and what its services run on. */
interface ClusterCapacity {
  /** Absent where all of them run on demand, or the cluster exists. */
  readonly capacityProviders: aws.ecs.ClusterCapacityProviders | undefined;
  /** Known to services only when the cluster has what they run on. */
  readonly clusterArn: pulumi.Output<string>;
}

/**
 * Lets the services of a cluster run on Fargate Spot, if any of them does.
 *
 * @param cluster the one that was created; undefined for one that exists
 */
export function clusterCapacity(
  name: string,
  cluster: aws.ecs.Cluster | undefined,
  { clusterArn, spot }: { readonly clusterArn?: pulumi.Input<string>; readonly spot: boolean },
  parent: pulumi.Resource,
): ClusterCapacity {
  const capacityProviders =
    cluster && spot
      ? new aws.ecs.ClusterCapacityProviders(
          name,
          { clusterName: cluster.name, capacityProviders: Object.values(fargateProviders) },
          { parent },
        )
      : undefined;
  return {
    capacityProviders,
    clusterArn: pulumi
      .all([clusterArn ?? cluster?.arn ?? "", capacityProviders?.clusterName])
      .apply(([arn]) => arn),
  };
}
