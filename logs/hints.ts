/** What the rest of a log says about a cause. */
import { top } from "./counter";
import type { CauseGroup } from "./report";
import type { Tally } from "./tally";

/** Of findings that name a target group's version, those that can be. */
export function fittingFindings(
  findings: readonly string[],
  groups: readonly CauseGroup[],
): string[] {
  const possible = new Set(groups.flatMap(({ versions }) => versions));
  if (possible.size === 0) return [...findings];
  return findings.filter((finding) => {
    if (finding === "edge-http1-to-http2-target") return possible.has("HTTP2");
    if (finding === "edge-http1-to-grpc-target") return possible.has("GRPC");
    return true;
  });
}

/** What the rest of the log says about a cause. */
export function hintsOf(code: string, groups: readonly CauseGroup[], tally: Tally): string[] {
  const hints: string[] = [];
  if (code.startsWith("464-"))
    hints.push(
      ...groups.slice(0, 3).map(({ arn, versions, certainty }) => {
        const version =
          versions.length === 0 || versions.length === 3 ? "unknown" : versions.join(" or ");
        return `Target group ${arn.split("targetgroup/")[1] ?? arn}, protocol version ${version}${certainty === "sure" ? " for certain" : ""}.`;
      }),
    );
  if (/^50[24]-(target-closed|no-connection|stream-reset)$/.test(code)) {
    const dead = groups.filter(({ answered }) => answered === 0).length;
    if (dead > 0)
      hints.push(
        dead === groups.length
          ? "No request of its target groups was answered at all: look at port, protocol and TLS first, then at timeouts."
          : `${dead} of its ${groups.length} target groups answered nothing at all: look at their port, protocol and TLS first.`,
      );
    else if (groups.length > 0)
      hints.push(
        "The same target groups answer other requests: look at timeouts and deployments first.",
      );
  }
  if (/^50[234]-/.test(code)) {
    const failed = top(tally.failedChecks, 1);
    if (failed.top[0] !== undefined)
      hints.push(`Health checks fail at the same time, most often: ${failed.top[0].name}.`);
  }
  if (code === "464-http1-client" && groups.some(({ certainty }) => certainty === "contradictory"))
    hints.push(
      "The target group answers HTTP/1.1 as well: these requests carry gRPC's Content-Type.",
    );
  return hints;
}
