import type * as pulumi from "@pulumi/pulumi";
import type { ManagedGroup, RuleAction } from "../../path/waf";

/** How many requests one address may send. */
export interface WafRateLimitArgs {
  /** False for no rate limit. @default true */
  enabled?: boolean;
  /** Requests that one address may send within the window. 10 to 2000000000. @default 2000 */
  requests?: number;
  /** Seconds over which they are counted: 60, 120, 300 or 600. @default 300 */
  windowSeconds?: number;
}

/** What a web ACL blocks, counts and logs. */
export interface WafArgs {
  /** `count` blocks nothing and counts what would be blocked, to start with. @default "block" */
  mode?: "block" | "count";
  /** AWS's groups of rules. @default common, known-bad-inputs, ip-reputation */
  managedGroups?: ManagedGroup[];
  rateLimit?: WafRateLimitArgs;
  /** Ranges, IPv4 or IPv6, that are allowed without evaluating other rules. @default none */
  allowCidrs?: string[];
  /** Ranges, IPv4 or IPv6, that are blocked. @default none */
  blockCidrs?: string[];
  /** Per managed group: AWS's rule names, with the action that replaces the rule's own. */
  overrides?: Record<string, Record<string, RuleAction>>;
  /**
   * Capacity units (WCU) that the rules may take, at most 5000; AWS charges more above 1500.
   * @default 1500
   */
  capacityBudget?: number;
  /**
   * KiB of a request's body that the rules read: 16, 32, 48 or 64; AWS charges more for requests with
   * more than 16. At CloudFront only: at a load balancer they read 8, which @pulumi/aws cannot change.
   * Bodies of gRPC requests are not read. @default 16
   */
  inspectedBodyKiB?: number;
  /** False for no log of requests. @default true */
  logging?: boolean;
  /** Days that the log is kept, one of CloudWatch Logs' periods. @default 30 */
  logRetentionDays?: number;
  /**
   * Existing log group, bucket or delivery stream, whose name starts with `aws-waf-logs-`; a log
   * group or delivery stream in the web ACL's own region. @default a log group is made
   */
  logDestinationArn?: pulumi.Input<string>;
}

export interface WebAclArgs extends WafArgs {
  /**
   * `CLOUDFRONT`: created in us-east-1, for distributions, which refer to its ARN.
   * `REGIONAL`: for load balancers of the provider's region.
   */
  scope: "CLOUDFRONT" | "REGIONAL";
  /** Load balancer that the web ACL protects; scope `REGIONAL` only. @default none yet */
  loadBalancerArn?: pulumi.Input<string>;
  /**
   * Where a viewer's address is read from. `x-forwarded-for` on a load balancer behind CloudFront,
   * where every connection comes from CloudFront. @default "connection"
   */
  addressFrom?: "connection" | "x-forwarded-for";
  /**
   * Headers left out of logs and samples, in addition to Authorization and Cookie.
   * @default none
   */
  redactedHeaders?: string[];
  /** True: AWS keeps the log group when it is removed from the program. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource that takes them. */
  tags?: Record<string, pulumi.Input<string>>;
}
