/** Paths and findings as text that a person can review in a snapshot. */
import { describeSources, hopText } from "../cli/show/hops";
import type { Snapshot, StackFinding, StackPath } from "./types";

export function snapshotOf(
  paths: readonly StackPath[],
  findings: readonly StackFinding[],
): Snapshot {
  return {
    paths: paths.map(({ title, hops, requests, unknown }) => ({
      path: title,
      hops: hops.map((hop) => {
        const who = describeSources(hop);
        return `${hop.from} → ${hop.to}: ${hopText(hop)}, from ${who}`;
      }),
      requests: Object.fromEntries(requests.map((one) => [one.title, one.status])),
      ...(unknown && { unknown }),
    })),
    findings: findings.map(({ severity, code, resource }) =>
      [`${severity} ${code}`, resource?.name].filter(Boolean).join(": "),
    ),
  };
}
