/** What the rest of the log leaves of the things that a cause can come from. */
import type { TargetProtocolVersion } from "../../path/types";
import type { Advice, CauseText } from "./cause";

/** What the whole log shows of a target group. */
export interface GroupFacts {
  /** Versions that fit all that was seen; none where the log contradicts itself. */
  readonly versions: readonly TargetProtocolVersion[];
  /** True: a target of it answered gRPC. */
  readonly answersGrpc: boolean;
  /** True: CloudFront called it over HTTP/2, other than for gRPC, before HTTP/1.1 was refused. */
  readonly lostHttp2: boolean;
  /** True: a target of it answered something. */
  readonly answered: boolean;
}

/** Of a group that is not in the log: it can be of any version, and nothing is ruled out. */
export const unknownGroup: GroupFacts = {
  versions: [],
  answersGrpc: true,
  lostHttp2: false,
  answered: false,
};

/** A cause at one target group. */
export interface Narrowed {
  /** The cause's own code, or that of the one rule or cause that is left. */
  readonly code: string;
  readonly advice: readonly Advice[];
}

function applies({ at, answersGrpc, lostHttp2, unanswered }: Advice, group: GroupFacts): boolean {
  const { versions } = group;
  if (at && versions.length > 0 && !at.some((version) => versions.includes(version))) return false;
  if (lostHttp2 !== undefined && lostHttp2 !== group.lostHttp2) return false;
  return !(answersGrpc && !group.answersGrpc) && !(unanswered && group.answered);
}

/** The advice that applies at a target group, and the code where it proves which fault it is. */
export function narrowByGroup({ code, advice }: CauseText, group: GroupFacts): Narrowed {
  const fitting = advice.filter((one) => applies(one, group));
  // Of a group that is not in the log nothing shows that it answers gRPC.
  if (group === unknownGroup)
    fitting.sort((a, b) => Number(a.answersGrpc ?? false) - Number(b.answersGrpc ?? false));
  // A log that contradicts itself leaves nothing: then all of it may apply.
  const left = fitting.length > 0 ? fitting : advice;
  const [only, ...others] = left;
  const proven = only && others.length === 0 ? provenBy(only) : undefined;
  return { code: proven ?? code, advice: left };
}

/** The code of an advice that is the only one. */
function provenBy(advice: Advice): string | undefined {
  if ("change" in advice) return undefined;
  return "rule" in advice ? advice.rule : advice.cause;
}

/** True for a cause whose advice depends on the target group. */
export const dependsOnGroup = ({ advice }: CauseText): boolean =>
  advice.some((one) => one.at ?? one.answersGrpc ?? one.lostHttp2 ?? one.unanswered);
