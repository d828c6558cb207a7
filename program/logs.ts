/** Where logs go, and the queries over them. */
import { LogQueries } from "../components";
import { logBuckets } from "../components/logs/logBuckets";
import { ViaCloudfront } from "../components/variants/viaCloudfront";
import type { Settings } from "../config";
import type { PathSpec } from "../path/types";

/** Each log that is on, and the bucket it goes to; undefined where none is. */
export function logsOf(name: string, settings: Settings, spec: PathSpec) {
  const { logs, deletionProtection, tags } = settings;
  const writers = {
    loadBalancer: logs.access || logs.connections || logs.healthChecks,
    edge: spec.edge ? logs.edge : "off",
    flow: logs.flow !== "off",
  };
  const { bucket, retentionDays, forceDestroy } = logs;
  const buckets = logBuckets(name, {
    ...{ writers, bucket, retentionDays, forceDestroy, deletionProtection, tags },
  });
  return buckets && { ...logs, ...buckets };
}

/** Athena over the logs. */
export function makeQueries(
  name: string,
  logsMade: NonNullable<ReturnType<typeof logsOf>>,
  path: object,
  { tags }: Settings,
) {
  const { bucketName, retentionDays, connections, edge, edgeFormat } = logsMade;
  const distribution = path instanceof ViaCloudfront ? path.distribution.distribution : undefined;
  const edgeLogs =
    distribution && edge === "v2"
      ? { distributionId: distribution.id, format: edgeFormat }
      : undefined;
  new LogQueries(name, { bucketName, retentionDays, connections, edge: edgeLogs, tags });
}
