/** Logs and the bucket they go to. */
import { regionsWithoutLegacyLogs } from "../../path/logs";
import type { View } from "../view";
import type { Breach, Rule } from "./rule";

/** Keys that only shape the bucket that is made. */
const ofTheBucket = ["logs.retentionDays", "logs.forceDestroy"] as const;

function anyLog(view: View): boolean {
  return (
    view.get("logs.access") ||
    view.get("logs.connections") ||
    view.get("logs.healthChecks") ||
    (view.get("logs.edge") !== "off" && view.row.edge !== undefined) ||
    view.get("logs.flow") !== "off"
  );
}

const bucketHasLogs: Rule = (view) => {
  if (anyLog(view)) return [];
  return ([...ofTheBucket, "logs.bucket"] as const)
    .filter((key) => view.given(key))
    .map((key): Breach => ({
      key,
      expected: "nothing: no log is switched on, so there is no bucket",
      change: { either: [{ remove: key }, { set: "logs.access", to: "true" }] },
    }));
};

const adoptedBucketIsLeftAlone: Rule = (view) => {
  if (!view.given("logs.bucket") || !anyLog(view)) return [];
  return ofTheBucket
    .filter((key) => view.given(key))
    .map((key): Breach => ({
      key,
      expected: "nothing: it shapes a created bucket, and logs.bucket names an existing one",
      change: { remove: key },
    }));
};

const queriesHaveALog: Rule = (view) => {
  if (!view.get("logs.queries") || view.get("logs.access")) return [];
  return [
    {
      key: "logs.queries",
      expected: "false: the load balancer's access log, which they are about, is off",
      change: { either: [{ set: "logs.access", to: "true" }, { remove: "logs.queries" }] },
    },
  ];
};

const formatIsUsed: Rule = (view) => {
  if (!view.row.edge) return [];
  if (!view.given("logs.edgeFormat") || view.get("logs.edge") === "v2") return [];
  return [
    {
      key: "logs.edgeFormat",
      expected: "nothing: only logs.edge v2 has a choice of formats",
      change: { either: [{ remove: "logs.edgeFormat" }, { set: "logs.edge", to: "v2" }] },
    },
  ];
};

/** A bucket of the load balancer's region, and CloudFront's legacy logs do not go everywhere. */
const legacyReachesTheRegion: Rule = (view, { region }) => {
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
export const logRules: readonly Rule[] = [
  bucketHasLogs,
  adoptedBucketIsLeftAlone,
  formatIsUsed,
  queriesHaveALog,
  legacyReachesTheRegion,
];
