/** The report of `hopwise explain`, as plain data: the counts in order. */
import type { TargetProtocolVersion } from "../path/types";
import type { AdvisedChange } from "./advice";
import { causeReport, foundCauses, type FoundCause } from "./causeReport";
import type { CauseSeverity } from "./causes/cause";
import { top, type Ranked } from "./counter";
import type { GroupTally } from "./groups";
import { readReport, type Place, type ReadReport } from "./readReport";
import { addNumbers, type Example, type HopTally, type Tally } from "./tally";
import { knownVersion, type KnownVersion } from "./targetGroup";
import { iso } from "./time";
import { evenSteps } from "./timeline";
import type { ReportWords } from "./words";

/** A ranking, and the sum of the names that are not in it. */
export interface Ranking {
  readonly top: readonly Ranked[];
  readonly others: number;
}

/** A target group with requests of a cause. */
export interface CauseGroup {
  readonly arn: string;
  readonly count: number;
  /** Protocol versions that fit all of its requests. */
  readonly versions: readonly TargetProtocolVersion[];
  readonly certainty: KnownVersion["certainty"];
  readonly because: string;
  /** Requests that its targets answered. */
  readonly answered: number;
}

export interface CauseReport {
  /** The code of the rule, if the log proves which one is broken; otherwise of the cause. */
  readonly code: string;
  readonly severity: CauseSeverity;
  readonly count: number;
  /** Of all requests of this log, 0 to 1. */
  readonly share: number;
  readonly title: string;
  readonly why: string;
  /** What else the log shows about the cause. */
  readonly hints: readonly string[];
  /** Codes of the rules that can be broken, the most likely first. */
  readonly rules: readonly string[];
  /** What to change, the most likely first; never empty. */
  readonly changes: readonly AdvisedChange[];
  /** ISO times; absent where no line has one. */
  readonly first?: string;
  readonly last?: string;
  readonly statuses: Ranking;
  readonly clients: Ranking;
  readonly userAgents: Ranking;
  readonly targetGroups: readonly CauseGroup[];
  /** Targets that requests were sent to, or were meant for. */
  readonly targets: Ranking;
  readonly loadBalancers: Ranking;
  readonly paths: Ranking;
  readonly reasons: Ranking;
  readonly examples: readonly Place[];
}

export interface TimelineReport {
  /** ISO time of the first step. */
  readonly start: string;
  readonly stepSeconds: number;
  readonly requests: readonly number[];
  /** Errors per step, by cause. */
  readonly causes: Readonly<Record<string, readonly number[]>>;
}

/** One log: the load balancer's requests or connections, or CloudFront's requests. */
export interface HopReport {
  /** In a connection log: connections. */
  readonly requests: number;
  /** Errors of this hop itself, without notes. */
  readonly errors: number;
  /** Answers that are configured, or part of normal operation. */
  readonly notes: number;
  /** Errors from behind this hop: of the targets, or of the origin. */
  readonly passedOn: readonly { readonly status: number; readonly count: number }[];
  /** Worst first. */
  readonly causes: readonly CauseReport[];
  readonly timeline?: TimelineReport;
}

/** A target group with its counts. */
interface GroupReport {
  readonly arn: string;
  readonly requests: number;
  /** Errors of the load balancer itself. */
  readonly errors: number;
  /** Errors of its targets. */
  readonly own: number;
  readonly versions: readonly TargetProtocolVersion[];
  readonly certainty: KnownVersion["certainty"];
}

export interface Report {
  /** Version of the report's format; increases with a change that is not an addition. */
  readonly version: 2;
  readonly read: ReadReport;
  readonly loadBalancer?: HopReport;
  readonly cloudfront?: HopReport;
  /** The load balancer's connection log. */
  readonly connections?: HopReport;
  readonly targetGroups: readonly GroupReport[];
  /** Failed health checks: `TARGET_GROUP REASON STATUS`. */
  readonly failedChecks: Ranking;
}

/** True when something was a log: a request, a connection or a health check, wanted or not. */
export function wasRead({ read: { kinds } }: Report): boolean {
  const { loadBalancer, cloudfront, connections, healthChecks, outside } = kinds;
  return loadBalancer + cloudfront + connections + healthChecks + outside > 0;
}

/** The input of a report. */
export interface ReportInput {
  readonly tally: Tally;
  readonly files: number;
  readonly problems: ReadReport["problems"];
  /** Where the line of an example is. */
  readonly place: (example: Example) => { readonly file: string; readonly line: number };
  /** Rows of each ranking. */
  readonly top: number;
  /** @default in English */
  readonly words?: ReportWords;
}

/** Steps of a timeline at most: as many as a picture shows well. */
const mostSteps = 120;

const order: Readonly<Record<CauseSeverity, number>> = { error: 0, warning: 1, note: 2 };

/** Makes the report. */
export function makeReport(input: ReportInput): Report {
  const { tally } = input;
  const groups = tally.groups.list.filter(({ arn }) => arn !== "");
  return {
    version: 2,
    read: readReport(input),
    loadBalancer: hopReport(tally.loadBalancer, targetErrors(tally.groups.list), input),
    cloudfront: hopReport(tally.cloudfront, tally.cloudfront.passedOn, input),
    connections: hopReport(tally.connections, tally.connections.passedOn, input),
    targetGroups: groups
      .map(groupReport)
      .sort((a, b) => b.errors - a.errors || b.requests - a.requests || (a.arn < b.arn ? -1 : 1)),
    failedChecks: top(tally.failedChecks, input.top),
  };
}

function targetErrors(groups: readonly GroupTally[]): Map<number, number> {
  const all = new Map<number, number>();
  for (const { own } of groups) addNumbers(all, own);
  return all;
}

function hopReport(
  hop: HopTally,
  passedOn: ReadonlyMap<number, number>,
  input: ReportInput,
): HopReport | undefined {
  if (hop.requests === 0) return undefined;
  const found = foundCauses(hop, input.tally.groups.list);
  const causes = found.map((one) => causeReport(one, hop, input));
  causes.sort(
    (a, b) =>
      order[a.severity] - order[b.severity] || b.count - a.count || (a.code < b.code ? -1 : 1),
  );
  const sum = (severities: readonly CauseSeverity[]): number =>
    causes
      .filter(({ severity }) => severities.includes(severity))
      .reduce((n, { count }) => n + count, 0);
  return {
    requests: hop.requests,
    errors: sum(["error", "warning"]),
    notes: sum(["note"]),
    passedOn: [...passedOn].sort(([a], [b]) => a - b).map(([status, count]) => ({ status, count })),
    causes,
    timeline: timelineReport(hop, found),
  };
}

function groupReport(group: GroupTally): GroupReport {
  const { versions, certainty } = knownVersion(group.seen);
  const own = [...group.own.values()].reduce((sum, n) => sum + n, 0);
  const { arn, requests, errors } = group;
  return { arn, requests, errors, own, versions, certainty };
}

function timelineReport(hop: HopTally, found: readonly FoundCause[]): TimelineReport | undefined {
  const { width, start, steps } = evenSteps(hop.timeline, mostSteps);
  if (steps.length === 0) return undefined;
  const counted = found.map(({ code, keys }): [string, number[]] => [
    code,
    steps.map(({ causes }) => keys.reduce((sum, key) => sum + (causes.get(key) ?? 0), 0)),
  ]);
  return {
    start: iso(start),
    stepSeconds: width,
    requests: steps.map(({ requests }) => requests),
    causes: Object.fromEntries(
      counted
        .filter(([, counts]) => counts.some((n) => n > 0))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}
