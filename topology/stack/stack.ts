/** A stack as rules see it: its resources with their references followed. */
import type { PrefixLists } from "../pathOf";
import { Inventory, text } from "../props";
import { type DeclaredResource, type Props, REGION_NOT_SET } from "../resource";
import { canonicalType } from "../tokens";
import { type Draft, resolve } from "./resolve";
import { marked, strict, type Unknown, unknownsIn, withoutUnknown } from "./unknown";

/** A resource as a stack is made of: what was recorded, or what the engine shows a policy. */
export interface StackSource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** What is known of it, AWS's outputs over the program's inputs, with {@link Unknown} values. */
  readonly props: Props;
  /** What the program wrote, where that is told apart. @default `props` */
  readonly inputs?: Props;
  /** URNs of the resources that the value of a top-level property depends on. @default none */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
  /** Region of the resource's provider; undefined where nothing says it. */
  readonly providerRegion?: string;
  /** Where the program declares it. */
  readonly position?: DeclaredResource["position"];
}

/** A resource of the stack. */
export interface StackResource extends DeclaredResource {
  /** What is known of it. Reading a property that is not throws {@link NotKnown}. */
  readonly props: Props;
  /** The same properties without those that are not known. */
  readonly known: Props;
  /** Region it is made in; undefined where nothing says it. */
  readonly region?: string;
  /** Its properties that are not known yet. */
  readonly unknown: readonly Unknown[];
}

/** The resources of a stack that rules look at: those of AWS, and what makes random values. */
export class Stack {
  readonly resources: readonly StackResource[];
  /** The same, with what is not known left out. */
  readonly declared: readonly DeclaredResource[];
  readonly #inventory: Inventory;
  readonly #byUrn: ReadonlyMap<string, StackResource>;
  readonly #makers: ReadonlyMap<string, string>;

  /**
   * @param prefixLists CloudFront's managed prefix lists, by id. Undefined where only AWS can say
   *   which they are: their ids differ from region to region
   */
  constructor(
    sources: readonly StackSource[],
    readonly prefixLists?: PrefixLists,
  ) {
    const read = sources.filter(({ type }) => /^(aws|awsx|random):/.test(type));
    const drafts = read.map(draftOf);
    this.#makers = resolve(drafts);
    this.resources = drafts.map((draft, i) => stackResource(draft, read[i]));
    this.declared = this.resources.map((resource, i) => ({
      ...resource,
      inputs: (withoutUnknown(read[i]?.inputs ?? drafts[i]?.props) ?? {}) as Props,
      outputs: resource.known,
    }));
    this.#inventory = new Inventory(this.resources);
    this.#byUrn = new Map(this.resources.map((resource) => [resource.urn, resource]));
  }

  /** The stack that recorded resources make. */
  static of(
    resources: readonly DeclaredResource[],
    about: { readonly region?: string; readonly prefixLists?: PrefixLists } = {},
  ): Stack {
    const made = resources.filter(({ id }) => id !== "");
    const sources = made.map(
      ({ urn, type, name, id, inputs, outputs, position, dependencies }): StackSource => ({
        ...{ urn, type, name, position, dependencies },
        inputs: marked(urn, inputs) as Props,
        providerRegion: about.region === REGION_NOT_SET ? undefined : about.region,
        props: marked(urn, { ...inputs, ...outputs, id }) as Props,
      }),
    );
    return new Stack(sources, about.prefixLists);
  }

  /** Resources of a type, by the one token of `token`. */
  of(type: string): readonly StackResource[] {
    return this.#inventory.of(type) as readonly StackResource[];
  }

  /** The resource of a type that an id or ARN means. */
  find(type: string, reference: string | undefined): StackResource | undefined {
    return this.#inventory.find(type, reference) as StackResource | undefined;
  }

  /** The resource with this URN. */
  get(urn: string): StackResource | undefined {
    return this.#byUrn.get(urn);
  }

  /** The resource that made a value that only AWS or a provider can make; undefined for any other. */
  behind(value: string): StackResource | undefined {
    return this.#byUrn.get(this.#makers.get(value) ?? "");
  }
}

function draftOf({ urn, type, name, props, dependencies = {} }: StackSource): Draft {
  return { urn, type: canonicalType(type), name, props: { ...props }, dependencies };
}

function stackResource(draft: Draft, source: StackSource | undefined): StackResource {
  const props = strict(draft.props);
  return {
    urn: draft.urn,
    type: draft.type,
    name: draft.name,
    id: text(draft.props, "id") ?? "",
    inputs: source?.inputs === undefined ? props : strict(source.inputs),
    outputs: props,
    props,
    known: withoutUnknown(draft.props) as Props,
    // The resource's own region (AWS provider 7), else its provider's.
    region: text(draft.props, "region") ?? source?.providerRegion,
    unknown: unknownsIn(draft.props),
    ...(source?.position && { position: source.position }),
  };
}
