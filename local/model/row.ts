/**
 * A row of the model: one resource type as data and small pure functions. The account does what all
 * types have in common (required inputs, references, names, replacement, deletion); a row only has
 * what is specific to its type.
 */
import { textAt } from "./props";
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
   * The resource with this id or ARN. An id that is neither the program's nor deleted is assumed to
   * exist outside the program, unless AWS has no ids of that form.
   */
  lookup(type: string, idOrArn: string | undefined): LocalResource | undefined;
  /** Counts from 1 for every key: revisions of task definitions. */
  next(key: string): number;
  /**
   * States that something exists outside of the program, with what is known about it.
   *
   * @param name what the program calls it @default the id
   */
  adopt(type: string, id: string, outputs?: Props, name?: string): LocalResource;
  /** Changes outputs of a live resource because of another one (a certificate was issued). */
  amend(type: string, id: string, outputs: Props): void;
  /** The same of what the provider reads back as inputs, because AWS itself changed them. */
  amendInputs(type: string, id: string, inputs: Props): void;
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

/** A property that must refer to an existing resource. */
export interface InputReference {
  /** Property path, `[]` for lists. */
  readonly property: string;
  readonly type: string;
  /** AWS's error code if it does not exist. */
  readonly code: string;
  readonly message: (value: string) => string;
  /** False if it may be in another region, as with IAM and CloudFront. */
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

/** The model of one resource type. */
export interface ResourceModel {
  /** Pulumi type token. */
  readonly type: string;
  /** Property paths without which the provider refuses the resource. */
  readonly required?: readonly string[];
  /** Values that AWS or the provider assumes. */
  readonly defaults?: (inputs: Props) => Props;
  readonly autoName?: AutoName;
  /** Checks of the inputs alone. */
  readonly rules?: readonly InputRule[];
  readonly references?: readonly InputReference[];
  /** Checks that depend on the rest of the account: duplicates, states, quotas. */
  readonly refuse?: (candidate: Candidate, account: AccountView) => Refusal[];
  /** Create-only property paths; `*` for all of them but tags. */
  readonly replaceOn?: readonly string[];
  /** Further create-only changes that depend on the values. */
  readonly replaceWhen?: (olds: Props, news: Props) => string[];
  /**
   * What the provider refuses of a change of inputs, already in a preview.
   *
   * @param changed paths that differ
   */
  readonly refuseChange?: (changed: readonly string[], news: Props) => Refusal[];
  /** Id, and what AWS computes. Called once per creation, and on updates for `recomputed`. */
  readonly outputs: (candidate: Candidate, account: AccountView) => { id: string } & Props;
  /** What of the computed outputs an update changes; they otherwise stay as created. */
  readonly recomputed?: readonly string[];
  /** Changes elsewhere in the account after creation or an update. */
  readonly effect?: (done: LocalResource, account: AccountView) => void;
  /** Changes elsewhere in the account after an update only. */
  readonly changed?: (before: LocalResource, done: LocalResource, account: AccountView) => void;
  /** Refusals of updates, in addition to `refuse`. */
  readonly refuseUpdate?: (resource: LocalResource, account: AccountView) => Refusal[];
  /** Why AWS refuses to delete a resource. */
  readonly inUse?: (resource: LocalResource, account: AccountView) => Refusal[];
  /**
   * Form of the ids of resources made outside of the program, and what is known about one.
   * @default of any form, and nothing is known
   */
  readonly outside?: {
    readonly id: RegExp;
    readonly outputs: (id: string, account: AccountView) => Props;
    /** Which of the outputs only AWS knows: what they say is assumed, or not known. @default none */
    readonly assumed?: readonly string[];
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

/**
 * Region a resource lives in. Of what another program makes it is not known, unless an ARN or the
 * lookup says it: a provider of another region names it by its id alone.
 */
export function resourceRegion({ urn, outputs }: LocalResource, account: AccountView): string {
  if (typeof outputs.region === "string") return outputs.region;
  return urn === "" ? REGION_NOT_SET : account.region;
}

/** VPC of a subnet; undefined where the program does not make the subnet, and only AWS knows. */
export function vpcOfSubnet({ urn, outputs }: LocalResource): string | undefined {
  return urn === "" ? undefined : textAt(outputs, "vpcId");
}
