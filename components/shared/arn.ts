/**
 * Parts of an ARN. Empty where there is none: the mocks of a program's own unit tests answer with a
 * resource's inputs, which have no ARN.
 */
export function partsOf(arn: string | undefined): {
  partition: string;
  region: string;
  account: string;
} {
  const [, partition = "", , region = "", account = ""] = (arn ?? "").split(":");
  return { partition, region, account };
}
