/**
 * Which values come from a refused resource. Such a resource is kept as if AWS had accepted it, so
 * that its dependents are created and checked too. A refusal of a dependent only counts if it does
 * not depend on how the refused resource is corrected.
 */
import { LocalResource, Props, Refusal } from "./types";
import { valuesAt, isKnown, allValuesAt } from "./props";
import type { AccountView } from "./row";
import { variedAccount } from "./variedAccount";

/** A check whose result depends on how something refused is corrected. */
export interface Unchecked {
  /** Property path. */
  readonly property?: string;
  /** URN of the refused resource, or token of the refused provider function. */
  readonly because: string;
  /** True if a value of `because` is not known, and nothing is refused. */
  readonly unknown?: true;
}

/** What AWS certainly refuses of a resource, and what was not checked. */
export interface RefusalOutcome {
  readonly refusals: readonly Refusal[];
  readonly notChecked: readonly Unchecked[];
}

/** What the model would refuse of one resource. */
export interface PossibleRefusals {
  readonly inputs: Props;
  /** From the inputs alone, and the resources that they name. */
  readonly fromInputs: readonly Refusal[];
  /** From the rest of the account. */
  readonly fromAccount: readonly Refusal[];
  /** `fromAccount` for an account that differs from it. */
  readonly inWorld: (account: AccountView) => readonly Refusal[];
}

/** Texts of this length or more are recognised within longer ones: ids, ARNs and host names. */
const minimumPartLength = 12;

/** Tracks values that come from refused resources. */
export class RefusalTaint {
  /** Properties that may change once the cause is corrected, by the URN of their resource. */
  private readonly keys = new Map<string, { because: string; keys: ReadonlySet<string> }>();
  /** Computed texts of these resources, and their cause. */
  private readonly texts = new Map<string, string>();
  private readonly ids = new Set<string>();
  /** Properties that have no value because of a refusal, and its cause; `*` for all. */
  private readonly missing = new Map<string, string>();

  /** The refused provider function or component whose outputs are all missing. */
  get causeOfMissing(): string | undefined {
    return this.missing.get("*");
  }

  /** Records that something refused has no outputs at all, or only these. */
  addMissing(because: string, outputs: Props = {}): void {
    this.missing.set("*", because);
    for (const text of textsOf(outputs)) this.texts.set(text, because);
  }

  /**
   * Records a resource that was refused, or one that uses a value of a refused one.
   *
   * @param because the cause; undefined if only the inputs can be affected
   * @param named properties that AWS refuses
   * @param computed what AWS would compute from correct inputs
   * @param owner the resource whose id or ARN a text is; another resource's is not affected
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
    const affected = Object.entries(inputs).filter(([, value]) => this.causeOf(value));
    const cause = because ?? affected.map(([, value]) => this.causeOf(value))[0];
    if (cause === undefined) return;
    // Ids stay in either case: they only say which resource is meant.
    const tainted = [
      ...named.flatMap((path) => path?.split(/[.[]/, 1) ?? []),
      ...affected
        .filter(([, value]) => !textsOf(value).every((t) => this.ids.has(t)))
        .map(([key]) => key),
      ...Object.keys(computed),
    ].filter((key) => outputs[key] !== id && !String(outputs[key]).startsWith("arn:"));
    this.keys.set(resource.urn, { because: cause, keys: new Set(tainted) });

    const written = new Set(textsOf(inputs));
    const own = textsOf(computed).filter((t) => t.length >= minimumPartLength && !written.has(t));
    for (const text of [id, ...own]) {
      const other = owner(text)?.urn ?? resource.urn;
      if (!this.texts.has(text) && other === resource.urn) this.texts.set(text, cause);
    }
    this.ids.add(id).add(String(outputs.arn));
    for (const [key, value] of Object.entries(computed))
      if (value === undefined && key !== "region") this.missing.set(key, cause);
  }

  /** Separates certain refusals from those that may only follow from a refused resource. */
  separate(possible: PossibleRefusals, account: AccountView): RefusalOutcome {
    const { inputs, fromInputs, fromAccount, inWorld } = possible;
    if (this.texts.size + this.missing.size === 0) {
      return { refusals: [...fromInputs, ...fromAccount], notChecked: [] };
    }
    const refusals: Refusal[] = [];
    const notChecked: Unchecked[] = [];
    const sort = (refusal: Refusal, because: string | undefined): void => {
      if (because === undefined) refusals.push(refusal);
      else notChecked.push({ property: refusal.property, because });
    };
    for (const refusal of fromInputs) sort(refusal, this.source(inputs, refusal.property));
    const others = fromAccount.length === 0 ? [] : this.corrected(account, inWorld);
    for (const refusal of fromAccount) {
      const text = textOf(refusal);
      sort(refusal, others.find((other) => !other.messages.has(text))?.because);
    }
    return { refusals, notChecked };
  }

  /** The cause of the value at a property; undefined if the program wrote it itself. */
  private source(inputs: Props, property: string | undefined): string | undefined {
    if (property === undefined) return undefined;
    const path = property.replace(/\[\d+\]/g, "[]");
    const reached =
      property === path
        ? valuesAt(inputs, path)
        : allValuesAt(inputs, path).filter(samePath(property));
    const known = reached.filter(({ value }) => isKnown(value));
    if (known.length === 0) {
      const last = property.split(".").at(-1) ?? property;
      return this.missing.get(last) ?? this.causeOfMissing;
    }
    return known.map(({ value }) => this.causeOf(value)).find((cause) => cause !== undefined);
  }

  /** What the checks say for variations of each refused resource. */
  private corrected(
    account: AccountView,
    inWorld: PossibleRefusals["inWorld"],
  ): { because: string; messages: ReadonlySet<string> }[] {
    const causes = [...new Set([...this.keys.values()].map(({ because }) => because))];
    return causes.flatMap((because) =>
      [absent, different].map((change) => {
        const vary = (resource: LocalResource): LocalResource => {
          const entry = this.keys.get(resource.urn);
          return entry?.because === because ? changed(resource, entry.keys, change) : resource;
        };
        return { because, messages: messagesOf(() => inWorld(variedAccount(account, vary))) };
      }),
    );
  }

  private causeOf(value: unknown): string | undefined {
    for (const text of textsOf(value)) {
      const exact = this.texts.get(text);
      if (exact !== undefined) return exact;
      for (const [part, because] of this.texts) {
        if (part.length >= minimumPartLength && text.includes(part)) return because;
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

/** Refusals as texts; none if the check throws. */
function messagesOf(check: () => readonly Refusal[]): ReadonlySet<string> {
  try {
    return new Set(check().map(textOf));
  } catch {
    return new Set();
  }
}

/** Identifies a refusal. Numbers are left out: the used part of a quota may differ. */
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
