/** The region of the stack's AWS provider. */
import { partitionOf, regions } from "../../path/regions";
import { nearest } from "../spelling";
import type { SettingsRule } from "./rule";

/**
 * Partitions share no accounts, and CloudFront with its certificates in us-east-1 is in `aws` only.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const standardPartition: SettingsRule = (_, { region }) => {
  if (region === undefined) return [];
  const partition = partitionOf(region);
  if (partition === "aws") return [];
  return [
    {
      key: "aws:region",
      expected: `a region of AWS's standard partition, such as eu-west-1: ${region} belongs to ${partition}, where CloudFront, its certificates in us-east-1 and the prices are others`,
      change: { set: "aws:region", to: "<value>" },
    },
  ];
};

/** The region that was probably meant. */
export const nearestRegion = (region: string): string | undefined => nearest(region, regions);

/** In the order they are listed. */
export const regionRules: readonly SettingsRule[] = [standardPartition];
