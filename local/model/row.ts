/**
 * A row of the model: one resource type as data and small pure functions. What all rows have in
 * common (required inputs, references, names, replacement, deletion) is done by the account, which
 * reads them; a row holds only what is its own.
 */
import { REGION_NOT_SET } from "../../topology/resource";
import { LocalResource, Props, Refusal } from "./types";
import { InputRule } from "./rules";

/** What a row may ask of the account it lives in. */
export interface AccountView {
  /** Region of resources that do not name one. */
  readonly region: string;
  readonly accountId: string;
  /** Live resources of a type, oldest first; those given from outside included. */
  all(type: string): readonly LocalResource[];
  /**
   * The resource with this id or ARN. An id that the program did not make and nobody deleted stands
   * for one that exists outside of the program, unless AWS has no ids of that form.
   */
  lookup(type: string, idOrArn: string | undefined): LocalResource | undefined;
  /** Counts from 1 for every key: revisions of task definitions. */
  next(key: string): number;
  /** States that something exists outside of the program, with what is known about it. */
  adopt(type: string, id: string, outputs?: Props): LocalResource;
  /** Facts about a live resource that another one brought about (a certificate got issued). */
  amend(type: string, id: string, outputs: Props): void;
}

/** A resource about to be created or updated: inputs with defaults and physical name filled in. */
export interface Candidate {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  /** Set on updates only. */
  readonly id?: string;
  readonly inputs: Props;
  readonly region: string;
  /** Hexadecimal text of the wanted length, the same for the same resource in every run. */
  hex(length: number, purpose?: string): string;
}

/** A property that has to name something that exists. */
export interface InputReference {
  /** Property path, `[]` for lists. */
  readonly property: string;
  readonly type: string;
  /** AWS's code when there is no such thing. */
  readonly code: string;
  readonly message: (value: string) => string;
  /** False where the thing may live in another region, as with IAM and CloudFront. */
  readonly sameRegion?: boolean;
  readonly source?: string;
}

/** How the provider names a resource whose name the program leaves open. */
interface AutoName {
  readonly property: string;
  /** AWS's limit for the whole name. */
  readonly maxLength: number;
  /** True where the provider writes the name in lower case, because AWS takes nothing else. */
  readonly lowerCase?: boolean;
}

export interface ResourceModel {
  /** Pulumi type token. */
  readonly type: string;
  /** Property paths without which the provider refuses the resource. */
  readonly required?: readonly string[];
  /** Values that AWS or the provider assumes. */
  readonly defaults?: (inputs: Props) => Props;
  readonly autoName?: AutoName;
  /** What can be judged from the inputs alone. */
  readonly rules?: readonly InputRule[];
  readonly references?: readonly InputReference[];
  /** What depends on the rest of the account: duplicates, states, quotas. */
  readonly refuse?: (candidate: Candidate, account: AccountView) => Refusal[];
  /** Create-only property paths; `*` for all of them but tags. */
  readonly replaceOn?: readonly string[];
  /** Further create-only changes that depend on the values. */
  readonly replaceWhen?: (olds: Props, news: Props) => string[];
  /** Id, and what AWS computes. Called once per creation, and on updates for `recomputed`. */
  readonly outputs: (candidate: Candidate, account: AccountView) => { id: string } & Props;
  /** What of the computed outputs an update changes; they otherwise stay as created. */
  readonly recomputed?: readonly string[];
  /** What creation, or an update, brings about elsewhere in the account. */
  readonly effect?: (done: LocalResource, account: AccountView) => void;
  /** Updates that AWS refuses on top of `refuse`. */
  readonly refuseUpdate?: (resource: LocalResource, account: AccountView) => Refusal[];
  /** What keeps a resource from being deleted. */
  readonly inUse?: (resource: LocalResource, account: AccountView) => Refusal[];
  /**
   * Form of the ids of resources made outside of the program, and what is known about one.
   * @default of any form, and nothing is known
   */
  readonly outside?: {
    readonly id: RegExp;
    readonly outputs: (id: string, account: AccountView) => Props;
  };
}

/** Live resources of a type other than the candidate itself. */
export function others(candidate: Candidate, account: AccountView): readonly LocalResource[] {
  return account.all(candidate.type).filter((resource) => resource.id !== candidate.id);
}

/** True where two regions are not the same; false where one of them is not known. */
export function regionsDiffer(one: string, other: string): boolean {
  return one !== other && one !== REGION_NOT_SET && other !== REGION_NOT_SET;
}

/** Region a resource lives in. */
export function resourceRegion(resource: LocalResource, account: AccountView): string {
  const own = resource.outputs.region;
  return typeof own === "string" ? own : account.region;
}
