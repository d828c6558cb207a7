/** The differences between two stacks, as plain data. */
import type { Opening, PlanFinding, PlanResource } from "./types";

/** One difference; `null` if one of them has no value. */
export interface PlanChange {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface PathDiff {
  readonly from: string;
  readonly to: string;
  /** By the end of the hop: `load balancer`. */
  readonly hops: readonly { readonly hop: string; readonly changes: readonly PlanChange[] }[];
  /** Requests with a different result. */
  readonly requests: readonly PlanChange[];
}

export interface ResourceDiff extends PlanResource {
  readonly properties: readonly PlanChange[];
}

/** The differences between two stacks; `from` is the one of --stack. */
export interface PlanDiff {
  readonly schemaVersion: 1;
  readonly from: string;
  readonly to: string;
  /** True when nothing differs. */
  readonly same: boolean;
  readonly settings: readonly PlanChange[];
  readonly paths: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly PathDiff[];
  };
  readonly findings: {
    readonly added: readonly PlanFinding[];
    readonly removed: readonly PlanFinding[];
  };
  /** By service: the number of tasks and what changes it. */
  readonly tasks: readonly PlanChange[];
  readonly openings: { readonly added: readonly Opening[]; readonly removed: readonly Opening[] };
  readonly resources: {
    readonly added: readonly PlanResource[];
    readonly removed: readonly PlanResource[];
    readonly changed: readonly ResourceDiff[];
  };
  readonly cost: {
    readonly from: number | null;
    readonly to: number | null;
    /** The same with the most tasks, where that differs and their number changes in one of them. */
    readonly most?: { readonly from: number | null; readonly to: number | null };
    readonly items: readonly PlanChange[];
  };
}
