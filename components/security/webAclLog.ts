import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { wafLogPrefix } from "../../path/waf";
import { partsOf } from "../shared/arn";
import { named } from "../shared/tags";

export interface WebAclLogArgs {
  webAclArn: pulumi.Input<string>;
  /** The web ACL's region; the log group has to be in the same. @default the provider's */
  region?: string;
  /** Headers whose values are not written, in lower case. */
  redactedHeaders: string[];
  /** Days that a log group made here keeps its logs. */
  retentionDays: number;
  /** Existing destination. @default a log group is made */
  destinationArn?: pulumi.Input<string>;
  /** Tags for the log group. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** The log of a web ACL, which AWS allows one of. */
export class WebAclLog extends pulumi.ComponentResource {
  /** Absent where a destination was given. */
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
        // AWS WAF takes no other start; the rest is Pulumi's, so that it can be replaced.
        namePrefix: `${wafLogPrefix}${name}-`,
        region: args.region,
        retentionInDays: args.retentionDays,
        tags: named(`${name}-waf`, args.tags),
      },
      { parent: this },
    );
  }

  /** AWS would write such a policy by itself, unseen by the stack; this one comes and goes with it. */
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
 * What log delivery needs: to write to this group, for this account.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export function deliveryPolicy(logGroupArn: string): object {
  const { partition, region, account } = partsOf(logGroupArn);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:log-stream:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${account}:*` },
        },
      },
    ],
  };
}
