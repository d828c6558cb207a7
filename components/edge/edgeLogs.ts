import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { edgeLogsRegion } from "../../path/logs";
import { partsOf } from "../shared/arn";
import { withName } from "../shared/tags";

/**
 * `w3c`: tab-separated fields under a header line, as in legacy logs. `json`: an object per line.
 */
export type EdgeLogFormat = "w3c" | "json";

export interface EdgeLogDeliveryArgs {
  /** ARN of the distribution. */
  distributionArn: pulumi.Input<string>;
  /** A bucket that admits `delivery.logs.amazonaws.com`, in any region. */
  bucketName: pulumi.Input<string>;
  /** Format of the files. @default "w3c" */
  format?: EdgeLogFormat;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A distribution's standard logs (version 2) into a bucket, under
 * `AWSLogs/ACCOUNT/CloudFront/DISTRIBUTION/yyyy/MM/dd/HH/`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export class EdgeLogDelivery extends pulumi.ComponentResource {
  public readonly source: aws.cloudwatch.LogDeliverySource;
  public readonly destination: aws.cloudwatch.LogDeliveryDestination;
  public readonly delivery: aws.cloudwatch.LogDelivery;

  constructor(name: string, args: EdgeLogDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:EdgeLogDelivery", name, {}, opts);
    const logs = `${name}-edge-logs`;
    // CloudFront's logs are delivered from this region, wherever the bucket and the stack are.
    const common = { region: edgeLogsRegion, tags: withName(logs, args.tags) };
    const parent = { parent: this };
    const partition = pulumi.output(args.distributionArn).apply((arn) => partsOf(arn).partition);

    this.source = new aws.cloudwatch.LogDeliverySource(
      logs,
      { ...common, logType: "ACCESS_LOGS", resourceArn: args.distributionArn },
      parent,
    );
    this.destination = new aws.cloudwatch.LogDeliveryDestination(
      logs,
      {
        ...common,
        outputFormat: args.format ?? defaults.logs.edgeFormat,
        deliveryDestinationConfiguration: {
          destinationResourceArn: pulumi.interpolate`arn:${partition}:s3:::${args.bucketName}`,
        },
      },
      parent,
    );
    this.delivery = new aws.cloudwatch.LogDelivery(
      logs,
      {
        ...common,
        deliverySourceName: this.source.name,
        deliveryDestinationArn: this.destination.arn,
        // AWS puts AWSLogs/ACCOUNT/CloudFront/ in front of it.
        s3DeliveryConfigurations: [
          {
            suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}",
            enableHiveCompatiblePath: false,
          },
        ],
      },
      // A destination's format is fixed: a change needs a new one, and a source delivers to only
      // one.
      { ...parent, deleteBeforeReplace: true },
    );
    this.registerOutputs({ deliveryArn: this.delivery.arn });
  }
}
