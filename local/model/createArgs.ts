/** What the account gets for a resource to create. */
import type { OnVerdict } from "./refusal";
import type { LocalResource, Position, Props } from "./types";

/** A resource to create. */
export interface CreateArgs {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  readonly parent?: string;
  readonly inputs: Props;
  /** URNs of the resources that the value of a top-level input depends on. @default none */
  readonly dependencies?: LocalResource["dependencies"];
  /** URNs of all resources that it waits for. @default not recorded */
  readonly dependsOn?: LocalResource["dependsOn"];
  readonly ignoreChanges?: LocalResource["ignoreChanges"];
  readonly protect?: boolean;
  /** Region of the provider that a component passes to its resources. @default the account's */
  readonly region?: string;
  /** Where the program declares it. */
  readonly position?: Position;
  /** False for components, which have no physical id. @default true */
  readonly custom?: boolean;
  /** False for a component that the program makes. @default true for those that are modelled */
  readonly remote?: boolean;
  /**
   * Takes what AWS refuses; the resource is then kept as if AWS had accepted it, so that what depends
   * on it can be created too. @default a refusal is thrown, and nothing is kept
   */
  readonly onVerdict?: OnVerdict;
}
