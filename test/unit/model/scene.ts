/** A small account in which every modelled type has something valid to be made from. */
import { Account } from "../../../local/model";
import * as t from "../../../local/model/tokens";
import type { Props } from "../../../local/types";
import { addQueries, queryInputs } from "./queryScene";
import { addWebAcls, wafInputs } from "./wafScene";

/** Makes a resource by type and name. */
export function make(account: Account, type: string, name: string, inputs: Props) {
  const urn = `urn:pulumi:test::model::${type}::${name}`;
  return account.create({ type, name, urn, inputs });
}

export interface Scene {
  readonly account: Account;
  /** Ids of what was made, by name. */
  readonly ids: Readonly<Record<string, string>>;
  /** Types that it has valid inputs for. */
  readonly types: readonly string[];
  /** Valid inputs for one more of a type. */
  valid(type: string): Props;
}

export const forward = (arn: unknown): Props => ({ type: "forward", targetGroupArn: arn });
export const forbid: Props = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", statusCode: "403" },
};

export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

export const container = (more: Props = {}): Props => ({
  name: "nginx",
  image: "public.ecr.aws/nginx/nginx-unprivileged:stable",
  portMappings: [{ containerPort: 8080 }],
  ...more,
});

/** Records that validate a certificate, and the validation itself. */
export function issue(account: Account, name: string, arn: string, zoneId: string): void {
  const options = account.read(t.CERTIFICATE, arn)?.outputs.domainValidationOptions as Props[];
  const fqdns = options.map((option, i) => {
    const inputs = {
      ...{ zoneId, name: option.resourceRecordName, type: option.resourceRecordType, ttl: 60 },
      ...{ records: [option.resourceRecordValue], allowOverwrite: true },
    };
    return make(account, t.RECORD, `${name}-${i}`, inputs).outputs.fqdn;
  });
  const region = account.read(t.CERTIFICATE, arn)?.outputs.region;
  make(account, t.CERTIFICATE_VALIDATION, name, {
    ...{ certificateArn: arn, validationRecordFqdns: fqdns, region },
  });
}

/** Two VPCs, a load balancer with a listener, a service behind it, a distribution in front. */
export function scene(): Scene {
  const account = new Account({ region: "eu-west-1" });
  const ids: Record<string, string> = {};
  const add = (name: string, type: string, inputs: Props): string =>
    (ids[name] = make(account, type, name, inputs).id);

  add("vpc", t.VPC, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  add("gateway", t.INTERNET_GATEWAY, { vpcId: ids.vpc });
  add("otherVpc", t.VPC, { cidrBlock: "10.9.0.0/16" });
  add("subnetA", t.SUBNET, subnet(ids.vpc, "10.0.0.0/24", "eu-west-1a"));
  add("subnetB", t.SUBNET, subnet(ids.vpc, "10.0.1.0/24", "eu-west-1b"));
  add("subnetA2", t.SUBNET, subnet(ids.vpc, "10.0.2.0/24", "eu-west-1a"));
  add("otherSubnet", t.SUBNET, subnet(ids.otherVpc, "10.9.0.0/24", "eu-west-1b"));
  add("table", t.ROUTE_TABLE, { vpcId: ids.vpc });
  add("albGroup", t.SECURITY_GROUP, { vpcId: ids.vpc });
  add("taskGroup", t.SECURITY_GROUP, { vpcId: ids.vpc });
  add("spareGroup", t.SECURITY_GROUP, { vpcId: ids.vpc });
  add("otherGroup", t.SECURITY_GROUP, { vpcId: ids.otherVpc });
  add("ruleOfAlb", t.INGRESS_RULE, rule(ids.albGroup, { cidrIpv4: "192.0.2.0/24" }));
  add("zone", t.ZONE, { name: "example.com" });
  add("certificate", t.CERTIFICATE, { domainName: "app.example.com" });
  add("pending", t.CERTIFICATE, { domainName: "pending.example.com" });
  add("edge", t.CERTIFICATE, { domainName: "*.example.com", region: "us-east-1" });
  issue(account, "certificate", ids.certificate ?? "", ids.zone ?? "");
  issue(account, "edge", ids.edge ?? "", ids.zone ?? "");

  const subnets = [ids.subnetA, ids.subnetB];
  add("alb", t.LOAD_BALANCER, { subnets, securityGroups: [ids.albGroup] });
  add("inner", t.LOAD_BALANCER, { subnets, securityGroups: [ids.albGroup], internal: true });
  add("group", t.TARGET_GROUP, group(ids.vpc, "HTTP1"));
  add("group2", t.TARGET_GROUP, group(ids.vpc, "HTTP2"));
  add("loose", t.TARGET_GROUP, group(ids.vpc, "HTTP1"));
  add("otherTargets", t.TARGET_GROUP, group(ids.otherVpc, "HTTP1"));
  add("listener", t.LISTENER, listener(ids, "alb", 443, [forbid]));
  add("plain", t.LISTENER, {
    ...{ loadBalancerArn: ids.inner, port: 80, protocol: "HTTP", defaultActions: [forbid] },
  });
  add("rule", t.LISTENER_RULE, headerRule(ids.listener, 10, [forward(ids.group)]));
  add("role", t.ROLE, { assumeRolePolicy: trust });
  add("cluster", t.CLUSTER, {});
  add("task", t.TASK_DEFINITION, task(account, ids));
  add("service", t.SERVICE, service(ids));
  add("repository", t.REPOSITORY, {});
  add("bucket", t.BUCKET, {});
  add("otherBucket", t.BUCKET, {});
  add("origin", t.VPC_ORIGIN, vpcOrigin(ids.inner, "first"));
  add("distribution", t.DISTRIBUTION, distribution(ids));
  addEdgeLogs(account, ids);
  addWebAcls(account, ids, add);
  addQueries(add);
  const inputs = validInputs(account, ids);
  const valid = (type: string): Props => {
    const found = inputs[type];
    if (found === undefined) throw new Error(`the scene has no valid inputs for ${type}`);
    return structuredClone(found);
  };
  return { account, ids, types: Object.keys(inputs), valid };
}

/** Both ends of a delivery of the distribution's log. */
function addEdgeLogs(account: Account, ids: Record<string, string>): void {
  const region = "us-east-1";
  const resourceArn = account.read(t.DISTRIBUTION, ids.distribution ?? "")?.outputs.arn;
  const source = { logType: "ACCESS_LOGS", resourceArn, region };
  ids.source = make(account, t.LOG_DELIVERY_SOURCE, "source", source).id;
  const destination = make(account, t.LOG_DELIVERY_DESTINATION, "destination", edgeDestination);
  ids.destination = destination.id;
}

/** A bucket that exists outside of the program: only its owner knows its policy. */
const sharedBucket = "arn:aws:s3:::shared-logs";

const edgeDestination: Props = {
  ...{ region: "us-east-1", outputFormat: "w3c" },
  deliveryDestinationConfiguration: { destinationResourceArn: sharedBucket },
};

const subnet = (vpcId: unknown, cidrBlock: string, availabilityZone: string): Props => ({
  ...{ vpcId, cidrBlock, availabilityZone },
});

export const rule = (securityGroupId: unknown, more: Props): Props => ({
  ...{ securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
  ...more,
});

export const group = (vpcId: unknown, protocolVersion: string): Props => ({
  ...{ vpcId, protocolVersion, port: 8080, protocol: "HTTP", targetType: "ip" },
  healthCheck: { path: "/healthz", interval: 15, timeout: 5, matcher: "200" },
});

export const listener = (
  ids: Readonly<Record<string, string>>,
  balancer: string,
  port: number,
  defaultActions: Props[],
): Props => ({
  ...{ loadBalancerArn: ids[balancer], port, protocol: "HTTPS", defaultActions },
  ...{ certificateArn: ids.certificate, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" },
});

export const headerRule = (listenerArn: unknown, priority: number, actions: Props[]): Props => ({
  ...{ listenerArn, priority, actions },
  conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Secret", values: ["abc123"] } }],
});

function task(account: Account, ids: Readonly<Record<string, string>>): Props {
  return {
    ...{ family: "web", cpu: "256", memory: "512", networkMode: "awsvpc" },
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: account.read(t.ROLE, ids.role ?? "")?.outputs.arn,
    containerDefinitions: JSON.stringify([container()]),
  };
}

export const service = (ids: Readonly<Record<string, string>>): Props => ({
  ...{ cluster: ids.cluster, taskDefinition: ids.task, desiredCount: 2, launchType: "FARGATE" },
  networkConfiguration: {
    ...{ subnets: [ids.subnetA, ids.subnetB], securityGroups: [ids.taskGroup] },
  },
  loadBalancers: [{ containerName: "nginx", containerPort: 8080, targetGroupArn: ids.group }],
  ...{ healthCheckGracePeriodSeconds: 30, availabilityZoneRebalancing: "ENABLED" },
});

const vpcOrigin = (arn: unknown, name: string): Props => ({
  vpcOriginEndpointConfig: {
    ...{ name, arn, httpPort: 80, httpsPort: 443, originProtocolPolicy: "http-only" },
    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
  },
});

const distribution = (ids: Readonly<Record<string, string>>): Props => ({
  ...{ enabled: true, httpVersion: "http2and3", aliases: ["app.example.com"] },
  origins: [
    {
      ...{ originId: "alb", domainName: "origin.example.com" },
      vpcOriginConfig: { vpcOriginId: ids.origin, originReadTimeout: 30 },
      customHeaders: [{ name: "X-Origin-Secret", value: "abc123" }],
    },
  ],
  defaultCacheBehavior: {
    ...{ targetOriginId: "alb", viewerProtocolPolicy: "redirect-to-https" },
    ...{ allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"] },
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    ...{ acmCertificateArn: ids.edge, sslSupportMethod: "sni-only" },
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});

function validInputs(
  account: Account,
  ids: Readonly<Record<string, string>>,
): Record<string, Props> {
  const subnets = [ids.subnetA, ids.subnetB];
  return {
    [t.CERTIFICATE]: { domainName: "www.example.com" },
    [t.CERTIFICATE_VALIDATION]: { certificateArn: ids.certificate },
    [t.DISTRIBUTION]: { ...distribution(ids), aliases: ["www.example.com"] },
    [t.VPC_ORIGIN]: vpcOrigin(ids.inner, "second"),
    [t.LOG_GROUP]: { name: "/ecs/web", retentionInDays: 30 },
    [t.VPC]: { cidrBlock: "10.4.0.0/16" },
    [t.SUBNET]: subnet(ids.vpc, "10.0.8.0/24", "eu-west-1c"),
    [t.SECURITY_GROUP]: { vpcId: ids.vpc, name: "web" },
    [t.DEFAULT_SECURITY_GROUP]: { vpcId: ids.vpc },
    [t.INGRESS_RULE]: rule(ids.albGroup, { cidrIpv4: "198.51.100.0/24" }),
    [t.EGRESS_RULE]: rule(ids.albGroup, { referencedSecurityGroupId: ids.taskGroup }),
    [t.INTERNET_GATEWAY]: { vpcId: ids.otherVpc },
    [t.NAT_GATEWAY]: { subnetId: ids.subnetA },
    [t.ROUTE_TABLE_ASSOCIATION]: { routeTableId: ids.table, subnetId: ids.subnetA },
    [t.ROUTE]: {
      ...{ routeTableId: ids.table, destinationCidrBlock: "0.0.0.0/0", gatewayId: ids.gateway },
    },
    [t.VPC_ENDPOINT]: {
      ...{ vpcId: ids.vpc, serviceName: "com.amazonaws.eu-west-1.logs", subnetIds: subnets },
      ...{ vpcEndpointType: "Interface", privateDnsEnabled: true },
    },
    [t.REPOSITORY]: { name: "web/nginx" },
    [t.LIFECYCLE_POLICY]: { repository: ids.repository, policy: lifecycle },
    [t.CLUSTER]: { name: "web" },
    [t.TASK_DEFINITION]: task(account, ids),
    [t.SERVICE]: service(ids),
    [t.ROLE]: { name: "web", assumeRolePolicy: trust },
    [t.ROLE_POLICY]: { role: ids.role, policy: permission },
    [t.ROLE_POLICY_ATTACHMENT]: {
      role: ids.role,
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    },
    [t.LOAD_BALANCER]: { name: "web", subnets, securityGroups: [ids.albGroup] },
    [t.TARGET_GROUP]: { ...group(ids.vpc, "HTTP1"), name: "web" },
    [t.LISTENER]: listener(ids, "alb", 8443, [forward(ids.loose)]),
    [t.LISTENER_RULE]: headerRule(ids.listener, 20, [forward(ids.group)]),
    [t.RECORD]: {
      ...{ zoneId: ids.zone, name: "www.example.com", type: "A", ttl: 60 },
      records: ["192.0.2.1"],
    },
    ...bucketSettings(ids.bucket ?? ""),
    ...wafInputs(account, ids),
    ...queryInputs,
    [t.BUCKET]: { bucket: "web-logs" },
    [t.FLOW_LOG]: {
      ...{ vpcId: ids.vpc, trafficType: "REJECT", logDestinationType: "s3" },
      logDestination: sharedBucket,
    },
    [t.LOG_DELIVERY_SOURCE]: {
      ...{ logType: "CONNECTION_LOGS", region: "us-east-1" },
      resourceArn: account.read(t.DISTRIBUTION, ids.distribution ?? "")?.outputs.arn,
    },
    [t.LOG_DELIVERY_DESTINATION]: edgeDestination,
    [t.LOG_DELIVERY]: {
      ...{ region: "us-east-1", deliverySourceName: ids.source },
      deliveryDestinationArn: account.read(t.LOG_DELIVERY_DESTINATION, ids.destination ?? "")
        ?.outputs.arn,
    },
    [t.METRIC_ALARM]: {
      ...{ namespace: "AWS/ApplicationELB", metricName: "HTTPCode_ELB_4XX_Count" },
      ...{ statistic: "Sum", period: 60, evaluationPeriods: 5, datapointsToAlarm: 3 },
      ...{ comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: 10 },
      ...{ dimensions: { LoadBalancer: "app/web/0123456789abcdef" } },
      alarmActions: ["arn:aws:sns:eu-west-1:123456789012:web"],
    },
    [t.TOPIC]: { name: "web", kmsMasterKeyId: "alias/alarms" },
    [t.TOPIC_SUBSCRIPTION]: {
      ...{ topic: "arn:aws:sns:eu-west-1:123456789012:web", protocol: "email" },
      endpoint: "ops@example.com",
    },
    [t.TOPIC_POLICY]: {
      arn: "arn:aws:sns:eu-west-1:123456789012:web",
      policy: allowing("cloudwatch.amazonaws.com", ["sns:Publish"]),
    },
    [t.KMS_KEY]: { enableKeyRotation: true, policy: allowing(undefined, ["kms:*"]) },
    [t.DETECTOR]: { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
    [t.DETECTOR_FEATURE]: {
      ...{ detectorId: "0123456789abcdef0123456789abcdef", status: "ENABLED" },
      name: "RUNTIME_MONITORING",
      additionalConfigurations: [{ name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" }],
    },
    [t.INSPECTOR]: { accountIds: ["123456789012"], resourceTypes: ["ECR"] },
    [t.RANDOM_PASSWORD]: { length: 40, special: false },
  };
}

const bucketSettings = (bucket: string): Record<string, Props> => ({
  [t.BUCKET_POLICY]: { bucket, policy: delivery(bucket) },
  [t.PUBLIC_ACCESS_BLOCK]: { bucket, blockPublicAcls: true, blockPublicPolicy: true },
  [t.OWNERSHIP_CONTROLS]: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
  [t.BUCKET_VERSIONING]: { bucket, versioningConfiguration: { status: "Enabled" } },
  [t.BUCKET_LIFECYCLE]: {
    ...{ bucket, rules: [{ id: "expire", status: "Enabled", expiration: { days: 90 } }] },
  },
  [t.BUCKET_ENCRYPTION]: {
    ...{ bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
  },
});

/** Lets load balancers write their logs. */
const delivery = (bucket: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/*` },
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      },
    ],
  });

/** A policy that lets a service, or the account itself, do something. */
const allowing = (service: string | undefined, actions: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal:
          service === undefined ? { AWS: "arn:aws:iam::123456789012:root" } : { Service: service },
        Action: actions,
        Resource: "*",
      },
    ],
  });

const lifecycle = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
      action: { type: "expire" },
    },
  ],
});

const permission = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" }],
});
