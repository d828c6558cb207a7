/** A resource of any program, as plain data, for every reader of declared resources. */

/** Marks a value that is not known yet (a preview), or that no model knows. */
export const UNKNOWN = Symbol.for("hopwise.local.unknown");

/**
 * Placeholder for an unknown value in a longer text, such as JSON that a program writes around
 * it. It is what Pulumi's SDK sends in place of such a value.
 */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Region of resources for which neither program, stack nor environment names one. */
export const REGION_NOT_SET = "region-not-set";

/** A property bag as Pulumi sends it: JSON values, or markers for values that are not known. */
export type Props = Record<string, unknown>;

/** A place in a program's source. */
export interface Position {
  /** Relative to the program's folder, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; absent where only the line is known. */
  readonly column?: number;
}

/** One resource, as the program declared it and as AWS would return it. */
export interface DeclaredResource {
  /** `urn:pulumi:stack::project::parentType$type::name` */
  readonly urn: string;
  /** Pulumi type token, e.g. `aws:lb/targetGroup:TargetGroup`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** URN of the parent, if it is known. */
  readonly parent?: string;
  /** Physical id, as AWS would have given it. Empty for components. */
  readonly id: string;
  /** What the program wrote; secrets unwrapped. */
  readonly inputs: Props;
  /** Inputs plus what AWS computes (arn, dnsName, ...). */
  readonly outputs: Props;
  /** URNs of the resources that the value of a top-level input depends on. @default none */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
  /**
   * URNs of all resources that it waits for, those of `dependsOn` too. Absent: not recorded, as for
   * what a package's component makes.
   */
  readonly dependsOn?: readonly string[];
  /** Properties whose changes the program ignores. Absent: not recorded. */
  readonly ignoreChanges?: readonly string[];
  /** True where Pulumi refuses to delete it. Absent: not recorded, or false. */
  readonly protect?: boolean;
  /** Where the program declares it; for what a package's component makes, where the component is. */
  readonly position?: Position;
  /** True for a component that its package makes: its resources are not in the program's account. */
  readonly remote?: true;
  /** True where AWS refuses it: its outputs are what AWS would return had it accepted it. */
  readonly refused?: boolean;
}
