/**
 * What a refused resource leaves in doubt. It is kept as if AWS had accepted it, so that what depends
 * on it is created and checked too; but what the model says of such a dependent counts as AWS's
 * refusal only where it holds whatever becomes of the refused resource once it is corrected.
 */
import { LocalResource, Props, Refusal } from "./types";
import { at, isKnown, walk } from "./props";
import type { World } from "./row";
import { variedWorld } from "./variedWorld";

/** A check whose outcome only the correction of something refused can show. */
export interface Unchecked {
  /** Property path. */
  readonly property?: string;
  /** URN of the refused resource, or token of the refused provider function. */
  readonly because: string;
  /** True where it is a value of `because` that is not known, and nothing is refused. */
  readonly unknown?: true;
}

/** What holds of a resource, and what is in doubt. */
export interface Sifted {
  readonly refusals: readonly Refusal[];
  readonly notChecked: readonly Unchecked[];
}

/** What the model says of one resource. */
export interface Objections {
  readonly inputs: Props;
  /** From the inputs alone, and about what they name. */
  readonly own: readonly Refusal[];
  /** About the rest of the account. */
  readonly found: readonly Refusal[];
  /** The same of an account that differs from it. */
  readonly around: (world: World) => readonly Refusal[];
}

/** Texts of this length or more are recognised within longer ones: ids, ARNs and host names. */
const TELLING = 12;

export class Doubts {
  /** Properties in doubt, by the URN of their resource. */
  private readonly keys = new Map<string, { because: string; keys: ReadonlySet<string> }>();
  /** Computed texts of resources in doubt, and what is to blame. */
  private readonly texts = new Map<string, string>();
  private readonly ids = new Set<string>();
  /** Properties that a refused resource has no value for; `*` for all. */
  private readonly lost = new Map<string, string>();

  /** The refused provider function or component that leaves everything without a value. */
  get emptied(): string | undefined {
    return this.lost.get("*");
  }

  /** Notes that something refused has no outputs at all, or only these. */
  addEmpty(because: string, outputs: Props = {}): void {
    this.lost.set("*", because);
    for (const text of textsOf(outputs)) this.texts.set(text, because);
  }

  /**
   * Notes a resource that was refused, or one that has a value of it.
   *
   * @param because undefined where nothing is in doubt unless its inputs are
   * @param named properties that AWS objects to
   * @param computed what AWS would compute, were the inputs right
   * @param owner the resource whose id or ARN a text is: that of another one is not in doubt
   */
  add(
    resource: LocalResource,
    because: string | undefined,
    named: readonly (string | undefined)[],
    computed: Props,
    owner: (text: string) => LocalResource | undefined,
  ): void {
    if (because === undefined && this.texts.size === 0) return;
    const { id, inputs, outputs } = resource;
    const fed = Object.entries(inputs).filter(([, value]) => this.blamed(value));
    const cause = because ?? fed.map(([, value]) => this.blamed(value))[0];
    if (cause === undefined) return;
    // Ids stay in either case: they say which resource is meant, and nothing about it.
    const doubtful = [
      ...named.flatMap((path) => path?.split(/[.[]/, 1) ?? []),
      ...fed
        .filter(([, value]) => !textsOf(value).every((t) => this.ids.has(t)))
        .map(([key]) => key),
      ...Object.keys(computed),
    ].filter((key) => outputs[key] !== id && !String(outputs[key]).startsWith("arn:"));
    this.keys.set(resource.urn, { because: cause, keys: new Set(doubtful) });

    const written = new Set(textsOf(inputs));
    const own = textsOf(computed).filter((t) => t.length >= TELLING && !written.has(t));
    for (const text of [id, ...own]) {
      const other = owner(text)?.urn ?? resource.urn;
      if (!this.texts.has(text) && other === resource.urn) this.texts.set(text, cause);
    }
    this.ids.add(id).add(String(outputs.arn));
    for (const [key, value] of Object.entries(computed))
      if (value === undefined && key !== "region") this.lost.set(key, cause);
  }

  /** Separates what AWS refuses from what a refused resource may be the cause of. */
  sift({ inputs, own, found, around }: Objections, world: World): Sifted {
    if (this.texts.size + this.lost.size === 0) {
      return { refusals: [...own, ...found], notChecked: [] };
    }
    const refusals: Refusal[] = [];
    const notChecked: Unchecked[] = [];
    const judge = (refusal: Refusal, because: string | undefined): void => {
      if (because === undefined) refusals.push(refusal);
      else notChecked.push({ property: refusal.property, because });
    };
    for (const refusal of own) judge(refusal, this.source(inputs, refusal.property));
    const others = found.length === 0 ? [] : this.corrected(world, around);
    for (const refusal of found) {
      const text = textOf(refusal);
      judge(refusal, others.find((other) => !other.said.has(text))?.because);
    }
    return { refusals, notChecked };
  }

  /** What is to blame for the value at a property; undefined where the program wrote it itself. */
  private source(inputs: Props, property: string | undefined): string | undefined {
    if (property === undefined) return undefined;
    const path = property.replace(/\[\d+\]/g, "[]");
    const reached =
      property === path ? at(inputs, path) : walk(inputs, path).filter(samePath(property));
    const known = reached.filter(({ value }) => isKnown(value));
    if (known.length === 0) {
      const last = property.split(".").at(-1) ?? property;
      return this.lost.get(last) ?? this.emptied;
    }
    return known.map(({ value }) => this.blamed(value)).find((cause) => cause !== undefined);
  }

  /** What the checks say where a refused resource is different, one way and another. */
  private corrected(
    world: World,
    around: Objections["around"],
  ): { because: string; said: ReadonlySet<string> }[] {
    const causes = [...new Set([...this.keys.values()].map(({ because }) => because))];
    return causes.flatMap((because) =>
      [absent, different].map((change) => {
        const vary = (resource: LocalResource): LocalResource => {
          const doubt = this.keys.get(resource.urn);
          return doubt?.because === because ? changed(resource, doubt.keys, change) : resource;
        };
        return { because, said: said(() => around(variedWorld(world, vary))) };
      }),
    );
  }

  private blamed(value: unknown): string | undefined {
    for (const text of textsOf(value)) {
      const exact = this.texts.get(text);
      if (exact !== undefined) return exact;
      for (const [part, because] of this.texts) {
        if (part.length >= TELLING && text.includes(part)) return because;
      }
    }
    return undefined;
  }
}

type Change = (resource: LocalResource, key: string) => unknown;
const absent: Change = () => undefined;
const different: Change = ({ urn }, key) => `corrected ${key} of ${urn}`;

function changed(
  resource: LocalResource,
  keys: ReadonlySet<string>,
  change: Change,
): LocalResource {
  const of = (props: Props): Props =>
    Object.fromEntries(
      Object.entries(props).map(([key, value]) => [
        key,
        keys.has(key) ? change(resource, key) : value,
      ]),
    );
  return { ...resource, inputs: of(resource.inputs), outputs: of(resource.outputs) };
}

/** Refusals as texts; none where the check cannot be made. */
function said(check: () => readonly Refusal[]): ReadonlySet<string> {
  try {
    return new Set(check().map(textOf));
  } catch {
    return new Set();
  }
}

/** Which refusal it is: how many of a quota are used may differ. */
const textOf = ({ code, property, message }: Refusal): string =>
  [code, property, message.replace(/\d+/g, "#")].join("\n");

const samePath =
  (property: string) =>
  ({ path }: { path: string }): boolean =>
    path === property;

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
