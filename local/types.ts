/** What the local AWS is given and gives back: plain data that every part of `local/` shares. */

/** A property bag as Pulumi sends it. Values are JSON, {@link UNKNOWN}, or nested bags and lists. */
export type Props = Record<string, unknown>;

/** Stands for a value that is not known yet (a preview). The adapters translate it. */
export const UNKNOWN = Symbol.for("hopwise.local.unknown");

/** One resource of the local account, as the program declared it and as AWS would return it. */
export interface LocalResource {
  /** `urn:pulumi:stack::project::parentType$type::name` */
  readonly urn: string;
  /** Pulumi type token, e.g. `aws:lb/targetGroup:TargetGroup`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** URN of the parent, where it is known. */
  readonly parent?: string;
  /** Physical id, as AWS would have given it. Empty for components. */
  readonly id: string;
  /** What the program wrote; secrets unwrapped. */
  readonly inputs: Props;
  /** Inputs plus what AWS computes (arn, dnsName, ...). */
  readonly outputs: Props;
}

/** One refusal: what AWS (or the provider in front of it) would answer. */
export interface Refusal {
  /** AWS's error code where it has one, e.g. `InvalidLoadBalancerAction`. */
  readonly code: string;
  readonly message: string;
  /** Property path, e.g. `healthCheck.timeout`. */
  readonly property?: string;
  /** Where AWS documents it. */
  readonly source?: string;
}
