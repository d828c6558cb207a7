/** The fixed monthly cost of a stack's resources, without any use. Pure. */
import { managedGroups } from "../path/waf";
import { hoursPerMonth, type Prices } from "./prices";
import { isFree } from "./free";
import { canonicalType, token } from "../topology/tokens";
import { shiftOf } from "../topology/deployments";
import { isUnpricedService, list, taskItems, usesSpot } from "./tasks";

/** What of a resource decides its price. */
export interface Priced {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** One line of the bill. */
export interface CostItem {
  /** Logical name of the resource. */
  readonly resource: string;
  /** What is paid for, e.g. `NAT gateway`. */
  readonly what: string;
  readonly quantity: number;
  /** US dollars a month for the whole quantity. */
  readonly dollars: number;
  /** Both with the most tasks of a service; absent if their number does not change. */
  readonly most?: { readonly quantity: number; readonly dollars: number };
}

/**
 * What is paid by use and therefore not in the sum: request, gigabyte and capacity-unit prices.
 */
const usageBased: Readonly<Record<string, string>> = {
  [token.loadBalancer]: "load balancer capacity units",
  [token.natGateway]: "gigabytes through the NAT gateway",
  [token.vpcEndpoint]: "gigabytes through the interface endpoints",
  [token.distribution]: "CloudFront requests and gigabytes",
  [token.logGroup]: "gigabytes of logs written and kept",
  [token.cluster]: "Container Insights metrics",
  [token.repository]: "gigabytes of images kept",
  [token.bucket]: "S3 requests and gigabytes kept",
  [token.webAcl]: "requests that the web ACL inspects",
  // By the hour, while a listener uses it: https://aws.amazon.com/elasticloadbalancing/pricing/
  [token.trustStore]: "hours of the trust store for client certificates",
  [token.topic]: "messages of the alarms",
  [token.kmsKey]: "KMS requests",
  [token.detector]: "GuardDuty events and vCPU hours monitored",
  [token.inspector]: "Inspector image scans",
  [token.queue]: "SQS requests",
  [token.lambdaFunction]: "Lambda requests and seconds",
  [token.dynamodbTable]: "DynamoDB requests and gigabytes kept",
  [token.glueDatabase]: "Glue catalog objects beyond the free million",
  [token.glueTable]: "bytes that Athena's queries read",
};

/** Types that have a line in the bill. */
const priced: ReadonlySet<string> = new Set([
  token.loadBalancer,
  token.natGateway,
  token.eip,
  token.vpcEndpoint,
  token.service,
  token.webAcl,
  token.zone,
  token.metricAlarm,
  token.scalingPolicy,
  token.dashboard,
  token.monitoringSubscription,
  token.kmsKey,
  token.secret,
]);

/** Every line of the fixed monthly bill. */
export function fixedMonthlyCost(resources: readonly Priced[], prices: Prices): CostItem[] {
  return resources.flatMap((resource) => items(resource, resources, prices));
}

/** The sum of a bill in US dollars. */
export function total(bill: readonly Pick<CostItem, "dollars">[]): number {
  return bill.reduce((sum, item) => sum + item.dollars, 0);
}

/** What is paid by use in addition to the fixed bill, in words. */
export function usageBasedCosts(resources: readonly Priced[]): string[] {
  const words = resources.flatMap((resource) => [
    usageBased[canonicalType(resource.type)],
    ...(usesSpot(resource) ? ["tasks on Fargate Spot, at its market price"] : []),
    ...(runsTwice(resource) ? ["a second set of tasks while a deployment runs"] : []),
  ]);
  return [...new Set(words.filter((word) => word !== undefined))].sort();
}

/** True for a service whose deployments start all new tasks next to the old ones. */
function runsTwice({ type, inputs }: Priced): boolean {
  return canonicalType(type) === token.service && shiftOf(inputs).shift !== undefined;
}

/** Types that this table does not know: they may have a price, and no sum includes them. */
export function unknownTypes(
  resources: readonly Priced[],
): { readonly type: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    const type = canonicalType(resource.type);
    const known = isFree(type) || usageBased[type] !== undefined || priced.has(type);
    if (known && !isUnpricedService(resource, resources)) continue;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => ({ type, count }));
}

function items(resource: Priced, all: readonly Priced[], prices: Prices): CostItem[] {
  const { name, inputs } = resource;
  const hourly = (what: string, quantity: number, price: number): CostItem[] =>
    quantity === 0
      ? []
      : [{ resource: name, what, quantity, dollars: quantity * price * hoursPerMonth }];
  const monthly = (what: string, quantity: number, price: number): CostItem[] => [
    { resource: name, what, quantity, dollars: quantity * price },
  ];
  switch (canonicalType(resource.type)) {
    case token.loadBalancer:
      return [
        ...hourly("load balancer", 1, prices.loadBalancerHour),
        // A public load balancer has an address in each of its zones.
        ...hourly(
          "public IPv4 address of the load balancer",
          inputs.internal === true || inputs.loadBalancerType === "gateway"
            ? 0
            : list(inputs.subnets).length + list(inputs.subnetMappings).length,
          prices.publicIpv4Hour,
        ),
      ];
    case token.natGateway:
      return hourly("NAT gateway", 1, prices.natGatewayHour);
    case token.eip:
      return hourly("public IPv4 address", 1, prices.publicIpv4Hour);
    case token.vpcEndpoint:
      // This endpoint, for GuardDuty's agent, is free:
      // https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-agent-connectivity.html
      return inputs.vpcEndpointType === "Interface" &&
        !String(inputs.serviceName).endsWith(".guardduty-data")
        ? hourly(
            "interface endpoint and zone",
            list(inputs.subnetIds).length,
            prices.interfaceEndpointHour,
          )
        : [];
    case token.service:
      return taskItems(resource, all, prices, hourly);
    case token.webAcl:
      return [
        ...monthly("web ACL", 1, prices.webAclMonth),
        ...monthly("rule of the web ACL", list(inputs.rules).length, prices.webAclRuleMonth),
        ...list(inputs.rules).flatMap((rule) => groupFee(rule, monthly)),
      ];
    case token.zone:
      return monthly("hosted zone", 1, prices.hostedZoneMonth);
    case token.metricAlarm: {
      // The price is for each metric that an alarm watches.
      const metrics = list(inputs.metricQueries).filter(isMetric).length;
      return metrics > 1
        ? monthly("metric of an alarm", metrics, prices.alarmMonth)
        : monthly("alarm", 1, prices.alarmMonth);
    }
    case token.scalingPolicy:
      // Application Auto Scaling makes one to scale out and one to scale in:
      // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
      return inputs.policyType === "TargetTrackingScaling"
        ? monthly("alarm of target tracking", 2, prices.alarmMonth)
        : [];
    case token.dashboard:
      return monthly("dashboard", 1, prices.dashboardMonth);
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html#monitoring-console.distributions-additional-pricing
    case token.monitoringSubscription:
      return monthly("CloudFront metric", 8, prices.metricMonth);
    case token.secret:
      return monthly("secret", 1, prices.secretMonth);
    case token.kmsKey:
      return monthly("KMS key", 1, prices.keyMonth);
    default:
      return [];
  }
}

/** True for a query of an alarm that is a metric, and no expression over others. */
const isMetric = (query: unknown): boolean =>
  (query as { metric?: unknown } | undefined)?.metric !== undefined;

/** What some of AWS's managed groups cost on top of their rule. */
function groupFee(
  rule: unknown,
  monthly: (what: string, quantity: number, price: number) => CostItem[],
): CostItem[] {
  const { statement } = rule as {
    statement?: { managedRuleGroupStatement?: { name?: string } };
  };
  const name = statement?.managedRuleGroupStatement?.name;
  const fee = Object.values(managedGroups).find((group) => group.awsName === name)?.fees?.month;
  return fee === undefined ? [] : monthly(`rule group ${name ?? ""}`, 1, fee);
}
