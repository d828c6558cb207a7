/** The settings as far as they are right, for the rules between keys. */
import { type VariantRow, variants } from "../path/variants";
import { type Key, type KeyName, keys, type Path, valueAt, type ValueOf } from "./keys";

const byName: ReadonlyMap<string, Key> = new Map(keys.map((key) => [key.name, key]));

/** Thrown by {@link View.get}; a rule that meets it has nothing to say. */
class UnusableKey extends Error {}

/**
 * Reads single keys out of settings of which some may be wrong. A rule that asks for a key with a
 * problem is skipped: that problem is reported already, and a second one drawn
 * from it would mislead.
 */
export class View {
  /** Filled as rules ask: most settings are small, and a rule reads few keys. */
  readonly #values = new Map<string, unknown>();

  /**
   * @param raw the settings as typed
   * @param broken places that have a problem themselves
   */
  constructor(
    private readonly raw: unknown,
    private readonly broken: readonly Path[],
    /** What the keys of `service` are called: `services.api` in the view of that service. */
    private readonly service = "service",
  ) {}

  /** The value of a key, its default filled in. */
  get<Name extends KeyName>(name: Name): ValueOf<Name> {
    if (!this.#values.has(name)) this.#values.set(name, this.#read(name));
    return this.#values.get(name) as ValueOf<Name>;
  }

  #read(name: KeyName): unknown {
    const key = byName.get(name);
    if (key === undefined || this.broken.some((place) => overlap(place, key.path)))
      throw new UnusableKey(name);
    const parsed = key.schema.safeParse(valueAt(key.path, this.raw));
    // Required keys of an absent object (`domain.name`) have no value, and no problem either.
    return parsed.success ? parsed.data : undefined;
  }

  /** What the table of variants says of the stack's. */
  get row(): VariantRow {
    return variants[this.get("variant")];
  }

  /** True where the key, or the object, is written in the stack's settings. */
  given(name: string): boolean {
    return valueAt(name.split("."), this.raw) !== undefined;
  }

  /** A key of `service` as it is typed for the service that this is the view of. */
  at(name: string): string {
    return name.replace(/^service(?=\.|$)/, this.service);
  }

  /** A view for each of `services`, in which it is the `service`. */
  get ofServices(): readonly View[] {
    const all = valueAt(["services"], this.raw);
    if (typeof all !== "object" || all === null) return [];
    return Object.entries(all).map(([name, entry]) => {
      const own = ["services", name];
      const broken = this.broken
        .filter(([first]) => first !== "service" && first !== "grpc")
        .flatMap((path) => (path[0] === "services" ? within(path, own) : [path]));
      // What `grpc` says is about `service`.
      const raw = { ...(this.raw as object), service: entry as unknown, grpc: undefined };
      return new View(raw, broken, own.join("."));
    });
  }

  /** What a rule finds; nothing if it reads a key that has a problem itself. */
  check<Issue>(rule: (view: View) => readonly Issue[]): readonly Issue[] {
    try {
      return rule(this);
    } catch (error) {
      if (error instanceof UnusableKey) return [];
      throw error;
    }
  }
}

/** A place in one of the services, as a place in `service`; none for one in another service. */
function within(path: Path, own: Path): Path[] {
  return overlap(path, own) ? [["service", ...path.slice(own.length)]] : [];
}

/** True when one place is the other, or holds it. */
function overlap(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => step === other[index]);
}
