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

/** The part after the last slash: the name of a cluster. */
export const lastPart = (arn: string | undefined): string => (arn ?? "").split("/").at(-1) ?? "";

/**
 * `app/NAME/ID` of a listener's load balancer, which the listener's ARN contains, also where the load
 * balancer is another stack's.
 */
export function loadBalancerSuffix(listenerArn: string | undefined): string {
  return /:listener\/(app\/[^/]+\/[^/]+)/.exec(listenerArn ?? "")?.[1] ?? "";
}

/** `targetgroup/NAME/ID`, as CloudWatch names a target group. */
export const targetGroupSuffix = (arn: string | undefined): string =>
  (arn ?? "").split(":").at(-1) ?? "";
