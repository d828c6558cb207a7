import { block, boolean, text } from "../../topology/props";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

/** Logs of a load balancer, and what they are called. */
const logs = {
  accessLogs: "access logs",
  connectionLogs: "connection logs",
  healthCheckLogs: "health check logs",
};

export const logsWithoutBucket = stackRule({
  code: "logs-without-bucket",
  severity: "warning",
  holds: "A load balancer writes its logs to a bucket by the name that the bucket has in AWS.",
  fix: "Use the output bucket of the aws.s3.Bucket, not its logical name.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
  subjects: (stack) => stack.of(token.loadBalancer),
  check: ({ urn, name, props }, stack) =>
    Object.entries(logs).flatMap(([property, words]): StackFault[] => {
      const log = block(props, property) ?? {};
      const wanted = boolean(log, "enabled") === true ? text(log, "bucket") : undefined;
      const meant = wanted === undefined ? undefined : misnamed(wanted, stack);
      if (meant === undefined) return [];
      return [
        {
          urn,
          message: `The load balancer ${name} writes its ${words} to the bucket "${wanted}", but the program's bucket ${meant.name} has another name in AWS, because Pulumi adds a suffix: AWS refuses the log unless a bucket "${wanted}" exists as well.`,
          fix: `Set ${property}.bucket of the aws.lb.LoadBalancer ${name} to the output bucket of the aws.s3.Bucket ${meant.name}.`,
        },
      ];
    }),
});

/**
 * The bucket of the program that a name means in the program but not in AWS. A name of no bucket of
 * the program may be that of one which exists elsewhere.
 */
function misnamed(wanted: string, stack: Stack): StackResource | undefined {
  const buckets = stack.of(token.bucket);
  if (buckets.some(({ id, props }) => id === wanted || text(props, "bucket") === wanted))
    return undefined;
  return buckets.find(({ name }) => name === wanted);
}
