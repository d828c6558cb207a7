/** Which properties refer to which resources, to follow unknown references. */
import { block, text } from "../props";
import type { Props } from "../resource";
import { token } from "../tokens";

/** A property that contains another resource's id, ARN or name. */
export interface Reference {
  readonly of: string;
  /** Its place, e.g. `defaultActions[].targetGroupArn`. */
  readonly at: string;
  /** Types that it can refer to, each with the output that it contains then. */
  readonly to: Readonly<Record<string, string>>;
  /** Which of the blocks with this property are meant. @default all */
  readonly within?: (block: Props) => boolean;
  /** True where it does not matter which of several references comes first. */
  readonly anyOrder?: true;
  /** A second place for the same resources: which of the two refers to which does not matter. */
  readonly or?: string;
}

const certificate = {
  [token.certificate]: "arn",
  [token.certificateValidation]: "certificateArn",
};
const loadBalancer = { [token.loadBalancer]: "arn" };
const targetGroup = { [token.targetGroup]: "arn" };
const group = { [token.securityGroup]: "id" };
const scalingGroup = { [token.autoscalingGroup]: "id" };
const template = { [token.launchTemplate]: "id" };
const mainTable = { [token.vpc]: "mainRouteTableId" };
const table = { [token.routeTable]: "id", [token.defaultRouteTable]: "id", ...mainTable };
const gateway = { [token.internetGateway]: "id" };
const bucket = { [token.bucket]: "id" };
const role = { [token.role]: "arn" };
const topic = { [token.topic]: "arn" };
const key = { [token.kmsKey]: "arn" };
const webAcl = { [token.webAcl]: "arn" };
const secret = { [token.randomPassword]: "result", [token.randomString]: "result" };

/** Actions forward to one target group, or to several. */
const forwards = (of: string, actions: string): Reference[] => [
  { of, at: `${actions}[].targetGroupArn`, to: targetGroup, anyOrder: true },
  { of, at: `${actions}[].forward.targetGroups[].arn`, to: targetGroup, anyOrder: true },
];

/** Rules of a security group as separate resources. */
const groupRule = (of: string, peer: string, prefixLists: string): Reference[] => [
  { of, at: "securityGroupId", to: group },
  { of, at: peer, to: group },
  { of, at: prefixLists, to: { [token.prefixList]: "id" }, anyOrder: true },
];

/** In the order in which they are followed: references that others need come first. */
export const references: readonly Reference[] = [
  { of: token.certificateValidation, at: "certificateArn", to: certificate },
  { of: token.listener, at: "loadBalancerArn", to: loadBalancer },
  { of: token.listener, at: "certificateArn", to: certificate },
  ...forwards(token.listener, "defaultActions"),
  { of: token.listenerRule, at: "listenerArn", to: { [token.listener]: "arn" } },
  { of: token.listenerRule, at: "conditions[].httpHeader.values[]", to: secret, anyOrder: true },
  ...forwards(token.listenerRule, "actions"),
  { of: token.listenerCertificate, at: "listenerArn", to: { [token.listener]: "arn" } },
  { of: token.listenerCertificate, at: "certificateArn", to: certificate },
  { of: token.webAclAssociation, at: "resourceArn", to: loadBalancer },
  { of: token.webAclAssociation, at: "webAclArn", to: webAcl },
  ...[token.webAclRule, token.webAclRuleGroup].map((of) => ({ of, at: "webAclArn", to: webAcl })),
  ...[token.distribution, token.multitenantDistribution].map((of) => ({
    of,
    at: "webAclId",
    to: webAcl,
  })),
  { of: token.vpcOrigin, at: "vpcOriginEndpointConfig.arn", to: loadBalancer },
  {
    of: token.distribution,
    at: "origins[].domainName",
    to: { [token.loadBalancer]: "dnsName", [token.record]: "fqdn" },
    within: (origin) => !isBucket(origin),
  },
  {
    of: token.distribution,
    at: "origins[].domainName",
    to: { [token.bucket]: "bucketRegionalDomainName", [token.loadBalancer]: "dnsName" },
    within: isBucket,
  },
  {
    of: token.distribution,
    at: "origins[].vpcOriginConfig.vpcOriginId",
    to: { [token.vpcOrigin]: "id" },
  },
  { of: token.distribution, at: "origins[].customHeaders[].value", to: secret, anyOrder: true },
  { of: token.distribution, at: "viewerCertificate.acmCertificateArn", to: certificate },
  ...["defaultCacheBehavior", "orderedCacheBehaviors[]"].map((behaviour): Reference => ({
    of: token.distribution,
    at: `${behaviour}.originRequestPolicyId`,
    to: { [token.requestPolicy]: "id" },
  })),
  {
    of: token.record,
    at: "aliases[].name",
    to: { [token.loadBalancer]: "dnsName", [token.distribution]: "domainName" },
  },
  {
    of: token.record,
    at: "records[]",
    to: { [token.loadBalancer]: "dnsName", [token.distribution]: "domainName" },
  },
  { of: token.routeTableAssociation, at: "subnetId", to: { [token.subnet]: "id" } },
  { of: token.routeTableAssociation, at: "routeTableId", to: table },
  { of: token.mainRouteTable, at: "vpcId", to: { [token.vpc]: "id" } },
  { of: token.mainRouteTable, at: "routeTableId", to: { [token.routeTable]: "id" } },
  { of: token.defaultRouteTable, at: "defaultRouteTableId", to: mainTable },
  { of: token.subnet, at: "vpcId", to: { [token.vpc]: "id" } },
  ...[token.internetGateway, token.internetGatewayAttachment].map((of) => ({
    of,
    at: "vpcId",
    to: { [token.vpc]: "id" },
  })),
  ...[token.routeTable, token.defaultRouteTable].flatMap((of): Reference[] => [
    { of, at: "routes[].gatewayId", to: gateway },
    { of, at: "routes[].natGatewayId", to: { [token.natGateway]: "id" } },
  ]),
  { of: token.route, at: "routeTableId", to: table },
  { of: token.route, at: "gatewayId", to: gateway },
  { of: token.route, at: "natGatewayId", to: { [token.natGateway]: "id" } },
  { of: token.natGateway, at: "subnetId", to: { [token.subnet]: "id" } },
  { of: token.vpcEndpoint, at: "vpcId", to: { [token.vpc]: "id" } },
  { of: token.vpcEndpoint, at: "routeTableIds[]", to: table, anyOrder: true },
  { of: token.vpcEndpoint, at: "securityGroupIds[]", to: group, anyOrder: true },
  { of: token.vpcEndpointRouteTable, at: "vpcEndpointId", to: { [token.vpcEndpoint]: "id" } },
  { of: token.vpcEndpointRouteTable, at: "routeTableId", to: table },
  ...["subnets[]", "subnetMappings[].subnetId"].map((at): Reference => ({
    of: token.loadBalancer,
    at,
    to: { [token.subnet]: "id" },
    anyOrder: true,
  })),
  { of: token.loadBalancer, at: "securityGroups[]", to: group, anyOrder: true },
  {
    of: token.service,
    at: "networkConfiguration.subnets[]",
    to: { [token.subnet]: "id" },
    anyOrder: true,
  },
  { of: token.service, at: "taskDefinition", to: { [token.taskDefinition]: "arn" } },
  { of: token.service, at: "cluster", to: { [token.cluster]: "arn" } },
  { of: token.clusterCapacityProviders, at: "clusterName", to: { [token.cluster]: "name" } },
  ...[
    { of: token.service, at: "capacityProviderStrategies[].capacityProvider" },
    {
      of: token.clusterCapacityProviders,
      at: "defaultCapacityProviderStrategies[].capacityProvider",
    },
  ].map((one) => ({ ...one, to: { [token.capacityProvider]: "name" } })),
  {
    of: token.capacityProvider,
    at: "autoScalingGroupProvider.autoScalingGroupArn",
    to: { [token.autoscalingGroup]: "arn" },
  },
  {
    of: token.service,
    at: "loadBalancers[].targetGroupArn",
    to: targetGroup,
    // A deployment swaps the two.
    or: "loadBalancers[].advancedConfiguration.alternateTargetGroupArn",
  },
  {
    of: token.service,
    at: "loadBalancers[].advancedConfiguration.productionListenerRule",
    to: { [token.listenerRule]: "arn" },
    or: "loadBalancers[].advancedConfiguration.testListenerRule",
  },
  {
    of: token.service,
    at: "networkConfiguration.subnets[]",
    to: { [token.subnet]: "id" },
    anyOrder: true,
  },
  {
    of: token.service,
    at: "networkConfiguration.securityGroups[]",
    to: group,
    anyOrder: true,
  },
  ...["accessLogs", "connectionLogs", "healthCheckLogs"].map((log) => ({
    of: token.loadBalancer,
    at: `${log}.bucket`,
    to: bucket,
  })),
  { of: token.taskDefinition, at: "executionRoleArn", to: role },
  { of: token.taskDefinition, at: "taskRoleArn", to: role },
  { of: token.taskSet, at: "loadBalancers[].targetGroupArn", to: targetGroup },
  { of: token.targetGroupAttachment, at: "targetGroupArn", to: targetGroup },
  {
    of: token.targetGroupAttachment,
    at: "targetId",
    to: { [token.instance]: "id", [token.lambdaFunction]: "arn" },
  },
  { of: token.lambdaPermission, at: "function", to: { [token.lambdaFunction]: "name" } },
  {
    of: token.lambdaPermission,
    at: "sourceArn",
    to: { ...targetGroup, ...loadBalancer, [token.listener]: "arn" },
  },
  { of: token.autoscalingAttachment, at: "lbTargetGroupArn", to: targetGroup },
  { of: token.autoscalingAttachment, at: "autoscalingGroupName", to: scalingGroup },
  { of: token.autoscalingGroup, at: "targetGroupArns[]", to: targetGroup, anyOrder: true },
  { of: token.autoscalingGroup, at: "launchTemplate.id", to: template },
  { of: token.autoscalingGroup, at: "launchTemplate.name", to: template },
  {
    of: token.autoscalingGroup,
    at: "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
    to: template,
  },
  {
    of: token.autoscalingGroup,
    at: "launchConfiguration",
    to: { [token.launchConfiguration]: "id" },
  },
  { of: token.instance, at: "launchTemplate.id", to: template },
  ...[token.instance, token.launchTemplate].map((of) => ({
    ...{ of, at: "vpcSecurityGroupIds[]", to: group, anyOrder: true as const },
  })),
  { of: token.launchTemplate, at: "networkInterfaces[].securityGroups[]", to: group },
  { of: token.launchConfiguration, at: "securityGroups[]", to: group, anyOrder: true },
  { of: token.trafficSourceAttachment, at: "autoscalingGroupName", to: scalingGroup },
  { of: token.trafficSourceAttachment, at: "trafficSource.identifier", to: targetGroup },
  ...["alarmActions[]", "okActions[]", "insufficientDataActions[]"].map((at): Reference => ({
    of: token.metricAlarm,
    at,
    to: topic,
    anyOrder: true,
  })),
  // A preview does not show whether this is the ARN or its end: the end is assumed.
  {
    of: token.metricAlarm,
    at: "dimensions.LoadBalancer",
    to: { [token.loadBalancer]: "arnSuffix" },
  },
  { of: token.metricAlarm, at: "dimensions.TargetGroup", to: { [token.targetGroup]: "arnSuffix" } },
  { of: token.metricAlarm, at: "dimensions.CertificateArn", to: certificate },
  { of: token.eventTarget, at: "arn", to: topic },
  {
    of: token.budget,
    at: "notifications[].subscriberSnsTopicArns[]",
    to: topic,
    anyOrder: true,
  },
  { of: token.topic, at: "kmsMasterKeyId", to: key },
  { of: token.topicPolicy, at: "arn", to: topic },
  { of: token.kmsKeyPolicy, at: "keyId", to: { [token.kmsKey]: "id" } },
  { of: token.securityGroup, at: "ingress[].securityGroups[]", to: group },
  { of: token.securityGroup, at: "ingress[].prefixListIds[]", to: { [token.prefixList]: "id" } },
  { of: token.securityGroup, at: "egress[].securityGroups[]", to: group },
  { of: token.securityGroup, at: "egress[].prefixListIds[]", to: { [token.prefixList]: "id" } },
  ...groupRule(token.securityGroupIngress, "referencedSecurityGroupId", "prefixListId"),
  ...groupRule(token.securityGroupEgress, "referencedSecurityGroupId", "prefixListId"),
  ...groupRule(token.securityGroupRule, "sourceSecurityGroupId", "prefixListIds[]"),
];

/** True for an origin that is a bucket: it has no settings of other kinds of origins. */
function isBucket(origin: Props): boolean {
  return (
    block(origin, "customOriginConfig") === undefined &&
    block(origin, "vpcOriginConfig") === undefined
  );
}

/** Outputs that rules read and that only AWS knows, in addition to `id` and `arn`. */
export const ownOutputs: Readonly<Record<string, readonly string[]>> = {
  [token.loadBalancer]: ["dnsName", "arnSuffix"],
  [token.targetGroup]: ["arnSuffix"],
  [token.cluster]: ["name"],
  [token.lambdaFunction]: ["name"],
  [token.capacityProvider]: ["name"],
  [token.distribution]: ["domainName"],
  [token.bucket]: ["bucketRegionalDomainName"],
  [token.randomPassword]: ["result"],
  [token.randomString]: ["result"],
  [token.record]: ["fqdn"],
  [token.vpc]: ["mainRouteTableId", "defaultRouteTableId"],
};

/**
 * An output that follows from the inputs: a record's full name. For a bare label it is unknown,
 * because the zone's name is appended.
 */
export function knownByInputs(type: string, output: string, props: Props): string | undefined {
  const name = text(props, "name") ?? "";
  return type === token.record && output === "fqdn" && name.includes(".") ? name : undefined;
}
