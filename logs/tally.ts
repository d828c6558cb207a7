/**
 * What is kept of the lines read: counts, bounded in every direction, so that memory does not grow
 * with the log. Plain data all of it, which a worker can send and another tally can take in.
 */
import { addCounter, addCount, newCounter, type Counter } from "./counter";
import { addGroup, newGroups, type Groups } from "./groups";
import { lineKinds, newLineCounts, type LineCounts } from "./lineKinds";
import { addTimeline, countAt, newTimeline, type Timeline } from "./timeline";

/** A line worth showing. `job` and `line` say where it is: the n-th line of the n-th piece read. */
export interface Example {
  readonly job: number;
  readonly line: number;
  readonly text: string;
  /** For a line that could not be read: what is wrong with it. */
  readonly problem?: string;
}

/** Everything known about the lines of one cause. */
export interface CauseTally {
  count: number;
  /** Seconds since 1970; NaN where no line has a time. */
  first: number;
  last: number;
  /** By the status that the client got: most causes have one, a listener's own rule any. */
  readonly statuses: Counter;
  /** By client protocol and where it came from, e.g. `HTTP/1.1 cloudfront`. */
  readonly clients: Counter;
  readonly agents: Counter;
  readonly targetGroups: Counter;
  /** Targets that requests were sent to, or were meant for: `address:port`. */
  readonly targets: Counter;
  readonly loadBalancers: Counter;
  readonly paths: Counter;
  /** error_reason, classification_reason, error codes. */
  readonly reasons: Counter;
  readonly examples: Example[];
}

const counters = [
  ...(["statuses", "clients", "agents", "targetGroups", "targets"] as const),
  ...(["loadBalancers", "paths", "reasons"] as const),
] as const;

/** Counts of one log: the load balancer's requests or connections, or CloudFront's requests. */
export interface HopTally {
  /** In a connection log: connections. */
  requests: number;
  /** Lines that were cut, and read as far as they went. */
  cut: number;
  /** By the status that the client got. */
  readonly statuses: Map<number, number>;
  /** CloudFront: errors that the origin made, by status. Those of targets are kept by target group. */
  readonly passedOn: Map<number, number>;
  /** Its steps count errors by the keys of `causes`. */
  readonly timeline: Timeline;
  /** By {@link causeKey}. */
  readonly causes: Map<string, CauseTally>;
}

export interface Tally {
  readonly lines: LineCounts;
  readonly loadBalancer: HopTally;
  readonly cloudfront: HopTally;
  readonly connections: HopTally;
  readonly groups: Groups;
  /** Failed health checks, by target group, reason and status. */
  readonly failedChecks: Counter;
  readonly malformed: Counter;
  readonly malformedExamples: Example[];
}

/** Examples kept of a cause, and of malformed lines. */
const mostExamples = 3;

const newHop = (): HopTally => ({
  requests: 0,
  cut: 0,
  statuses: new Map(),
  passedOn: new Map(),
  timeline: newTimeline(),
  causes: new Map(),
});

export const newTally = (): Tally => ({
  lines: newLineCounts(),
  loadBalancer: newHop(),
  cloudfront: newHop(),
  connections: newHop(),
  groups: newGroups(),
  failedChecks: newCounter(),
  malformed: newCounter(50),
  malformedExamples: [],
});

const newCause = (): CauseTally => ({
  count: 0,
  first: NaN,
  last: NaN,
  statuses: newCounter(50),
  clients: newCounter(50),
  agents: newCounter(200),
  targetGroups: newCounter(200),
  targets: newCounter(50),
  loadBalancers: newCounter(50),
  paths: newCounter(),
  reasons: newCounter(100),
  examples: [],
});

/** Causes kept for each target group apart; further ones are counted by their code alone. */
const maxGroupKeys = 400;

/**
 * What a cause is counted under: its code, or code and target group where the group decides what it
 * comes from. Which version a group has is known after the last line only.
 */
export function causeKey(hop: HopTally, code: string, arn?: string): string {
  if (!arn) return code;
  const key = `${code} ${arn}`;
  return hop.causes.size < maxGroupKeys || hop.causes.has(key) ? key : code;
}

/** The parts of a {@link causeKey}. */
export function keyParts(key: string): { readonly code: string; readonly arn?: string } {
  const [code = key, arn] = key.split(" ", 2);
  return { code, arn };
}

function causeOf(hop: HopTally, key: string): CauseTally {
  let cause = hop.causes.get(key);
  if (cause === undefined) {
    cause = newCause();
    hop.causes.set(key, cause);
  }
  return cause;
}

/** One error, in the words that all logs have in common. */
export interface CountedError {
  /** Seconds since 1970; NaN where the line has none. */
  readonly seconds: number;
  /** Absent: there was no request. */
  readonly status?: number;
  readonly client: string;
  readonly agent?: string;
  readonly targetGroup?: string;
  readonly target?: string;
  readonly loadBalancer?: string;
  readonly path?: string;
  readonly reason?: string;
}

/** Counts an error under a {@link causeKey}. `example` makes the text, which few lines need. */
export function countCause(
  hop: HopTally,
  key: string,
  failed: CountedError,
  example: () => Example,
): void {
  const cause = causeOf(hop, key);
  cause.count++;
  spanTimes(cause, failed.seconds, failed.seconds);
  countIf(cause.statuses, failed.status?.toString().padStart(3, "0"));
  addCount(cause.clients, failed.client);
  countIf(cause.agents, failed.agent);
  countIf(cause.targetGroups, failed.targetGroup);
  countIf(cause.targets, failed.target);
  countIf(cause.loadBalancers, failed.loadBalancer);
  countIf(cause.paths, failed.path);
  countIf(cause.reasons, failed.reason);
  if (cause.examples.length < mostExamples) cause.examples.push(example());
  if (!Number.isNaN(failed.seconds)) countAt(hop.timeline, failed.seconds, 0, key);
}

function countIf(counter: Counter, key: string | undefined): void {
  if (key) addCount(counter, key);
}

function spanTimes(cause: CauseTally, first: number, last: number): void {
  if (!(cause.first <= first) && !Number.isNaN(first)) cause.first = first;
  if (!(cause.last >= last) && !Number.isNaN(last)) cause.last = last;
}

/** Counts a line that is of no use, by what is wrong with it. */
export function countMalformed(tally: Tally, problem: string, example: () => Example): void {
  tally.lines.malformed++;
  addCount(tally.malformed, problem);
  if (tally.malformedExamples.length < mostExamples) tally.malformedExamples.push(example());
}

/** Adds what another tally has counted. */
export function addTally(to: Tally, from: Tally): void {
  for (const kind of lineKinds) to.lines[kind] += from.lines[kind];
  addHop(to.loadBalancer, from.loadBalancer);
  addHop(to.cloudfront, from.cloudfront);
  addHop(to.connections, from.connections);
  for (const group of from.groups.list) addGroup(to.groups, group);
  addCounter(to.failedChecks, from.failedChecks);
  addCounter(to.malformed, from.malformed);
  addExamples(to.malformedExamples, from.malformedExamples);
}

function addHop(to: HopTally, from: HopTally): void {
  to.requests += from.requests;
  to.cut += from.cut;
  addNumbers(to.statuses, from.statuses);
  addNumbers(to.passedOn, from.passedOn);
  addTimeline(to.timeline, from.timeline);
  for (const [key, cause] of from.causes) addCause(causeOf(to, key), cause);
}

/** Several tallies as one. */
export function mergeCauses(causes: readonly CauseTally[]): CauseTally {
  const all = newCause();
  for (const cause of causes) addCause(all, cause);
  return all;
}

function addCause(to: CauseTally, from: CauseTally): void {
  to.count += from.count;
  spanTimes(to, from.first, from.last);
  for (const key of counters) addCounter(to[key], from[key]);
  addExamples(to.examples, from.examples);
}

/** Adds counts by number. */
export function addNumbers(to: Map<number, number>, from: ReadonlyMap<number, number>): void {
  for (const [key, n] of from) to.set(key, (to.get(key) ?? 0) + n);
}

/** Keeps the first ones in the order of the files, whichever thread read them. */
function addExamples(to: Example[], from: readonly Example[]): void {
  to.push(...from);
  to.sort((a, b) => a.job - b.job || a.line - b.line).splice(mostExamples);
}
