/** Counts the lines of a load balancer's connection log. */
import { connectionCauseOf } from "../causes/connection";
import { countCause, type Example, type Tally } from "../tally";
import { countAt } from "../timeline";
import { inWindow, type Wanted } from "../wanted";
import type { ConnectionEntry } from "./entry";

const failedWith = "Failed:";

/** Counts a connection, and why it failed where it did. */
export function countConnection(
  tally: Tally,
  wanted: Wanted,
  entry: ConnectionEntry,
  example: () => Example,
): void {
  const { lines, connections } = tally;
  const seconds = Math.floor((entry.time ?? NaN) / 1000);
  if (!inWindow(wanted, seconds)) {
    lines.outside++;
    return;
  }
  lines.connections++;
  connections.requests++;
  if (!Number.isNaN(seconds)) countAt(connections.timeline, seconds, 1);
  const { status, protocol, subject, validity, from, loadBalancer } = entry;
  if (!status.startsWith(failedWith)) return;
  const reason = status.slice(failedWith.length);
  const cause = connectionCauseOf(reason);
  if (cause === undefined) return;
  const failed = {
    seconds,
    client: `${protocol || "no TLS"}, ${from}`,
    loadBalancer,
    reason: [reason, subject, validity].filter((part) => part !== "").join(", "),
  };
  countCause(connections, cause.code, failed, example);
}
