/** Application Auto Scaling, and Fargate's capacity providers. */
import { token } from "../../../../topology/tokens";
import { make, type Scene } from "../scene";
import type { Case } from "./case";

const refused = (
  type: string,
  what: string,
  wrong: Record<string, unknown> | ((s: Scene) => Record<string, unknown>),
  says?: RegExp,
  code = "ValidationException",
): Case => ({ what, type, wrong: typeof wrong === "function" ? wrong : () => wrong, code, says });

const target = token.scalableTarget;
const policy = token.scalingPolicy;
const action = token.scheduledAction;
const capacity = token.clusterCapacityProviders;
const tracking = "targetTrackingScalingPolicyConfiguration";
const metric = `${tracking}.predefinedMetricSpecification`;
const schedule = (text: string, says: RegExp): Case =>
  refused(action, `the schedule ${text}`, { schedule: text }, says);
const spot = (...strategies: object[]) => ({
  launchType: undefined,
  capacityProviderStrategies: strategies,
});
const onDemand = { capacityProvider: "FARGATE" };
const service = (what: string, wrong: Record<string, unknown>, says: RegExp): Case =>
  refused(token.service, what, wrong, says, "InvalidParameterException");

/** The scene's service in a cluster without capacity providers. */
const other = (s: Scene) => ({
  ...spot({ ...onDemand, weight: 1 }),
  cluster: make(s.account, token.cluster, "plain", {}).id,
});

/** One more service, that nothing scales. */
const unscaled = (s: Scene): string => {
  const inputs = { ...s.valid(token.service), name: "unscaled" };
  return String(make(s.account, token.service, "unscaled", inputs).outputs.name);
};

export const scaling: readonly Case[] = [
  refused(target, "a minimum above the maximum", { minCapacity: 7 }, /cannot be less than/),
  refused(target, "a number below zero", { minCapacity: -1 }, /whole number/),
  refused(target, "an unknown namespace", { serviceNamespace: "eks" }, /none of ecs/),
  refused(
    target,
    "another service's dimension",
    { scalableDimension: "rds:cluster:ReadReplicaCount" },
    /Unsupported service namespace/,
  ),
  refused(target, "an ARN", { resourceId: "arn:aws:ecs:x:1:service/web/web" }, /CLUSTER.SERVICE/),
  refused(
    target,
    "no minimum",
    { minCapacity: undefined },
    /minCapacity/,
    "MissingRequiredProperty",
  ),
  refused(policy, "an unknown type", { policyType: "Tracking" }, /none of StepScaling/),
  refused(policy, "no configuration", { [tracking]: undefined }, /needs its configuration/),
  refused(
    policy,
    "a metric of another service",
    { [`${metric}.predefinedMetricType`]: "RDSReaderAverageCPUUtilization" },
    /no metric of ECS services/,
  ),
  refused(
    policy,
    "requests without a label",
    { [`${metric}.predefinedMetricType`]: "ALBRequestCountPerTarget" },
    /needs a resource label/,
  ),
  refused(
    policy,
    "a label that is an ARN",
    {
      [`${metric}.predefinedMetricType`]: "ALBRequestCountPerTarget",
      [`${metric}.resourceLabel`]:
        "arn:aws:elasticloadbalancing:x:1:targetgroup/web/0123456789abcdef",
    },
    /of the form app/,
  ),
  refused(
    policy,
    "a label for CPU",
    { [`${metric}.resourceLabel`]: "app/web/0123456789abcdef/targetgroup/web/0123456789abcdef" },
    /Only the metric/,
  ),
  refused(
    policy,
    "two metrics",
    {
      [`${tracking}.customizedMetricSpecification`]: {
        metricName: "Depth",
        namespace: "Web",
        statistic: "Average",
      },
    },
    /not both/,
  ),
  refused(
    policy,
    "a service that is not registered",
    (s) => ({ resourceId: `service/web/${unscaled(s)}` }),
    /No scalable target registered/,
    "ObjectNotFoundException",
  ),
  schedule("0 20 * * *", /cron\(minutes hours/),
  schedule("cron(0 20 * * *)", /six fields/),
  schedule("cron(0 20 * * * *)", /exactly one of/),
  schedule("cron(0 24 * * ? *)", /another hours/),
  schedule("rate(1 days)", /rate\(1 minute\)/),
  schedule("at(2026-02-30T00:00:00)", /a time that exists/),
  refused(action, "an offset as time zone", { timezone: "+02:00" }, /IANA time zone/),
  refused(
    action,
    "a minimum above the maximum",
    { "scalableTargetAction.minCapacity": 1 },
    /cannot be less than/,
  ),
  refused(action, "neither number", { scalableTargetAction: {} }, /minCapacity, maxCapacity/),
  refused(
    capacity,
    "a cluster's ARN",
    { clusterName: "arn:aws:ecs:x:1:cluster/web" },
    undefined,
    "ValidationError",
  ),
  refused(
    capacity,
    "a default that is not associated",
    { "defaultCapacityProviderStrategies[0].capacityProvider": "other" },
    /not associated with the cluster/,
    "InvalidParameterException",
  ),
  service(
    "a launch type and a strategy",
    { capacityProviderStrategies: [{ ...onDemand, weight: 1 }] },
    /both a launch type/,
  ),
  service("a weight of 1001", spot({ ...onDemand, weight: 1001 }), /0 and 1000/),
  service(
    "two bases",
    spot(
      { ...onDemand, weight: 1, base: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 1, base: 1 },
    ),
    /Only one capacity provider/,
  ),
  service(
    "no weight at all",
    spot(onDemand, { capacityProvider: "FARGATE_SPOT" }),
    /weight greater than zero/,
  ),
  refused(
    token.service,
    "a cluster without capacity providers",
    other,
    /not associated with the cluster/,
    "InvalidParameterException",
  ),
];
