/** A small account in which every modelled type has something valid to be made from. */
import { Account } from "../../../local/model";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";
import { addQueries, queryInputs } from "./queryScene";
import { addScaling, scalingInputs } from "./scalingScene";
import { addWebAcls, wafInputs } from "./wafScene";
import { watchInputs } from "./watchScene";

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
  const options = account.read(token.certificate, arn)?.outputs.domainValidationOptions as Props[];
  const fqdns = options.map((option, i) => {
    const inputs = {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      ttl: 60,
      records: [option.resourceRecordValue],
      allowOverwrite: true,
    };
    return make(account, token.record, `${name}-${i}`, inputs).outputs.fqdn;
  });
  const region = account.read(token.certificate, arn)?.outputs.region;
  make(account, token.certificateValidation, name, {
    certificateArn: arn,
    validationRecordFqdns: fqdns,
    region,
  });
}

/** Two VPCs, a load balancer with a listener, a service behind it, a distribution in front. */
export function scene(): Scene {
  const account = new Account({ region: "eu-west-1" });
  const ids: Record<string, string> = {};
  const add = (name: string, type: string, inputs: Props): string =>
    (ids[name] = make(account, type, name, inputs).id);

  add("vpc", token.vpc, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  add("gateway", token.internetGateway, { vpcId: ids.vpc });
  add("otherVpc", token.vpc, { cidrBlock: "10.9.0.0/16" });
  add("subnetA", token.subnet, subnet(ids.vpc, "10.0.0.0/24", "eu-west-1a"));
  add("subnetB", token.subnet, subnet(ids.vpc, "10.0.1.0/24", "eu-west-1b"));
  add("subnetA2", token.subnet, subnet(ids.vpc, "10.0.2.0/24", "eu-west-1a"));
  add("otherSubnet", token.subnet, subnet(ids.otherVpc, "10.9.0.0/24", "eu-west-1b"));
  add("table", token.routeTable, { vpcId: ids.vpc });
  add("albGroup", token.securityGroup, { vpcId: ids.vpc });
  add("taskGroup", token.securityGroup, { vpcId: ids.vpc });
  add("spareGroup", token.securityGroup, { vpcId: ids.vpc });
  add("otherGroup", token.securityGroup, { vpcId: ids.otherVpc });
  add("ruleOfAlb", token.securityGroupIngress, rule(ids.albGroup, { cidrIpv4: "192.0.2.0/24" }));
  add("zone", token.zone, { name: "example.com" });
  add("certificate", token.certificate, { domainName: "app.example.com" });
  add("pending", token.certificate, { domainName: "pending.example.com" });
  add("edge", token.certificate, { domainName: "*.example.com", region: "us-east-1" });
  issue(account, "certificate", ids.certificate ?? "", ids.zone ?? "");
  issue(account, "edge", ids.edge ?? "", ids.zone ?? "");

  const subnets = [ids.subnetA, ids.subnetB];
  add("alb", token.loadBalancer, { subnets, securityGroups: [ids.albGroup] });
  add("inner", token.loadBalancer, { subnets, securityGroups: [ids.albGroup], internal: true });
  add("group", token.targetGroup, group(ids.vpc, "HTTP1"));
  add("group2", token.targetGroup, group(ids.vpc, "HTTP2"));
  add("loose", token.targetGroup, group(ids.vpc, "HTTP1"));
  add("otherTargets", token.targetGroup, group(ids.otherVpc, "HTTP1"));
  add("listener", token.listener, listener(ids, "alb", 443, [forbid]));
  add("plain", token.listener, {
    loadBalancerArn: ids.inner,
    port: 80,
    protocol: "HTTP",
    defaultActions: [forbid],
  });
  add("rule", token.listenerRule, headerRule(ids.listener, 10, [forward(ids.group)]));
  add("role", token.role, { assumeRolePolicy: trust });
  add("cluster", token.cluster, {});
  add("task", token.taskDefinition, task(account, ids));
  add("service", token.service, service(ids));
  add("repository", token.repository, {});
  add("bucket", token.bucket, {});
  add("otherBucket", token.bucket, {});
  add("trustStore", token.trustStore, trustStore(ids.bucket));
  add("eventRule", token.eventRule, { eventPattern: JSON.stringify({ source: ["aws.s3"] }) });
  add("origin", token.vpcOrigin, vpcOrigin(ids.inner, "first"));
  add("distribution", token.distribution, distribution(ids));
  addEdgeLogs(account, ids);
  addWebAcls(account, ids, add);
  addQueries(add);
  addScaling(account, ids, add);
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
  const resourceArn = account.read(token.distribution, ids.distribution ?? "")?.outputs.arn;
  const source = { logType: "ACCESS_LOGS", resourceArn, region };
  ids.source = make(account, token.logDeliverySource, "source", source).id;
  const destination = make(account, token.logDeliveryDestination, "destination", edgeDestination);
  ids.destination = destination.id;
}

/** A bucket that exists outside of the program: only its owner knows its policy. */
const sharedBucket = "arn:aws:s3:::shared-logs";

const edgeDestination: Props = {
  region: "us-east-1",
  outputFormat: "w3c",
  deliveryDestinationConfiguration: { destinationResourceArn: sharedBucket },
};

const trustStore = (bucket: unknown): Props => ({
  caCertificatesBundleS3Bucket: bucket,
  caCertificatesBundleS3Key: "ca.pem",
});

const subnet = (vpcId: unknown, cidrBlock: string, availabilityZone: string): Props => ({
  vpcId,
  cidrBlock,
  availabilityZone,
});

const rule = (securityGroupId: unknown, more: Props): Props => ({
  securityGroupId,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  ...more,
});

export const group = (vpcId: unknown, protocolVersion: string): Props => ({
  vpcId,
  protocolVersion,
  port: 8080,
  protocol: "HTTP",
  targetType: "ip",
  healthCheck: { path: "/healthz", interval: 15, timeout: 5, matcher: "200" },
});

const listener = (
  ids: Readonly<Record<string, string>>,
  balancer: string,
  port: number,
  defaultActions: Props[],
): Props => ({
  loadBalancerArn: ids[balancer],
  port,
  protocol: "HTTPS",
  defaultActions,
  certificateArn: ids.certificate,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
});

export const headerRule = (listenerArn: unknown, priority: number, actions: Props[]): Props => ({
  listenerArn,
  priority,
  actions,
  conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Secret", values: ["abc123"] } }],
});

/** A secret that exists outside of the program. */
const sharedSecret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared-AbCdEf";

function task(account: Account, ids: Readonly<Record<string, string>>): Props {
  return {
    family: "web",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: account.read(token.role, ids.role ?? "")?.outputs.arn,
    containerDefinitions: JSON.stringify([container()]),
  };
}

const service = (ids: Readonly<Record<string, string>>): Props => ({
  cluster: ids.cluster,
  taskDefinition: ids.task,
  desiredCount: 2,
  launchType: "FARGATE",
  networkConfiguration: { subnets: [ids.subnetA, ids.subnetB], securityGroups: [ids.taskGroup] },
  loadBalancers: [{ containerName: "nginx", containerPort: 8080, targetGroupArn: ids.group }],
  healthCheckGracePeriodSeconds: 30,
  availabilityZoneRebalancing: "ENABLED",
});

const vpcOrigin = (arn: unknown, name: string): Props => ({
  vpcOriginEndpointConfig: {
    name,
    arn,
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "http-only",
    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
  },
});

const distribution = (ids: Readonly<Record<string, string>>): Props => ({
  enabled: true,
  httpVersion: "http2and3",
  aliases: ["app.example.com"],
  origins: [
    {
      originId: "alb",
      domainName: "origin.example.com",
      vpcOriginConfig: { vpcOriginId: ids.origin, originReadTimeout: 30 },
      customHeaders: [{ name: "X-Origin-Secret", value: "abc123" }],
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "alb",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    acmCertificateArn: ids.edge,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});

function validInputs(
  account: Account,
  ids: Readonly<Record<string, string>>,
): Record<string, Props> {
  const subnets = [ids.subnetA, ids.subnetB];
  return {
    [token.certificate]: { domainName: "www.example.com" },
    [token.certificateValidation]: { certificateArn: ids.certificate },
    [token.distribution]: { ...distribution(ids), aliases: ["www.example.com"] },
    [token.vpcOrigin]: vpcOrigin(ids.inner, "second"),
    [token.cachePolicy]: {
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
    [token.logGroup]: { name: "/ecs/web", retentionInDays: 30 },
    [token.vpc]: { cidrBlock: "10.4.0.0/16" },
    [token.subnet]: subnet(ids.vpc, "10.0.8.0/24", "eu-west-1c"),
    [token.securityGroup]: { vpcId: ids.vpc, name: "web" },
    [token.defaultSecurityGroup]: { vpcId: ids.vpc },
    [token.securityGroupIngress]: rule(ids.albGroup, { cidrIpv4: "198.51.100.0/24" }),
    [token.securityGroupEgress]: rule(ids.albGroup, { referencedSecurityGroupId: ids.taskGroup }),
    [token.internetGateway]: { vpcId: ids.otherVpc },
    [token.egressOnlyGateway]: { vpcId: ids.vpc },
    [token.natGateway]: { subnetId: ids.subnetA },
    [token.routeTableAssociation]: { routeTableId: ids.table, subnetId: ids.subnetA },
    [token.route]: {
      routeTableId: ids.table,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: ids.gateway,
    },
    [token.vpcEndpoint]: {
      vpcId: ids.vpc,
      serviceName: "com.amazonaws.eu-west-1.logs",
      subnetIds: subnets,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
    },
    [token.repository]: { name: "web/nginx" },
    [token.lifecyclePolicy]: { repository: ids.repository, policy: lifecycle },
    [token.cluster]: { name: "web" },
    [token.secret]: { name: "web/app" },
    [token.secretVersion]: { secretId: sharedSecret, secretString: '{"TOKEN":"abc"}' },
    [token.taskDefinition]: task(account, ids),
    [token.service]: service(ids),
    [token.role]: { name: "web", assumeRolePolicy: trust },
    [token.rolePolicy]: { role: ids.role, policy: permission },
    [token.rolePolicyAttachment]: {
      role: ids.role,
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    },
    [token.loadBalancer]: { name: "web", subnets, securityGroups: [ids.albGroup] },
    [token.targetGroup]: { ...group(ids.vpc, "HTTP1"), name: "web" },
    [token.listener]: listener(ids, "alb", 8443, [forward(ids.loose)]),
    [token.listenerRule]: headerRule(ids.listener, 20, [forward(ids.group)]),
    [token.record]: {
      zoneId: ids.zone,
      name: "www.example.com",
      type: "A",
      ttl: 60,
      records: ["192.0.2.1"],
    },
    ...bucketSettings(ids.bucket ?? ""),
    ...wafInputs(account, ids),
    ...queryInputs,
    ...scalingInputs(account, ids),
    [token.bucket]: { bucket: "web-logs" },
    [token.trustStore]: { ...trustStore(ids.bucket), name: "clients" },
    [token.trustStoreRevocation]: {
      ...{ trustStoreArn: ids.trustStore, revocationsS3Bucket: ids.bucket },
      revocationsS3Key: "revoked.pem",
    },
    [token.edgeTrustStore]: {
      name: "clients",
      caCertificatesBundleSource: {
        caCertificatesBundleS3Location: {
          ...{ bucket: ids.bucket, key: "ca.pem", region: "eu-west-1" },
        },
      },
    },
    [token.flowLog]: {
      vpcId: ids.vpc,
      trafficType: "REJECT",
      logDestinationType: "s3",
      logDestination: sharedBucket,
    },
    [token.logDeliverySource]: {
      logType: "CONNECTION_LOGS",
      region: "us-east-1",
      resourceArn: account.read(token.distribution, ids.distribution ?? "")?.outputs.arn,
    },
    [token.logDeliveryDestination]: edgeDestination,
    [token.logDelivery]: {
      region: "us-east-1",
      deliverySourceName: ids.source,
      deliveryDestinationArn: account.read(token.logDeliveryDestination, ids.destination ?? "")
        ?.outputs.arn,
    },
    [token.metricAlarm]: {
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_ELB_4XX_Count",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 10,
      dimensions: { LoadBalancer: "app/web/0123456789abcdef" },
      alarmActions: ["arn:aws:sns:eu-west-1:123456789012:web"],
    },
    ...watchInputs(ids, account.read(token.role, ids.role ?? "")?.outputs.arn),
    [token.topic]: { name: "web", kmsMasterKeyId: "alias/alarms" },
    [token.topicSubscription]: {
      topic: "arn:aws:sns:eu-west-1:123456789012:web",
      protocol: "email",
      endpoint: "ops@example.com",
    },
    [token.topicPolicy]: {
      arn: "arn:aws:sns:eu-west-1:123456789012:web",
      policy: allowing("cloudwatch.amazonaws.com", ["sns:Publish"]),
    },
    [token.kmsKey]: { enableKeyRotation: true, policy: allowing(undefined, ["kms:*"]) },
    [token.detector]: { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
    [token.detectorFeature]: {
      detectorId: "0123456789abcdef0123456789abcdef",
      status: "ENABLED",
      name: "RUNTIME_MONITORING",
      additionalConfigurations: [{ name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" }],
    },
    [token.inspector]: { accountIds: ["123456789012"], resourceTypes: ["ECR"] },
    [token.randomPassword]: { length: 40, special: false },
  };
}

const bucketSettings = (bucket: string): Record<string, Props> => ({
  [token.bucketPolicy]: { bucket, policy: delivery(bucket) },
  [token.publicAccessBlock]: { bucket, blockPublicAcls: true, blockPublicPolicy: true },
  [token.ownershipControls]: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
  [token.bucketVersioning]: { bucket, versioningConfiguration: { status: "Enabled" } },
  [token.bucketLifecycle]: {
    bucket,
    rules: [{ id: "expire", status: "Enabled", expiration: { days: 90 } }],
  },
  [token.bucketEncryption]: {
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  },
});

/** Lets load balancers write their logs. */
const delivery = (bucket: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/*`,
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
