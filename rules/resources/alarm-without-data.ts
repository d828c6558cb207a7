import { certificateRegion } from "../../path/cloudfront";
import { block, text } from "../../topology/props";
import { certificateRegionOf } from "../../topology/stack/certificates";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { NotKnown, Unknown } from "../../topology/stack/unknown";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

/** How the dimensions of an Application Load Balancer's metrics begin. */
const starts = { LoadBalancer: "app/", TargetGroup: "targetgroup/" };

export const alarmWithoutData = stackRule({
  code: "alarm-without-data",
  severity: "warning",
  holds: "The metric of an alarm exists, by its dimensions and in the alarm's region.",
  fix: "Write the dimensions as CloudWatch has them (arnSuffix of a load balancer or target group), and put the alarm in the region of its metric.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html#load-balancer-metric-dimensions-alb",
  subjects: (stack) => stack.of(token.metricAlarm),
  check: (alarm, stack) => [
    ...wrongDimensions(alarm, stack),
    ...wrongRegion(alarm, stack),
    ...wrongEdge(alarm),
  ],
});

function wrongDimensions({ urn, name, props }: StackResource, stack: Stack): StackFault[] {
  if (text(props, "namespace") !== "AWS/ApplicationELB") return [];
  const dimensions = block(props, "dimensions") ?? {};
  return Object.entries(starts).flatMap(([dimension, start]): StackFault[] => {
    const value = text(dimensions, dimension);
    if (value === undefined || value.startsWith(start) || stack.behind(value)) return [];
    return [
      {
        urn,
        message: `The alarm ${name} never gets data: its dimension ${dimension} does not begin with ${start}, as those of CloudWatch do.`,
        fix: `Set dimensions.${dimension} of the aws.cloudwatch.MetricAlarm ${name} to the output arnSuffix of the aws.lb.${dimension}.`,
      },
    ];
  });
}

function wrongRegion(alarm: StackResource, stack: Stack): StackFault[] {
  const { urn, name, props, region } = alarm;
  const arn = text(block(props, "dimensions") ?? {}, "CertificateArn");
  if (arn === undefined) return [];
  if (region === undefined) throw new NotKnown(new Unknown(urn, ["region"]));
  const home = certificateRegionOf(arn, stack);
  if (home === region) return [];
  return [
    {
      urn,
      message: `The alarm ${name} never gets data: its certificate, and with it the metric, is in ${home}, and the alarm in ${region}.`,
      fix: `Set region: "${home}" on the aws.cloudwatch.MetricAlarm ${name}.`,
      source: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    },
  ];
}

const edgePage =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html";

/** CloudFront's metrics are in one region, with the dimension Region, which is always Global. */
function wrongEdge({ urn, name, props, region }: StackResource): StackFault[] {
  if (text(props, "namespace") !== "AWS/CloudFront") return [];
  if (region === undefined) throw new NotKnown(new Unknown(urn, ["region"]));
  if (region !== certificateRegion)
    return [
      {
        urn,
        message: `The alarm ${name} never gets data: CloudFront's metrics are in ${certificateRegion}, and the alarm in ${region}.`,
        fix: `Set region: "${certificateRegion}" on the aws.cloudwatch.MetricAlarm ${name}.`,
        source: edgePage,
      },
    ];
  const dimensions = block(props, "dimensions");
  if (dimensions === undefined || text(dimensions, "Region") === "Global") return [];
  return [
    {
      urn,
      message: `The alarm ${name} never gets data: CloudFront's metrics have the dimension Region, which is always Global.`,
      fix: `Set dimensions.Region of the aws.cloudwatch.MetricAlarm ${name} to "Global".`,
      source: edgePage,
    },
  ];
}
