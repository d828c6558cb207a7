/** The scene's scalable target and capacity providers, and valid inputs for more. */
import type { Account } from "../../../local/model";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";

const nameOf = (account: Account, type: string, id = ""): string =>
  String(account.read(type, id)?.outputs.name);

/** The scene's service, as Application Auto Scaling names it. */
const scaled = (account: Account, ids: Readonly<Record<string, string>>): Props => ({
  serviceNamespace: "ecs",
  scalableDimension: "ecs:service:DesiredCount",
  resourceId: `service/${nameOf(account, token.cluster, ids.cluster)}/${nameOf(account, token.service, ids.service)}`,
});

/** Registers the service, and lets the cluster use Fargate Spot. */
export function addScaling(
  account: Account,
  ids: Readonly<Record<string, string>>,
  add: (name: string, type: string, inputs: Props) => string,
): void {
  add("scaled", token.scalableTarget, { ...scaled(account, ids), minCapacity: 2, maxCapacity: 6 });
  add("capacity", token.clusterCapacityProviders, {
    clusterName: nameOf(account, token.cluster, ids.cluster),
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
  });
}

export function scalingInputs(
  account: Account,
  ids: Readonly<Record<string, string>>,
): Record<string, Props> {
  return {
    [token.scalableTarget]: {
      ...scaled(account, ids),
      ...{ resourceId: "service/web/web", minCapacity: 2, maxCapacity: 6 },
    },
    [token.scalingPolicy]: {
      ...scaled(account, ids),
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        scaleInCooldown: 300,
      },
    },
    [token.scheduledAction]: {
      ...scaled(account, ids),
      schedule: "cron(0 20 ? * MON-FRI *)",
      timezone: "Europe/Berlin",
      scalableTargetAction: { minCapacity: 0, maxCapacity: 0 },
    },
    [token.clusterCapacityProviders]: {
      clusterName: "web",
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1, base: 1 }],
    },
  };
}
