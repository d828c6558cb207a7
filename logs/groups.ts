/** Target groups by name, found by the bytes of a line without creating a string. */
import { printable } from "./fields";
import { seenKinds } from "./targetGroup";

/** The counts of one target group. */
export interface GroupTally {
  /** Its ARN; empty for requests that were sent to none (redirects, refusals). */
  readonly arn: string;
  requests: number;
  /** Errors of the load balancer itself. */
  errors: number;
  /** Counts in the order of `seenKinds`. */
  readonly seen: number[];
  /**
   * When a target first answered CloudFront over HTTP/2, other than gRPC (HTTP/2 POST may be), and
   * when HTTP/1.1 was last refused with 464. Seconds since 1970; NaN where it was not seen.
   */
  edgeHttp2First: number;
  http1RefusedLast: number;
  /** Errors of the targets themselves, by status. */
  readonly own: Map<number, number>;
}

/** Plain data; `others` has the counts of the groups over the limit. */
export interface Groups {
  readonly list: GroupTally[];
}

/** Target groups kept; a load balancer has a hundred at most. */
const mostGroups = 1000;
const othersArn = "others";

/** True for the counts of one known target group. */
export const isOneGroup = ({ arn }: GroupTally): boolean => arn !== "" && arn !== othersArn;

const newGroup = (arn: string): GroupTally => ({
  arn,
  requests: 0,
  errors: 0,
  seen: seenKinds.map(() => 0),
  edgeHttp2First: NaN,
  http1RefusedLast: NaN,
  own: new Map(),
});

export const newGroups = (): Groups => ({ list: [] });

/** The counts of a target group. */
export function groupOf({ list }: Groups, arn: string): GroupTally {
  const name = list.length >= mostGroups ? othersArn : arn;
  let group = list.find((one) => one.arn === arn) ?? list.find((one) => one.arn === name);
  if (group === undefined) {
    group = newGroup(name);
    list.push(group);
  }
  return group;
}

/** Adds counts of the same target group from elsewhere. */
export function addGroup(groups: Groups, from: GroupTally): void {
  const to = groupOf(groups, from.arn);
  to.requests += from.requests;
  to.errors += from.errors;
  sawEdgeHttp2(to, from.edgeHttp2First);
  sawHttp1Refused(to, from.http1RefusedLast);
  from.seen.forEach((n, index) => (to.seen[index] = (to.seen[index] ?? 0) + n));
  for (const [status, n] of from.own) to.own.set(status, (to.own.get(status) ?? 0) + n);
}

/** Records when a target answered CloudFront over HTTP/2. */
export function sawEdgeHttp2(group: GroupTally, seconds: number): void {
  if (!(group.edgeHttp2First <= seconds) && !Number.isNaN(seconds)) group.edgeHttp2First = seconds;
}

/** Records when HTTP/1.1 was refused with 464. */
export function sawHttp1Refused(group: GroupTally, seconds: number): void {
  if (!(group.http1RefusedLast >= seconds) && !Number.isNaN(seconds))
    group.http1RefusedLast = seconds;
}

/** Finds the counts of a target group by the bytes of its ARN. */
export class GroupIndex {
  private readonly byHash = new Map<
    number,
    { readonly bytes: Uint8Array; readonly group: GroupTally }
  >();

  constructor(private readonly groups: Groups) {}

  /** The counts of the group whose ARN is in `bytes[from..to)`. */
  at(bytes: Buffer, from: number, to: number): GroupTally {
    // The end of an ARN is random; the start is the same for all.
    let hash = to - from;
    for (let i = Math.max(from, to - 16); i < to; i++)
      hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const known = this.byHash.get(hash);
    if (known !== undefined && sameEnd(known.bytes, bytes, from, to)) return known.group;
    const arn = printable(bytes.toString("utf8", from, to));
    const group = groupOf(this.groups, arn === "-" ? "" : arn);
    // Two groups with the same hash replace each other: slower, but correct. Damaged logs can have any number of ARNs.
    if (known !== undefined || this.byHash.size < mostGroups)
      this.byHash.set(hash, { bytes: Uint8Array.prototype.slice.call(bytes, from, to), group });
    return group;
  }
}

/** Bytes at the end of an ARN that are compared: its id, which is random, and some of its name. */
const comparedBytes = 24;

function sameEnd(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  const { length } = known;
  if (length !== to - from) return false;
  for (let i = Math.max(0, length - comparedBytes); i < length; i++)
    if (known[i] !== bytes[from + i]) return false;
  return true;
}
