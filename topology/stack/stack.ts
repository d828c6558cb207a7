/** A stack for rules: its resources, with references resolved. */
import type { PrefixLists } from "../pathOf";
import { ResourceIndex, text } from "../props";
import { type DeclaredResource, type Props, REGION_NOT_SET } from "../resource";
import { canonicalType } from "../tokens";
import { type Draft, resolve } from "./resolve";
import {
  markUnknown,
  NotKnown,
  throwingView,
  Unknown,
  unknownsIn,
  withoutUnknown,
} from "./unknown";

/** The source of a stack's resource: recorded, or passed to a policy by the engine. */
export interface StackSource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Its properties: AWS's outputs override the program's inputs; with {@link Unknown} values. */
  readonly props: Props;
  /** The program's own inputs, if they are separate. @default `props` */
  readonly inputs?: Props;
  /** URNs of the resources that the value of a top-level property depends on. @default none */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
  /** URNs of all resources that it waits for, itself or with its parent. @default not known */
  readonly dependsOn?: readonly string[];
  /** Properties whose changes the program ignores. @default not known */
  readonly ignoreChanges?: readonly string[];
  /** Region of the resource's provider; undefined if it is not set. */
  readonly providerRegion?: string;
  /** Where the program declares it. */
  readonly position?: DeclaredResource["position"];
  /** True for a component whose resources are in the stack themselves. */
  readonly component?: boolean;
}

/** A resource of the stack. */
export interface StackResource extends DeclaredResource {
  /** Its properties. Reading an unknown one throws {@link NotKnown}. */
  readonly props: Props;
  /** The same properties without unknown values. */
  readonly known: Props;
  /** Its region; undefined if it is not set. */
  readonly region?: string;
  /** Its unknown properties. */
  readonly unknown: readonly Unknown[];
}

/** Packages whose resources rules read. */
const read = /^(aws|awsx|random):/;

/** The resources of a stack for rules: those of AWS, and those that make random values. */
export class Stack {
  readonly resources: readonly StackResource[];
  /** The same, without unknown values. */
  readonly declared: readonly DeclaredResource[];
  readonly #inventory: ResourceIndex;
  readonly #byUrn: ReadonlyMap<string, StackResource>;
  readonly #makers: ReadonlyMap<string, string>;
  /** What resources of other packages hold, as JSON text. */
  readonly #elsewhere: string;
  /** URNs of what they hold, also where it is not known yet. */
  readonly #heldElsewhere: ReadonlySet<string>;

  /**
   * @param prefixLists what is known of AWS's managed prefix lists, by id
   * @param mayHaveMore true where the program creates something in `apply` of an unknown value
   */
  constructor(
    sources: readonly StackSource[],
    readonly prefixLists?: PrefixLists,
    private readonly mayHaveMore = false,
  ) {
    const own = sources.filter(({ type }) => read.test(type));
    const others = sources.filter(
      ({ type, component }) => !component && !read.test(type) && !type.startsWith("pulumi:"),
    );
    this.#elsewhere = JSON.stringify(others.map(({ inputs, props }) => inputs ?? props));
    this.#heldElsewhere = new Set(
      others.flatMap(({ dependencies = {} }) => Object.values(dependencies).flat()),
    );
    const drafts = own.map(draftOf);
    this.#makers = resolve(drafts);
    this.resources = drafts.map((draft, i) => stackResource(draft, own[i]));
    this.declared = this.resources.map((resource, i) => ({
      ...resource,
      inputs: (withoutUnknown(own[i]?.inputs ?? drafts[i]?.props) ?? {}) as Props,
      outputs: resource.known,
    }));
    this.#inventory = new ResourceIndex(this.resources);
    this.#byUrn = new Map(this.resources.map((resource) => [resource.urn, resource]));
  }

  /** The stack that recorded resources make. */
  static of(
    resources: readonly DeclaredResource[],
    about: {
      readonly region?: string;
      readonly prefixLists?: PrefixLists;
      readonly mayHaveMore?: boolean;
    } = {},
  ): Stack {
    const made = resources.filter(({ id, remote }) => id !== "" || remote === true);
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    // A child is registered once its parent is, and the parent once what it waits for exists.
    const waitsFor = ({ parent, dependsOn }: DeclaredResource): readonly string[] | undefined => {
      const above = byUrn.get(parent ?? "");
      return dependsOn && above ? [...dependsOn, ...(waitsFor(above) ?? [])] : dependsOn;
    };
    const sources = made.map((resource): StackSource => {
      const { urn, type, name, id, inputs, outputs, position, dependencies, ignoreChanges } =
        resource;
      return {
        ...{ urn, type, name, position, dependencies, ignoreChanges },
        dependsOn: waitsFor(resource),
        ...(inputs !== outputs && { inputs: markUnknown(urn, inputs) as Props }),
        providerRegion: about.region === REGION_NOT_SET ? undefined : about.region,
        props: markUnknown(urn, { ...inputs, ...outputs, id }) as Props,
      };
    });
    return new Stack(sources, about.prefixLists, about.mayHaveMore);
  }

  /** Resources of a type, by its token in `token`. */
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

  /** URNs of everything that a resource waits for, directly or through others. */
  dependenciesOf({ dependsOn = [] }: StackResource): ReadonlySet<string> {
    const found = new Set<string>();
    const follow = (urns: readonly string[]): void => {
      for (const urn of urns) {
        if (found.has(urn)) continue;
        found.add(urn);
        follow(this.get(urn)?.dependsOn ?? []);
      }
    };
    follow(dependsOn);
    return found;
  }

  /** True for a resource that one of another package names, such as aws-native's or Kubernetes'. */
  isNamedElsewhere({ urn, id, known }: StackResource): boolean {
    if (this.#heldElsewhere.has(urn)) return true;
    return [id, text(known, "arn") ?? ""].some(
      (name) => name !== "" && this.#elsewhere.includes(JSON.stringify(name).slice(1, -1)),
    );
  }

  /**
   * Before a rule says that nothing uses a resource: the program may have more resources that do, since
   * what it creates in `apply` of an unknown value is in no preview.
   *
   * @throws {NotKnown} as long as the resource's id is not known, or the program may have more
   */
  requireExisting({ urn, id }: StackResource): void {
    if (this.mayHaveMore) throw new NotKnown(new Unknown(urn, []));
    if (this.behind(id) !== undefined) throw new NotKnown(new Unknown(urn, ["id"]));
  }

  /** The resource that made a value, if only AWS or a provider can make it; otherwise undefined. */
  behind(value: string): StackResource | undefined {
    return this.#byUrn.get(this.#makers.get(value) ?? "");
  }
}

function draftOf({ urn, type, name, props, dependencies = {} }: StackSource): Draft {
  return { urn, type: canonicalType(type), name, props: { ...props }, dependencies };
}

function stackResource(draft: Draft, source: StackSource | undefined): StackResource {
  const props = throwingView(draft.props);
  return {
    urn: draft.urn,
    type: draft.type,
    name: draft.name,
    id: text(draft.props, "id") ?? "",
    inputs: source?.inputs === undefined ? props : throwingView(source.inputs),
    outputs: props,
    props,
    known: withoutUnknown(draft.props) as Props,
    // The resource's own region (AWS provider 7), otherwise its provider's.
    region: text(draft.props, "region") ?? source?.providerRegion,
    unknown: unknownsIn(draft.props),
    ...(source?.dependsOn && { dependsOn: source.dependsOn }),
    ...(source?.ignoreChanges && { ignoreChanges: source.ignoreChanges }),
    ...(source?.position && { position: source.position }),
  };
}
