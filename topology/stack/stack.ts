/** A stack as rules see it: its resources with their references followed, and its paths. */
import type { PolicyResource } from "@pulumi/policy";
import { Inventory, text } from "../props";
import type { DeclaredResource, Props } from "../resource";
import { type Draft, resolve } from "./resolve";
import { canonicalType } from "../tokens";
import { plainProps, strict, type Unknown, unknownsIn, withoutUnknown } from "./unknown";

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
  readonly #standIns: ReadonlyMap<string, string>;

  constructor(resources: readonly PolicyResource[]) {
    const looked = resources.filter(({ type }) => /^(aws|awsx|random):/.test(type));
    const drafts = looked.map(draftOf);
    this.#standIns = resolve(drafts);
    this.resources = drafts.map((draft, i) => stackResource(draft, looked[i]));
    this.declared = this.resources.map(({ urn, type, name, id, known }) => ({
      ...{ urn, type, name, id },
      inputs: known,
      outputs: known,
    }));
    this.#inventory = new Inventory(this.resources);
    this.#byUrn = new Map(this.resources.map((resource) => [resource.urn, resource]));
  }

  /** Resources of a type, by the one token of {@link token}. */
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

  /** The resource whose output a text stands in for; undefined for a real value. */
  behind(standIn: string): StackResource | undefined {
    return this.#byUrn.get(this.#standIns.get(standIn) ?? "");
  }
}

function draftOf(resource: PolicyResource): Draft {
  const dependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([property, on]) => [
      property,
      on.map(({ urn }) => urn),
    ]),
  );
  // What is not known and depends on nothing in the program is what AWS will fill in, because the
  // program says nothing there.
  const left = (property: string): boolean => (dependencies[property] ?? []).length === 0;
  return {
    urn: resource.urn,
    type: canonicalType(resource.type),
    name: resource.name,
    props: plainProps(resource.urn, resource.props as Props, left),
    dependencies,
  };
}

function stackResource(draft: Draft, resource: PolicyResource | undefined): StackResource {
  const props = strict(draft.props);
  return {
    urn: draft.urn,
    type: draft.type,
    name: draft.name,
    id: text(draft.props, "id") ?? "",
    inputs: props,
    outputs: props,
    props,
    known: withoutUnknown(draft.props) as Props,
    region: regionOf(draft.props, resource),
    unknown: unknownsIn(draft.props),
  };
}

/** The resource's own region (AWS provider 7), else its provider's. */
function regionOf(props: Props, resource: PolicyResource | undefined): string | undefined {
  const settings = resource?.provider
    ? plainProps(resource.provider.urn, resource.provider.props as Props)
    : {};
  return text(props, "region") ?? text(settings, "region");
}
