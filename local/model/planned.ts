/** What a remote component would create, as data: resources that name each other by key. */
import { Props } from "./types";
import { isBag } from "./props";

/**
 * A reference to an output of another planned resource: `arn`, or `taskDefinition.arn` where that is a
 * component. `*` is the resource itself.
 */
export class Ref {
  constructor(
    readonly key: string,
    readonly output = "id",
  ) {}
}

/** A value that is computed from references once they are known. */
export class Derived {
  constructor(
    readonly of: unknown,
    readonly make: (resolved: unknown) => unknown,
  ) {}
}

export interface Planned {
  /** Unique among what one component plans. */
  readonly key: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Key of the parent; the component itself when absent. */
  readonly parent?: string;
  /** Inputs, with {@link Ref} for what other planned resources return. */
  readonly inputs: Props;
  /** URNs of the resources that the value of a property comes from, where it is not known. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** Makes a {@link Derived} value from what it is made of. */
export type Derive = (of: unknown, make: Derived["make"]) => unknown;

/**
 * Puts values in place of the references.
 *
 * @param derive makes the derived values. @default at once, from values that are plain
 */
export function resolveRefs(
  value: unknown,
  valueOf: (ref: Ref) => unknown,
  derive: Derive = (of, make) => make(of),
): unknown {
  const inner = (part: unknown): unknown => resolveRefs(part, valueOf, derive);
  if (value instanceof Ref) return valueOf(value);
  if (value instanceof Derived) return derive(inner(value.of), value.make);
  if (Array.isArray(value)) return value.map(inner);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]));
}
