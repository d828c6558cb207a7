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
}

/** Puts values in place of the references. */
export function resolveRefs(value: unknown, valueOf: (ref: Ref) => unknown): unknown {
  if (value instanceof Ref) return valueOf(value);
  if (value instanceof Derived) return value.make(resolveRefs(value.of, valueOf));
  if (Array.isArray(value)) return value.map((element) => resolveRefs(element, valueOf));
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolveRefs(v, valueOf)]));
}
