/** What the rest of a log shows about a cause. */
import { ranked, top } from "./counter";
import type { CauseGroup } from "./report";
import { keyParts, type CauseTally, type Tally } from "./tally";
import type { HintWords } from "./words";

/** A cause, as it is reported. */
interface Reported {
  /** The cause's own code, even if it is reported under a rule's code. */
  readonly cause: string;
  readonly tally: CauseTally;
  readonly groups: readonly CauseGroup[];
}

/** What the rest of the log shows about a cause, in words. */
export function hintsOf(reported: Reported, tally: Tally, say: HintWords): string[] {
  const { cause, tally: counts } = reported;
  return [
    ...(counts.statuses.counts.has("464") ? versionHints(reported, say) : []),
    ...(/^50[24]-(target-closed|no-connection|stream-reset)/.test(cause)
      ? targetHints(reported, say)
      : []),
    ...(/^50[234]-/.test(cause) ? checkHints(tally, say) : []),
    ...(cause.startsWith("edge-") ? edgeHints(reported, tally, say) : []),
  ];
}

function versionHints({ groups }: Reported, say: HintWords): string[] {
  return groups.slice(0, 3).map(({ arn, versions, certainty }) => {
    const name = arn.split("targetgroup/")[1] ?? arn;
    return say.version(name, versions.length < 3 ? versions : [], certainty === "sure");
  });
}

/** Says whether one target or all fail, and whether their group answers at all. */
function targetHints({ tally, groups }: Reported, say: HintWords): string[] {
  const { targets, count } = tally;
  const [first] = ranked(targets);
  const answering = groups.filter(({ answered }) => answered > 0).length;
  const oneTarget = first !== undefined && targets.counts.size === 1 && targets.others === 0;
  if (count === 1) return [say.oneRequest(oneTarget ? first[0] : undefined, answering > 0)];
  if (groups.length === 0) return [];
  if (oneTarget && answering > 0) return [say.oneTarget(first[0])];
  const silent = groups.length - answering;
  if (silent === 0) return [say.groupsAnswer];
  return [
    silent === groups.length ? say.noGroupAnswers : say.someGroupsSilent(silent, groups.length),
  ];
}

function checkHints({ failedChecks }: Tally, say: HintWords): string[] {
  const [most] = top(failedChecks, 1).top;
  return most === undefined ? [] : [say.checksFail(most.name)];
}

/** True when CloudFront answered some request without an error. */
export const edgeAnswers = ({ cloudfront }: Tally): boolean =>
  [...cloudfront.statuses.keys()].some((status) => status >= 100 && status < 400);

function edgeHints({ cause }: Reported, tally: Tally, say: HintWords): string[] {
  if (cause === "edge-464-post") {
    const others = [...tally.cloudfront.causes.keys()].some(
      (key) => keyParts(key).code === "edge-464-http1",
    );
    return [others ? say.otherMethodsToo : say.onlyPost];
  }
  if (cause !== "edge-origin-timeout") return [];
  return [edgeAnswers(tally) ? say.edgeAnswers : say.edgeSilent];
}
