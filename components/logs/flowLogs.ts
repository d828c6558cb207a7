import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

/** Traffic that security groups and network ACLs rejected, or all traffic. */
export type FlowTraffic = "rejected" | "all";

export interface FlowLogsArgs {
  /** Id of the VPC. */
  vpcId: pulumi.Input<string>;
  /** A bucket that admits `delivery.logs.amazonaws.com`; its name, not its ARN. */
  bucketName: pulumi.Input<string>;
  /** All connections, or only those that security groups or network ACLs reject. */
  traffic: FlowTraffic;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * Flow logs of a VPC in a bucket, under `AWSLogs/ACCOUNT/vpcflowlogs/REGION/`.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
export class FlowLogs extends pulumi.ComponentResource {
  public readonly flowLog: aws.ec2.FlowLog;

  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:FlowLogs", name, {}, opts);
    const parent = { parent: this };
    const { partition } = aws.getPartitionOutput({}, parent);
    this.flowLog = new aws.ec2.FlowLog(
      `${name}-flow-logs`,
      {
        vpcId: args.vpcId,
        trafficType: args.traffic === "all" ? "ALL" : "REJECT",
        logDestinationType: "s3",
        logDestination: pulumi.interpolate`arn:${partition}:s3:::${args.bucketName}`,
        maxAggregationInterval: 600,
        tags: withName(`${name}-flow-logs`, args.tags),
      },
      parent,
    );
    this.registerOutputs({ flowLogId: this.flowLog.id });
  }
}
