import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { wafLogPrefix } from "../../path/waf";
import { partsOf } from "../shared/arn";
import { retainedChild } from "../shared/protection";
import { withName } from "../shared/tags";

export interface WebAclLogArgs {
  /** ARN of the web ACL. */
  webAclArn: pulumi.Input<string>;
  /** The web ACL's region, in which the log group must be. @default the provider's */
  region?: string;
  /** Headers whose values are not written, in lower case. */
  redactedHeaders: string[];
  /** Days that a log group created here keeps its logs. */
  retentionDays: number;
  /** Existing destination. @default a new log group */
  destinationArn?: pulumi.Input<string>;
  /** True: AWS keeps the log group when it is removed from the program. @default false */
  deletionProtection?: boolean;
  /** Tags for the log group. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** The log of a web ACL; AWS allows only one. */
export class WebAclLog extends pulumi.ComponentResource {
  /** Absent if an existing destination is used. */
  public readonly logGroup?: aws.cloudwatch.LogGroup;
  public readonly configuration: aws.wafv2.WebAclLoggingConfiguration;

  constructor(name: string, args: WebAclLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:WebAclLog", name, {}, opts);
    const { region } = args;
    const parent = { parent: this };
    let destination = args.destinationArn;
    let policy: aws.cloudwatch.LogResourcePolicy | undefined;
    if (destination === undefined) {
      this.logGroup = this.createLogGroup(name, args);
      destination = this.logGroup.arn;
      policy = this.admitDelivery(name, this.logGroup, region);
    }
    this.configuration = new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: args.webAclArn,
        region,
        logDestinationConfigs: [destination],
        redactedFields: args.redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
      },
      { ...parent, dependsOn: policy },
    );
    this.registerOutputs({ logGroupName: this.logGroup?.name });
  }

  private createLogGroup(name: string, args: WebAclLogArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      `${name}-waf`,
      {
        // AWS WAF requires this prefix; Pulumi adds the rest, so that the group can be replaced.
        namePrefix: `${wafLogPrefix}${name}-`,
        region: args.region,
        retentionInDays: args.retentionDays,
        tags: withName(`${name}-waf`, args.tags),
      },
      retainedChild(this, args.deletionProtection),
    );
  }

  /** AWS would add such a policy itself, outside the stack; this one is deleted with the stack. */
  private admitDelivery(
    name: string,
    logGroup: aws.cloudwatch.LogGroup,
    region: string | undefined,
  ): aws.cloudwatch.LogResourcePolicy {
    return new aws.cloudwatch.LogResourcePolicy(
      `${name}-waf`,
      {
        resourceArn: logGroup.arn,
        region,
        policyDocument: logGroup.arn.apply((arn) => JSON.stringify(deliveryPolicy(arn))),
      },
      { parent: this },
    );
  }
}

/**
 * The policy that AWS writes itself where it is missing, statement for statement. AWS appends its
 * own statement to a policy that lacks it, which a refresh would show as a change.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export function deliveryPolicy(logGroupArn: string): object {
  const { partition, region, account } = partsOf(logGroupArn);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AWSLogDeliveryWrite20150319",
        Effect: "Allow",
        Principal: { Service: ["delivery.logs.amazonaws.com"] },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${logGroupArn}:log-stream:*`],
        Condition: {
          StringEquals: { "aws:SourceAccount": [account] },
          ArnLike: { "aws:SourceArn": [`arn:${partition}:logs:${region}:${account}:*`] },
        },
      },
    ],
  };
}
