/** Logs: where they go, and what lets them in. */
import { logBucketPolicy, type LogWriters } from "../../../../components/logs/logBucketPolicy";
import type { Props } from "../../../../local/model/types";
import { token } from "../../../../topology/tokens";
import { make, type Scene } from "../scene";
import type { Case } from "./case";

/** A bucket that admits some writers, or every one. */
function bucketFor(
  s: Scene,
  writers: LogWriters = { loadBalancer: true, edge: "v2", flow: true },
  more: { region?: string; policyRegion?: string } = {},
): string {
  const { region } = more;
  const bucket = make(s.account, token.bucket, "logs", { region }).id;
  const place = { partition: "aws", accountId: "123456789012", bucket };
  const policy = logBucketPolicy(writers, { ...place, region: more.policyRegion ?? "eu-west-1" });
  make(s.account, token.bucketPolicy, "logs", { bucket, policy, region });
  return bucket;
}

const access = (bucket: string, more: Props = {}): Props => ({
  accessLogs: { bucket, enabled: true, ...more },
});

const arnOf = (bucket: string): string => `arn:aws:s3:::${bucket}`;

/** A delivery of the distribution's logs into a bucket, but for what is wrong with it. */
function deliveryInto(s: Scene, bucket: string): Props {
  const region = "us-east-1";
  const arn = s.account.read(token.distribution, s.ids.distribution ?? "")?.outputs.arn;
  const others = { logType: "CONNECTION_LOGS", resourceArn: arn, region };
  const source = make(s.account, token.logDeliverySource, "wrong", others);
  const destination = make(s.account, token.logDeliveryDestination, "wrong", {
    region,
    deliveryDestinationConfiguration: { destinationResourceArn: arnOf(bucket) },
  });
  return { deliverySourceName: source.id, deliveryDestinationArn: destination.outputs.arn };
}

const loadBalancers: readonly Case[] = [
  {
    what: "access logs into a bucket whose policy admits others",
    type: token.loadBalancer,
    wrong: (s) => access(bucketFor(s, { edge: "v2", flow: true })),
    code: "InvalidConfigurationRequest",
    says: /Access Denied for bucket: logs-\w+\. Please check S3bucket permission: its policy/,
  },
  {
    what: "access logs into a bucket whose policy admits another region",
    type: token.loadBalancer,
    wrong: (s) => access(bucketFor(s, { loadBalancer: true }, { policyRegion: "eu-west-2" })),
    code: "InvalidConfigurationRequest",
    says: /Access Denied/,
  },
  {
    what: "connection logs into a bucket without a policy",
    type: token.loadBalancer,
    wrong: (s) => ({ connectionLogs: { bucket: s.ids.bucket, enabled: true } }),
    code: "InvalidConfigurationRequest",
    says: /it has no policy/,
  },
  {
    what: "health check logs into a bucket that is not there",
    type: token.loadBalancer,
    wrong: () => ({ healthCheckLogs: { bucket: "no", enabled: true } }),
    code: "InvalidConfigurationRequest",
    says: /does not exist/,
  },
  {
    what: "access logs into a bucket of another region",
    type: token.loadBalancer,
    wrong: (s) => access(bucketFor(s, undefined, { region: "us-west-2" })),
    code: "InvalidConfigurationRequest",
    says: /not located in the same region/,
  },
  {
    what: "access logs into a bucket encrypted with a KMS key",
    type: token.loadBalancer,
    wrong: (s) => {
      const bucket = bucketFor(s);
      const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }];
      make(s.account, token.bucketEncryption, "logs", { bucket, rules });
      return access(bucket);
    },
    code: "InvalidConfigurationRequest",
    says: /KMS/,
  },
  {
    what: "access logs under AWS's own prefix",
    type: token.loadBalancer,
    wrong: (s) => access(bucketFor(s), { prefix: "AWSLogs/web" }),
    code: "InvalidConfigurationRequest",
    says: /must not contain AWSLogs/,
  },
  {
    what: "access logs under a prefix that the policy does not admit",
    type: token.loadBalancer,
    wrong: (s) => access(bucketFor(s), { prefix: "web" }),
    code: "InvalidConfigurationRequest",
    says: /Access Denied/,
  },
];

const edge = (what: string, wrong: Case["wrong"], says: RegExp): Case => ({
  what,
  type: token.distribution,
  wrong,
  code: "InvalidArgument",
  says,
});

const legacy = (bucket: string): Props => ({ loggingConfig: { bucket } });

const distributions: readonly Case[] = [
  edge(
    "legacy logs into a bucket without ACLs",
    (s) => legacy(`${s.ids.bucket ?? ""}.s3.amazonaws.com`),
    /does not enable ACL access/,
  ),
  edge(
    "legacy logs into a bucket whose owner is enforced",
    (s) => {
      const bucket = s.ids.bucket ?? "";
      const rule = { objectOwnership: "BucketOwnerEnforced" };
      make(s.account, token.ownershipControls, "enforced", { bucket, rule });
      return legacy(`${bucket}.s3.amazonaws.com`);
    },
    /does not enable ACL access/,
  ),
  edge(
    "legacy logs into a bucket by its bare name",
    (s) => legacy(s.ids.bucket ?? ""),
    /valid S3 bucket/,
  ),
  edge(
    "legacy logs into a region where none are delivered",
    (s) => {
      const bucket = make(s.account, token.bucket, "far", { region: "eu-south-1" }).id;
      return legacy(`${bucket}.s3.amazonaws.com`);
    },
    /no standard logs \(legacy\) to buckets in eu-south-1/,
  ),
];

const deliveries: readonly Case[] = [
  {
    what: "CloudFront's logs outside of us-east-1",
    type: token.logDeliverySource,
    wrong: () => ({ region: "eu-west-1" }),
    code: "ValidationException",
    says: /delivered from us-east-1/,
  },
  {
    what: "a kind of log that CloudFront has not",
    type: token.logDeliverySource,
    wrong: () => ({ logType: "ERROR_LOGS" }),
    code: "ValidationException",
  },
  {
    what: "a name with a dot",
    type: token.logDeliverySource,
    wrong: () => ({ name: "edge.logs" }),
    code: "ValidationException",
  },
  {
    what: "a name that is taken",
    type: token.logDeliverySource,
    wrong: (s) => ({ name: s.ids.source }),
    code: "ConflictException",
    says: /taken/,
  },
  {
    what: "a second source of one log",
    type: token.logDeliverySource,
    wrong: () => ({ logType: "ACCESS_LOGS" }),
    code: "ConflictException",
    says: /already been used in another Delivery Source/,
  },
  {
    what: "a format that does not exist",
    type: token.logDeliveryDestination,
    wrong: () => ({ outputFormat: "csv" }),
    code: "ValidationException",
  },
  {
    what: "parquet for a log group",
    type: token.logDeliveryDestination,
    wrong: () => ({
      outputFormat: "parquet",
      deliveryDestinationConfiguration: {
        destinationResourceArn: "arn:aws:logs:us-east-1:123456789012:log-group:edge",
      },
    }),
    code: "ValidationException",
    says: /buckets only/,
  },
  {
    what: "a bucket that is not there",
    type: token.logDeliveryDestination,
    wrong: () => ({
      deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::no" },
    }),
    code: "ResourceNotFoundException",
  },
  {
    what: "a name that is taken",
    type: token.logDeliveryDestination,
    wrong: (s) => ({ name: s.ids.destination }),
    code: "ConflictException",
  },
  {
    what: "a delivery in another region than its ends",
    type: token.logDelivery,
    wrong: () => ({ region: "eu-west-1" }),
    code: "ResourceNotFoundException",
    says: /It is in us-east-1/,
  },
  {
    what: "a second delivery between the same ends",
    type: token.logDelivery,
    wrong: (s) => {
      const inputs = { ...deliveryInto(s, bucketFor(s)), region: "us-east-1" };
      make(s.account, token.logDelivery, "first", inputs);
      return inputs;
    },
    code: "ConflictException",
    says: /has this source and this destination/,
  },
  {
    what: "into a bucket whose policy admits load balancers only",
    type: token.logDelivery,
    wrong: (s) => deliveryInto(s, bucketFor(s, { loadBalancer: true })),
    code: "AccessDeniedException",
    says: /delivery\.logs\.amazonaws\.com/,
  },
  {
    what: "into a bucket whose policy admits flow logs only",
    type: token.logDelivery,
    wrong: (s) => deliveryInto(s, bucketFor(s, { flow: true })),
    code: "AccessDeniedException",
    says: /delivery-source/,
  },
];

const flow = (what: string, wrong: Case["wrong"], code: string, says?: RegExp): Case => ({
  what,
  type: token.flowLog,
  wrong,
  code,
  says,
});

const into = (logDestination: string) => ({ logDestination });

const flowLogs: readonly Case[] = [
  flow("of nothing", () => ({ vpcId: undefined }), "InvalidParameter", /One of eniId/),
  flow("of a VPC and a subnet", (s) => ({ subnetId: s.ids.subnetA }), "InvalidParameter"),
  flow("without saying which traffic", () => ({ trafficType: undefined }), "InvalidParameter"),
  flow("of traffic that does not exist", () => ({ trafficType: "DENY" }), "InvalidParameter"),
  flow("every five minutes", () => ({ maxAggregationInterval: 300 }), "InvalidParameter"),
  flow("to a queue", () => ({ logDestinationType: "sqs" }), "InvalidParameter"),
  flow("in a format of its own", () => ({ destinationOptions: { fileFormat: "json" } }), "InvalidParameter"), // prettier-ignore
  flow(
    "to no bucket",
    () => ({ logDestination: undefined }),
    "InvalidParameter",
    /names the bucket/,
  ),
  flow("to a bucket by its name", (s) => into(s.ids.bucket ?? ""), "InvalidParameter", /not its name/), // prettier-ignore
  flow("into AWS's own folder", (s) => into(`${arnOf(bucketFor(s))}/AWSLogs/x`), "InvalidParameter", /reserved/), // prettier-ignore
  flow("to a bucket that is not there", () => into(arnOf("no")), "LogDestinationNotFoundException"),
  flow(
    "an id of something else for a VPC",
    () => ({ vpcId: "subnet-0123456789abcdef0" }),
    "InvalidVpcId.NotFound",
  ),
  flow("to a log group without a role", () => ({ logDestinationType: "cloud-watch-logs" }), "InvalidParameter", /role/), // prettier-ignore
  flow(
    "to a bucket whose policy admits others",
    (s) => into(arnOf(bucketFor(s, { loadBalancer: true, edge: "v2" }))),
    "LogDestinationPermissionIssue",
    /GetBucketAcl/,
  ),
  flow(
    "twice the same",
    (s) => {
      const logDestination = arnOf(bucketFor(s));
      make(s.account, token.flowLog, "first", { ...s.valid(token.flowLog), logDestination });
      return { logDestination };
    },
    "FlowLogAlreadyExists",
  ),
];

export const logs: readonly Case[] = [
  ...[...loadBalancers, ...distributions, ...deliveries, ...flowLogs],
];
