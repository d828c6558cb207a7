/** Deliveries of CloudFront's standard logs (v2), from the three resources that declare one. */
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  boolean,
  merged,
  text,
  texts,
} from "./props";
import type { EdgeLogDestination } from "./types";
import { token } from "./tokens";

const formats = ["w3c", "json", "plain", "raw"] as const;

/**
 * The deliveries to buckets of a distribution's access logs.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export function readEdgeLogs(
  inventory: ResourceIndex,
  distributionArn: string,
  where: string,
  findings: TopologyIssues,
): EdgeLogDestination[] {
  const sources = inventory
    .of(token.logDeliverySource)
    .map(merged)
    .filter((source) => text(source, "resourceArn") === distributionArn)
    .filter((source) => text(source, "logType") === "ACCESS_LOGS");
  const names = sources.map((source) => text(source, "name"));
  return inventory
    .of(token.logDelivery)
    .map(merged)
    .filter((delivery) => names.includes(text(delivery, "deliverySourceName")))
    .flatMap((delivery) => {
      const found = inventory.find(
        token.logDeliveryDestination,
        text(delivery, "deliveryDestinationArn"),
      );
      const destination = found ? merged(found) : {};
      const target = text(
        block(destination, "deliveryDestinationConfiguration") ?? {},
        "destinationResourceArn",
      );
      const bucket = /^arn:[^:]+:s3:::([^/]+)\/?(.*?)\/?$/.exec(target ?? "");
      const format = formats.find((f) => f === (text(destination, "outputFormat") ?? "json"));
      if (!bucket || !format) {
        findings.note(
          `Logs of ${where} are written here to buckets and as text only: those to ${target ?? "(nothing)"} are not.`,
        );
        return [];
      }
      const place = block(delivery, "s3DeliveryConfigurations") ?? {};
      return [
        {
          bucket: bucket[1] ?? "",
          prefix: bucket[2] ?? "",
          format,
          delimiter: text(delivery, "fieldDelimiter") ?? "\t",
          suffixPath: text(place, "suffixPath") ?? "",
          hivePaths: boolean(place, "enableHiveCompatiblePath") ?? false,
          fields: texts(delivery, "recordFields"),
        },
      ];
    });
}
