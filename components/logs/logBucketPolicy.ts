/**
 * Who may write logs into a bucket, as policy statements. Pure: plain values in, plain data out.
 */
import { edgeLogsRegion } from "../../path/logs";

/** How CloudFront writes its logs, if at all. */
export type EdgeLogs = "off" | "v2" | "legacy";

/** Which services write into the bucket. */
export interface LogWriters {
  /** Load balancers: access, connection or health check logs. @default false */
  loadBalancer?: boolean;
  /** CloudFront's standard logs. @default "off" */
  edge?: EdgeLogs;
  /** VPC flow logs. @default false */
  flow?: boolean;
}

/** Where the bucket is. */
export interface LogBucketPlace {
  readonly bucket: string;
  readonly accountId: string;
  /** Region of the bucket, the load balancers and the VPC. */
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

/** A statement of a bucket policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** True when any service writes. */
export const writesAnything = ({ loadBalancer, edge, flow }: LogWriters): boolean =>
  loadBalancer === true || (edge !== undefined && edge !== "off") || flow === true;

/**
 * One statement for each writer that is on. Each admits its service for this account and region
 * only: a service acts for every customer of AWS, and without the condition it would write for any
 * of them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
export function logBucketStatements(writers: LogWriters, place: LogBucketPlace): PolicyStatement[] {
  return [
    ...(writers.loadBalancer === true ? [fromLoadBalancers(place)] : []),
    ...(writers.edge === "v2" ? [fromCloudFront(place)] : []),
    ...(writers.flow === true ? fromFlowLogs(place) : []),
  ];
}

/** The statements, and one that refuses requests without TLS, as JSON. */
export function logBucketPolicy(writers: LogWriters, place: LogBucketPlace): string {
  const Statement = [...logBucketStatements(writers, place), overTlsOnly(place)];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

const arnOf = ({ partition, bucket }: LogBucketPlace): string => `arn:${partition}:s3:::${bucket}`;

/** AWS always puts an account's logs under this prefix. */
const logsOf = (place: LogBucketPlace): string => `${arnOf(place)}/AWSLogs/${place.accountId}/*`;

/**
 * The ARN condition contains the account as well. It cannot name the load balancer, because that
 * can only write logs once this statement exists.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
function fromLoadBalancers(place: LogBucketPlace): PolicyStatement {
  const { partition, region, accountId } = place;
  return {
    Sid: "LoadBalancerLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: logsOf(place),
    Condition: {
      ArnLike: {
        "aws:SourceArn": `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
      },
    },
  };
}

/** Written as AWS writes it, so that AWS recognises its statement and does not add another. */
function delivery(place: LogBucketPlace, sourceArn: string, statement: DeliveryStatement) {
  const { acl, ...rest } = statement;
  return {
    Effect: "Allow" as const,
    Principal: { Service: "delivery.logs.amazonaws.com" },
    ...rest,
    Condition: {
      StringEquals: {
        "aws:SourceAccount": place.accountId,
        ...(acl && { "s3:x-amz-acl": "bucket-owner-full-control" }),
      },
      ArnLike: { "aws:SourceArn": sourceArn },
    },
  };
}

type DeliveryStatement = Pick<PolicyStatement, "Sid" | "Action" | "Resource"> & {
  /** True if the service must give the bucket's owner control of the object. */
  readonly acl: boolean;
};

/**
 * CloudFront's standard logs (v2). They are delivered from us-east-1, wherever the bucket is.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
 */
function fromCloudFront(place: LogBucketPlace): PolicyStatement {
  const { partition, accountId } = place;
  return delivery(place, `arn:${partition}:logs:${edgeLogsRegion}:${accountId}:delivery-source:*`, {
    Sid: "CloudFrontLogs",
    Action: "s3:PutObject",
    Resource: logsOf(place),
    acl: true,
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html */
function fromFlowLogs(place: LogBucketPlace): PolicyStatement[] {
  const { partition, region, accountId } = place;
  const source = `arn:${partition}:logs:${region}:${accountId}:*`;
  return [
    delivery(place, source, {
      Sid: "AWSLogDeliveryWrite",
      Action: "s3:PutObject",
      Resource: logsOf(place),
      acl: true,
    }),
    delivery(place, source, {
      Sid: "AWSLogDeliveryAclCheck",
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arnOf(place),
      acl: false,
    }),
  ];
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5 */
const overTlsOnly = (place: LogBucketPlace): PolicyStatement => ({
  Sid: "OverTlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arnOf(place), `${arnOf(place)}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
