/** What the rest of a log shows about a cause. */
import { ranked, top } from "./counter";
import type { CauseGroup } from "./report";
import { keyParts, type CauseTally, type Tally } from "./tally";

/** A cause, as it is reported. */
interface Reported {
  /** The cause's own code, even if it is reported under a rule's code. */
  readonly cause: string;
  readonly tally: CauseTally;
  readonly groups: readonly CauseGroup[];
}

/** What the rest of the log shows about a cause, in words. */
export function hintsOf(reported: Reported, tally: Tally): string[] {
  const { cause, tally: counts } = reported;
  return [
    ...(counts.statuses.counts.has("464") ? versionHints(reported) : []),
    ...(/^50[24]-(target-closed|no-connection|stream-reset)/.test(cause)
      ? targetHints(reported)
      : []),
    ...(/^50[234]-/.test(cause) ? checkHints(tally) : []),
    ...(cause.startsWith("edge-") ? edgeHints(reported, tally) : []),
  ];
}

function versionHints({ groups }: Reported): string[] {
  return groups.slice(0, 3).map(({ arn, versions, certainty }) => {
    const known = versions.length > 0 && versions.length < 3;
    const version = known ? `is of version ${versions.join(" or ")}` : "can be of any version";
    const name = arn.split("targetgroup/")[1] ?? arn;
    return `The target group ${name} ${version}${certainty === "sure" ? ", for certain" : ""}.`;
  });
}

/** Says whether one target or all fail, and whether their group answers at all. */
function targetHints({ tally, groups }: Reported): string[] {
  const { targets, count } = tally;
  const [first] = ranked(targets);
  const answering = groups.filter(({ answered }) => answered > 0).length;
  const oneTarget = first !== undefined && targets.counts.size === 1 && targets.others === 0;
  if (count === 1) {
    const target = oneTarget ? ` to the target ${first[0]}` : "";
    return answering > 0
      ? [`One request${target}; the target group answers others.`]
      : [`One request only${target}: the log does not show whether others are answered.`];
  }
  if (groups.length === 0) return [];
  if (oneTarget && answering > 0)
    return [
      `All of them to one target, ${first[0]}, while the target group answers other requests: this target is stopping, gone or overloaded.`,
    ];
  const dead = groups.length - answering;
  if (dead === 0)
    return [
      "The same target groups answer other requests: look at timeouts and deployments first.",
    ];
  return [
    dead === groups.length
      ? "No request of its target groups was answered: look at port, protocol and TLS first, then at timeouts."
      : `${dead} of its ${groups.length} target groups answered nothing: look at their port, protocol and TLS first.`,
  ];
}

function checkHints({ failedChecks }: Tally): string[] {
  const [most] = top(failedChecks, 1).top;
  return most === undefined
    ? []
    : [`Health checks fail at the same time, most often: ${most.name}.`];
}

/** True when CloudFront answered some request without an error. */
export const edgeAnswers = ({ cloudfront }: Tally): boolean =>
  [...cloudfront.statuses.keys()].some((status) => status >= 100 && status < 400);

function edgeHints({ cause }: Reported, tally: Tally): string[] {
  if (cause === "edge-464-post") {
    const others = [...tally.cloudfront.causes.keys()].some(
      (key) => keyParts(key).code === "edge-464-http1",
    );
    return [
      others
        ? "Other methods get 464 as well: it is the target group's version."
        : "Only POST gets 464: it is gRPC, most likely.",
    ];
  }
  if (cause !== "edge-origin-timeout") return [];
  return [
    edgeAnswers(tally)
      ? "Other requests in this log are answered: the origin can be reached, unless they came from the cache."
      : "No request in this log was answered: look at the connection first.",
  ];
}
