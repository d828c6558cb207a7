/** Logs and the bucket they go to. */
import { regionsWithoutLegacyLogs } from "../../path/logs";
import type { SettingsRule } from "./rule";

/** A bucket of the load balancer's region, and CloudFront's legacy logs do not go everywhere. */
const legacyReachesTheRegion: SettingsRule = (view, { region }) => {
  if (!view.row.edge || view.get("logs.edge") !== "legacy") return [];
  if (region === undefined || !regionsWithoutLegacyLogs.includes(region)) return [];
  return [
    {
      key: "logs.edge",
      expected: `v2 or off: CloudFront delivers no legacy logs to buckets in ${region}`,
      change: { set: "logs.edge", to: "v2" },
    },
  ];
};

/** In the order they are listed. */
export const logRules: readonly SettingsRule[] = [legacyReachesTheRegion];
