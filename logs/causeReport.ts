/** The causes of a hop as they are reported: under a rule's code if the log proves which rule. */
import { changesFor, causeTextOf } from "./advice";
import { causeByCode } from "./causes";
import type { Advice, CauseText } from "./causes/cause";
import { narrowByGroup, unknownGroup, type GroupFacts } from "./causes/narrowByGroup";
import { ranked, top, type Counter } from "./counter";
import { isOneGroup, type GroupTally } from "./groups";
import { edgeAnswers, hintsOf } from "./hints";
import type { CauseGroup, CauseReport, Ranking, ReportInput } from "./report";
import { mergeCauses, keyParts, type CauseTally, type HopTally } from "./tally";
import { answersOf, knownVersion } from "./targetGroup";
import { iso } from "./time";
import { english, type ReportWords } from "./words";

/** What is reported under one code: a cause, at the target groups where it comes from the same. */
export interface FoundCause {
  readonly code: string;
  readonly cause: CauseText;
  readonly advice: readonly Advice[];
  readonly tallies: readonly CauseTally[];
  /** Keys of the hop's causes and timeline. */
  readonly keys: readonly string[];
}

/** The causes of a hop by the code that they are reported under. */
export function foundCauses(hop: HopTally, groups: readonly GroupTally[]): FoundCause[] {
  const found = new Map<string, FoundCause>();
  for (const [key, tally] of [...hop.causes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { code: line, arn } = keyParts(key);
    const cause = causeByCode(line);
    const { code, advice } = narrowByGroup(cause, groupFacts(arn, groups));
    const before = found.get(code);
    found.set(code, {
      code,
      cause: before?.cause ?? cause,
      advice: [...(before?.advice ?? []), ...advice],
      tallies: [...(before?.tallies ?? []), tally],
      keys: [...(before?.keys ?? []), key],
    });
  }
  return [...found.values()];
}

/** What the log shows of a target group. */
function groupFacts(arn: string | undefined, groups: readonly GroupTally[]): GroupFacts {
  const group = groups.find((one) => one.arn === arn);
  if (group === undefined || !isOneGroup(group)) return unknownGroup;
  const { versions } = knownVersion(group.seen);
  const { all, grpc } = answersOf(group.seen);
  return {
    versions,
    answersGrpc: grpc > 0,
    lostHttp2: group.edgeHttp2First < group.http1RefusedLast,
    answered: all > 0,
  };
}

/** A cause with its counts. */
export function causeReport(found: FoundCause, hop: HopTally, input: ReportInput): CauseReport {
  const { words = english } = input;
  const { code, severity, title, why } = causeTextOf(found.code, found.cause, words);
  const tally = mergeCauses(found.tallies);
  const groups = causeGroups(tally.targetGroups, input.tally.groups.list, words);
  const changes = changesFor(found.advice, answering(found.cause.code, tally, input), words);
  const ranking = (counter: Counter): Ranking => top(counter, input.top);
  return {
    code,
    severity,
    count: tally.count,
    share: tally.count / hop.requests,
    title,
    why,
    hints: hintsOf({ cause: found.cause.code, tally, groups }, input.tally, words.hints),
    rules: [...new Set(changes.flatMap(({ rule }) => rule ?? []))],
    changes,
    ...(!Number.isNaN(tally.first) && { first: iso(tally.first), last: iso(tally.last) }),
    statuses: ranking(tally.statuses),
    clients: ranking(tally.clients),
    userAgents: ranking(tally.agents),
    targetGroups: groups.slice(0, input.top),
    targets: ranking(tally.targets),
    loadBalancers: ranking(tally.loadBalancers),
    paths: ranking(tally.paths),
    reasons: ranking(tally.reasons),
    examples: tally.examples.map((one) => ({ ...input.place(one), text: one.text })),
  };
}

/** True if requests are answered, or if there is only one request, which proves nothing. */
function answering(code: string, { count }: CauseTally, { tally }: ReportInput): boolean {
  return code.startsWith("edge-") ? edgeAnswers(tally) : count === 1;
}

function causeGroups(
  counter: Counter,
  list: readonly GroupTally[],
  words: ReportWords,
): CauseGroup[] {
  return ranked(counter).map(([arn, count]) => {
    const group = list.find((one) => one.arn === arn);
    const known = knownVersion(group?.seen ?? [], words);
    return { arn, count, ...known, answered: answersOf(group?.seen ?? []).all };
  });
}
