/**
 * Every answer that a load balancer makes itself, and why. The first row that holds decides, so the
 * particular stand before the general; each status ends with a row of its own that always holds.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#load-balancer-http-error-codes
 */
import { sources } from "../../path/sources";
import type { AlbEntry } from "../alb/entry";
import { clientCauses } from "./albClient";
import { type AlbFacts, factsOf } from "./albFacts";
import { identityCauses } from "./albIdentity";
import { mismatchCauses } from "./albMismatch";
import { targetCauses } from "./albTarget";
import type { Cause } from "./cause";
import { firstThatHolds } from "./condition";

/** What the rules of the listener say comes before what the status could mean otherwise. */
const ownRule: Cause<AlbFacts> = {
  code: "fixed-response",
  severity: "note",
  when: [{ field: "actions", ends: "fixed-response" }],
  title: "a rule of the listener answered",
  why: "The rule or default action that matched is a fixed response. With a secret header between CloudFront and the load balancer this is the 403 for everybody who lacks it.",
  change:
    "Nothing where these callers are meant to be turned away. Where they are CloudFront's: send the value that the rule asks for (`origin.secret.send` must be one of `origin.secret.accept`; docs/rotation.md).",
  findings: ["secret-header-not-sent"],
  source: sources.restrictAlb,
};

/** A status that AWS's page does not have: 431 and 461 among them. */
const undocumented: Cause<AlbFacts> = {
  code: "undocumented-status",
  severity: "warning",
  when: [],
  title: "a status that AWS does not document for load balancers",
  why: "The target gave no answer of its own (target_status_code is `-`), and AWS's page of the statuses that a load balancer makes does not have this one.",
  change:
    "Look at actions_executed and error_reason of the example line; ask AWS with its trace id.",
  source: sources.albStatusCodes,
};

/** All causes, in the order in which they are asked. */
export const albCauses: readonly Cause<AlbFacts>[] = [
  ownRule,
  ...mismatchCauses,
  ...targetCauses,
  ...identityCauses,
  ...clientCauses,
  undocumented,
];

/** Why the load balancer answered by itself. Only for a line for which {@link madeByLoadBalancer} holds. */
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
 * another one than the client got.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function madeByLoadBalancer(status: number, targetStatus: number): boolean {
  return (status >= 400 || status === 0) && targetStatus !== status;
}
