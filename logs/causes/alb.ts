/**
 * The causes of every answer of a load balancer itself. The first row that matches decides, so
 * special cases come before general ones; the last row always matches.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#load-balancer-http-error-codes
 */
import { sources } from "../../path/sources";
import type { AlbEntry } from "../alb/entry";
import { clientCauses } from "./albClient";
import { type AlbFacts, factsOf } from "./albFacts";
import { identityCauses, webAclCauses } from "./albIdentity";
import { mismatchCauses } from "./albMismatch";
import { targetCauses } from "./albTarget";
import type { Cause } from "./cause";
import { firstThatHolds } from "./condition";

/** A listener rule with its own answer explains the status; other meanings of the status do not apply. */
const fixedResponse: Cause<AlbFacts> = {
  code: "fixed-response",
  severity: "note",
  when: [{ field: "actions", ends: "fixed-response" }],
  title: "a rule of the listener answered",
  why: "The rule or default action that matched is a fixed response. With a secret header between CloudFront and the load balancer this is the 403 for every caller without it.",
  advice: [
    {
      change: "Nothing, if these callers should be rejected.",
      source: sources.albActions,
    },
    { rule: "secret-header-not-sent" },
  ],
};

/** A status that AWS's page does not list: 431 and 461, for instance. */
const undocumented: Cause<AlbFacts> = {
  code: "undocumented-status",
  severity: "warning",
  when: [],
  title: "a status that AWS does not document for load balancers",
  why: "The target did not answer (target_status_code is `-`), and AWS's page of the statuses that a load balancer makes does not list this one.",
  advice: [
    {
      change:
        "Look at actions_executed and error_reason, near the end of the example line; ask AWS with its trace id.",
      source: sources.albStatusCodes,
    },
  ],
};

/** All causes, in the order in which they are checked. */
export const albCauses: readonly Cause<AlbFacts>[] = [
  fixedResponse,
  ...webAclCauses,
  ...mismatchCauses,
  ...targetCauses,
  ...identityCauses,
  ...clientCauses,
  undocumented,
];

/** Why the load balancer itself answered. Only for lines for which {@link madeByLoadBalancer} is true. */
export function albCauseOf(entry: AlbEntry): Cause<AlbFacts> {
  return firstThatHolds(rowsFor(entry.status), factsOf(entry)) ?? undocumented;
}

const rowsByStatus = new Map<number, readonly Cause<AlbFacts>[]>();

/** Rows that are not about another status: most are about one, and there may be millions of lines. */
function rowsFor(status: number): readonly Cause<AlbFacts>[] {
  let rows = rowsByStatus.get(status);
  if (rows === undefined) {
    rows = albCauses.filter(({ when }) =>
      when.every((one) => one.field !== "status" || !("is" in one) || one.is === status),
    );
    rowsByStatus.set(status, rows);
  }
  return rows;
}

/**
 * True when an error is the load balancer's and not the target's: the target gave no status, or
 * not the one that the client got.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function madeByLoadBalancer(status: number, targetStatus: number): boolean {
  return (status >= 400 || status === 0) && targetStatus !== status;
}
