/** AWS's regions and partitions. */

/**
 * What the names of a partition's regions begin with. `aws` has all others.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const otherPartitions: readonly (readonly [begins: RegExp, partition: string])[] = [
  [/^cn-/, "aws-cn"],
  [/^us-gov-/, "aws-us-gov"],
  [/^eusc-/, "aws-eusc"],
  [/^us-iso-/, "aws-iso"],
  [/^us-isob-/, "aws-iso-b"],
  [/^eu-isoe-/, "aws-iso-e"],
  [/^us-isof-/, "aws-iso-f"],
];

/** Partition of a region, as ARNs have it, e.g. `aws` or `aws-cn`. */
export function partitionOf(region: string): string {
  return otherPartitions.find(([begins]) => begins.test(region))?.[1] ?? "aws";
}

/** The page that lists the regions. */
export const regionsPage =
  "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html";

/** The regions of the partition `aws` as of 2026-11-28, as AWS's SDKs list them. */
export const regions: readonly string[] = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
  ...["ca-central-1", "ca-west-1", "mx-central-1", "sa-east-1", "sa-west-1"],
  ...["eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2"],
  ...["eu-west-1", "eu-west-2", "eu-west-3"],
  ...["ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
  ...["ap-south-1", "ap-south-2"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4"],
  ...["ap-southeast-5", "ap-southeast-6", "ap-southeast-7"],
  ...["af-south-1", "il-central-1", "me-central-1", "me-south-1", "me-west-1"],
];
