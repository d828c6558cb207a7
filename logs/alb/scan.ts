/**
 * Counts access log lines as bytes. The millions of lines of answered requests are counted without
 * creating a string; only a line with an error of the load balancer itself is read in full.
 */
import { albCauseOf, madeByLoadBalancer } from "../causes/alb";
import { factsOf } from "../causes/albFacts";
import { FieldSplitter } from "../fields";
import { clientOriginOf, cloudfrontAgent } from "../clientOrigin";
import { dependsOnGroup } from "../causes/narrowByGroup";
import { GroupIndex, groupOf, type GroupTally, sawEdgeHttp2, sawHttp1Refused } from "../groups";
import { pathGroup } from "../paths";
import { causeKey, countCause, type Example, type Tally } from "../tally";
import { seenIndex } from "../targetGroup";
import { TimeReader } from "../time";
import { countAt } from "../timeline";
import { inWindow, type Wanted } from "../wanted";
import { is, isType } from "./bytes";
import { columnIndex, countedFields, fewestFields } from "./columns";
import { albEntryOf, type AlbEntry } from "./entry";

const G = 0x67;
const O = 0x4f;
const P = 0x50;
const DASH = 0x2d;
const QUOTE = 0x22;

// Constants: an imported name is looked up at every use, and these are used for every line.
const TYPE = columnIndex.type;
const TIME = columnIndex.time;
const STATUS = columnIndex.elb_status_code;
const TARGET_STATUS = columnIndex.target_status_code;
const REQUEST = columnIndex.request;
const GROUP = columnIndex.target_group_arn;
const CREATED = columnIndex.request_creation_time;
const COUNTED = countedFields;
const CLIENT = columnIndex["client:port"];
const AGENT = columnIndex.user_agent;
const HTTP2_TAKEN = seenIndex("HTTP/2", false, true);
const HTTP1_REFUSED = seenIndex("HTTP/1", false, false);
const HTTP1_POST_REFUSED = seenIndex("HTTP/1", true, false);

/** Addresses that are kept. */
const mostCallers = 10_000;

/** Counts the lines of a load balancer's access log. */
export class AlbScanner {
  private readonly fields = new FieldSplitter();
  private readonly times = new TimeReader();
  private readonly groups: GroupIndex;
  /** Requests of the minute last seen, not yet in the timeline: a log is nearly in order. */
  private minute = NaN;
  private pending = 0;
  private readonly statuses = new Float64Array(1000);
  /** Whether an address is CloudFront's, of clients that speak HTTP/2. */
  private readonly callers = new Map<string, boolean>();

  constructor(
    private readonly tally: Tally,
    private readonly wanted: Wanted,
    private readonly example: () => Example,
  ) {
    this.groups = new GroupIndex(tally.groups);
  }

  /**
   * Counts `bytes[from..to)` and returns true if it is a line of an access log with all fields that
   * are needed: up to the target group if the request was answered, all of them if the load balancer
   * itself made an error.
   */
  scan(bytes: Buffer, from: number, to: number): boolean {
    const { fields, tally } = this;
    const { starts, ends } = fields;
    if (
      fields.split(bytes, from, to, COUNTED) < COUNTED ||
      fields.open ||
      !isType(bytes, starts[TYPE] ?? 0, ends[TYPE] ?? 0)
    )
      return false;
    // With other quotes than the log's own, fields begin elsewhere.
    if (bytes[(starts[REQUEST] ?? 0) - 1] !== QUOTE) return false;
    const seconds = this.times.read(bytes, starts[TIME] ?? 0, ends[TIME] ?? 0);
    const status = this.status(bytes, STATUS);
    const targetStatus = this.status(bytes, TARGET_STATUS);
    if (!(seconds >= 0) || status < 0 || targetStatus < -1) return false;
    const failed = (status >= 400 || status === 0) && targetStatus !== status;
    const entry = failed ? this.entry(bytes, from, to) : undefined;
    if (failed && entry === undefined) return false;
    if (!inWindow(this.wanted, seconds)) {
      tally.lines.outside++;
      return true;
    }
    tally.lines.loadBalancer++;
    tally.loadBalancer.requests++;
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    this.countMinute(Math.floor(seconds / 60));

    const group = this.groups.at(bytes, starts[GROUP] ?? 0, ends[GROUP] ?? 0);
    group.requests++;
    if (targetStatus >= 0 || status === 464) {
      const index = this.seen(bytes, targetStatus >= 0);
      if (index >= 0) group.seen[index] = (group.seen[index] ?? 0) + 1;
      if (index === HTTP2_TAKEN && this.isFromCloudfront(bytes)) sawEdgeHttp2(group, seconds);
      if (index === HTTP1_REFUSED || index === HTTP1_POST_REFUSED) sawHttp1Refused(group, seconds);
    }
    if (entry !== undefined) {
      group.errors++;
      this.countError(entry, seconds, group);
    } else if (status >= 400) group.own.set(status, (group.own.get(status) ?? 0) + 1);
    return true;
  }

  /** All fields of a line; undefined if it was cut. */
  private entry(bytes: Buffer, from: number, to: number): AlbEntry | undefined {
    const { fields } = this;
    const n = fields.split(bytes, from, to);
    if (n < fewestFields || fields.open || !this.isInPlace(bytes)) return undefined;
    return albEntryOf((i) =>
      i < n ? bytes.toString("utf8", fields.starts[i], fields.ends[i]) : undefined,
    );
  }

  /** False if a quote within a field shifted the following fields: then the creation time is not a time. */
  private isInPlace(bytes: Buffer): boolean {
    const start = this.fields.starts[CREATED] ?? 0;
    return bytes[start] === DASH || (bytes[start + 4] === DASH && bytes[start + 7] === DASH);
  }

  /** Counts a record that was read by the names of its fields, or a line that was cut, as far as it goes. */
  count(entry: AlbEntry, cut: boolean): void {
    const { tally } = this;
    const seconds = entry.time === undefined ? NaN : Math.floor(entry.time / 1000);
    if (!inWindow(this.wanted, seconds)) {
      tally.lines.outside++;
      return;
    }
    const { status, targetStatus } = entry;
    tally.lines.loadBalancer++;
    tally.loadBalancer.requests++;
    if (cut) tally.loadBalancer.cut++;
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    if (!Number.isNaN(seconds)) countAt(tally.loadBalancer.timeline, seconds, 1);
    const group = groupOf(tally.groups, entry.targetGroup ?? "");
    group.requests++;
    const { spoke, method } = factsOf(entry);
    if (spoke !== undefined && method && (targetStatus >= 0 || status === 464)) {
      const index = seenIndex(spoke, method === "POST", targetStatus >= 0);
      group.seen[index] = (group.seen[index] ?? 0) + 1;
      if (index === HTTP2_TAKEN && entry.from === "cloudfront") sawEdgeHttp2(group, seconds);
      if (spoke === "HTTP/1" && targetStatus < 0) sawHttp1Refused(group, seconds);
    }
    if (madeByLoadBalancer(status, targetStatus)) {
      group.errors++;
      this.countError(entry, seconds, group);
    } else if (status >= 400) group.own.set(status, (group.own.get(status) ?? 0) + 1);
  }

  /** Adds pending counts to the tally. Call this at the end. */
  finish(): void {
    const { timeline, statuses } = this.tally.loadBalancer;
    if (this.pending > 0) countAt(timeline, this.minute * 60, this.pending);
    this.pending = 0;
    this.statuses.forEach((n, status) => {
      if (n > 0) statuses.set(status, (statuses.get(status) ?? 0) + n);
    });
    this.statuses.fill(0);
  }

  private countError(entry: AlbEntry, seconds: number, group: GroupTally): void {
    const { loadBalancer } = this.tally;
    const cause = albCauseOf(entry);
    const key = causeKey(loadBalancer, cause.code, dependsOnGroup(cause) ? group.arn : undefined);
    const reason = [
      entry.errorReason,
      entry.classificationReason,
      entry.targetError,
      entry.elbError,
    ].find((one) => one !== undefined && one !== "");
    const failed = {
      seconds,
      status: entry.status,
      client: `${entry.version ?? entry.type ?? "?"}${entry.type === "grpcs" ? " gRPC" : ""}, ${entry.from}`,
      agent: entry.userAgent,
      targetGroup: entry.targetGroup,
      target: entry.target,
      loadBalancer: entry.loadBalancer,
      path: entry.url === undefined ? undefined : pathGroup(entry.url),
      reason,
    };
    countCause(loadBalancer, key, failed, this.example);
  }

  private countMinute(minute: number): void {
    if (minute !== this.minute) {
      if (this.pending > 0)
        countAt(this.tally.loadBalancer.timeline, this.minute * 60, this.pending);
      this.minute = minute;
      this.pending = 0;
    }
    this.pending++;
  }

  /** Three digits; -1 for `-`, -2 for anything else. */
  private status(bytes: Buffer, field: number): number {
    const start = this.fields.starts[field] ?? 0;
    const length = (this.fields.ends[field] ?? 0) - start;
    if (length === 1 && bytes[start] === DASH) return field === TARGET_STATUS ? -1 : -2;
    if (length !== 3) return -2;
    let value = 0;
    for (let i = start; i < start + 3; i++) {
      const digit = (bytes[i] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return -2;
      value = value * 10 + digit;
    }
    return value;
  }

  /** By user agent or address, as `clientOriginOf` says it, which is asked once for each address. */
  private isFromCloudfront(bytes: Buffer): boolean {
    const { starts, ends } = this.fields;
    const agent = starts[AGENT] ?? 0;
    const named = (ends[AGENT] ?? 0) - agent === cloudfrontAgent.length;
    if (named && is(bytes, agent, cloudfrontAgent)) return true;
    const client = bytes.toString("latin1", starts[CLIENT], ends[CLIENT]);
    const address = client.slice(0, client.lastIndexOf(":"));
    let from = this.callers.get(address);
    if (from === undefined) {
      from = clientOriginOf(client) === "cloudfront";
      if (this.callers.size < mostCallers) this.callers.set(address, from);
    }
    return from;
  }

  /** What the request shows about its target group; -1 where the request cannot be read. */
  private seen(bytes: Buffer, taken: boolean): number {
    const start = this.fields.starts[REQUEST] ?? 0;
    let end = this.fields.ends[REQUEST] ?? 0;
    if (bytes[end - 1] === 0x20) end--;
    // `HTTP/1.1` or `HTTP/2.0` at the end; the number before the dot decides.
    if (end - start < 12 || bytes[end - 2] !== 0x2e || bytes[end - 4] !== 0x2f) return -1;
    const http2 = bytes[end - 3] === 0x32;
    const post = bytes[start] === P && bytes[start + 1] === O;
    const grpc = bytes[this.fields.starts[TYPE] ?? 0] === G;
    return seenIndex(grpc ? "gRPC" : http2 ? "HTTP/2" : "HTTP/1", post, taken);
  }
}
