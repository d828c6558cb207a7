/** Narrows the possible reasons of a cause by what the rest of the log shows. */
import type { TargetProtocolVersion } from "../../path/types";
import type { Advice, CauseText } from "./cause";

/** What the whole log shows about a target group. */
export interface GroupFacts {
  /** Versions that fit all requests; none if the log contradicts itself. */
  readonly versions: readonly TargetProtocolVersion[];
  /** True: a target of it answered gRPC. */
  readonly answersGrpc: boolean;
  /** True: CloudFront called it over HTTP/2, other than for gRPC, before HTTP/1.1 was refused. */
  readonly lostHttp2: boolean;
  /** True: a target of it answered something. */
  readonly answered: boolean;
}

/** For a group that is not in the log: it may have any version, and nothing is ruled out. */
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

/** The advice that applies to a target group, and the code if the log proves which problem it is. */
export function narrowByGroup({ code, advice }: CauseText, group: GroupFacts): Narrowed {
  const fitting = advice.filter((one) => applies(one, group));
  // Nothing shows that a group that is not in the log answers gRPC.
  if (group === unknownGroup)
    fitting.sort((a, b) => Number(a.answersGrpc ?? false) - Number(b.answersGrpc ?? false));
  // If the log contradicts itself, no reason is left: then all of them may apply.
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
