/** Ranges of subnets, by their ids. */
import { type ResourceIndex, merged, text } from "./props";
import { token } from "./tokens";

/** Ranges of the program's subnets among these; without any, those of its VPCs. */
export function rangesOf(inventory: ResourceIndex, subnetIds: readonly string[]): string[] {
  const subnets = subnetIds.flatMap((id) => inventory.find(token.subnet, id) ?? []);
  const ranges = subnets.flatMap((subnet) => text(merged(subnet), "cidrBlock") ?? []);
  if (ranges.length > 0) return ranges;
  // A VPC made by awsx does not show its subnets, only its range.
  const vpcs = [...inventory.of(token.vpc), ...inventory.of(token.awsxVpc)];
  return vpcs.flatMap((vpc) => text(merged(vpc), "cidrBlock") ?? []);
}
