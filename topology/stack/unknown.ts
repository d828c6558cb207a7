/**
 * Values that a preview does not know yet. The SDK of policies throws when one is read; here they are
 * kept as what they are, so that a rule can say which one it missed, and go on with the others.
 */
import type { Props } from "../resource";

/** A value that is known only once the resource behind it has been created. */
export class Unknown {
  constructor(
    /** The resource whose property it is. */
    readonly urn: string,
    /** Where in its properties, e.g. `["origins", "[]", "domainName"]`. */
    readonly path: readonly string[],
  ) {}

  /** As a program would write it: `origins[].domainName`. */
  get property(): string {
    return this.path.join(".").replaceAll(".[]", "[]");
  }
}

/** Thrown when a rule reads a value that is not known. */
export class NotKnown extends Error {
  override readonly name = "NotKnown";
  constructor(readonly unknown: Unknown) {
    super(`${unknown.property} of ${unknown.urn} is not known yet`);
  }
}

/**
 * Copies the properties that the SDK hands to a policy into plain ones, with an {@link Unknown} for
 * each that is not known.
 * @param left says for a top-level property that the program left it to AWS: what is unknown in it
 *   is left out, as if the program's inputs were read
 */
export function plainProps(
  urn: string,
  props: Props,
  left: (property: string) => boolean = () => false,
): Props {
  const entries = Object.keys(props).map((key): [string, unknown] => {
    const value = read(props, key, urn, [key]);
    return [key, left(key) ? withoutUnknown(value) : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function read(bag: Props, key: string, urn: string, path: readonly string[]): unknown {
  let value: unknown;
  try {
    value = bag[key];
  } catch (error) {
    if (isUnknownValueError(error)) return new Unknown(urn, path);
    throw error;
  }
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Props;
  if (Array.isArray(value))
    return Array.from(value.keys(), (i) => read(inner, String(i), urn, [...path, "[]"]));
  if (!isPlain(value)) return value; // An asset or an archive.
  return Object.fromEntries(
    Object.keys(inner).map((name) => [name, read(inner, name, urn, [...path, name])]),
  );
}

/** The SDK's own error, of whichever copy of the SDK the pack was started with. */
function isUnknownValueError(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value without what is not known: a property is absent, an element left out. */
export function withoutUnknown(value: unknown): unknown {
  if (value instanceof Unknown) return undefined;
  if (Array.isArray(value)) return value.map(withoutUnknown).filter((v) => v !== undefined);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutUnknown(inner)]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** A view of the properties in which reading what is not known throws {@link NotKnown}. */
export function strict(props: Props): Props {
  return new Proxy(props, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (value instanceof Unknown) throw new NotKnown(value);
      const nested = typeof value === "object" && value !== null;
      return nested && Object.hasOwn(target, key) && (Array.isArray(value) || isPlain(value))
        ? strict(value as Props)
        : value;
    },
  });
}

/** Every unknown value in the properties. */
export function unknownsIn(value: unknown): Unknown[] {
  if (value instanceof Unknown) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(unknownsIn);
}

/**
 * True when the unknown value is what the pattern names, part of it or what holds it:
 * `origins` and `origins[].customHeaders[].value` both meet `origins[].customHeaders`.
 */
export function meets({ path }: Unknown, pattern: string): boolean {
  const wanted = segments(pattern);
  return wanted.slice(0, path.length).every((segment, i) => segment === path[i]);
}

/** `origins[].domainName` as `["origins", "[]", "domainName"]`. */
export function segments(pattern: string): string[] {
  return pattern.replaceAll("[]", ".[]").split(".");
}
