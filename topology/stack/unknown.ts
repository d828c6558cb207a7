/**
 * Values that a preview does not know yet, kept as objects, so that a rule can name the one that it
 * needed, and use the others.
 */
import { parseContainers } from "../containerDefinitions";
import { type Props, REGION_NOT_SET, UNKNOWN, UNKNOWN_TEXT } from "../resource";

/** A value that is known only once the resource behind it has been created. */
export class Unknown {
  constructor(
    /** The resource that has the property. */
    readonly urn: string,
    /** Where in its properties, e.g. `["origins", "[]", "domainName"]`. Empty: what uses it. */
    readonly path: readonly string[],
  ) {}

  /** As a program would write it: `origins[].domainName`. */
  get property(): string {
    return this.path.join(".").replaceAll(".[]", "[]");
  }
}

/** Thrown when a rule reads an unknown value. */
export class NotKnown extends Error {
  override readonly name = "NotKnown";
  constructor(readonly unknown: Unknown) {
    super(`${unknown.property} of ${unknown.urn} is not known yet`);
  }
}

/** What is read; empty where it depends on an unknown value. */
export function whereKnown<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotKnown) return [];
    throw error;
  }
}

/** True for a property bag, which is an object but not an asset or an archive. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value without unknown parts: unknown properties and elements are left out. */
export function withoutUnknown(value: unknown): unknown {
  if (value instanceof Unknown || value === UNKNOWN) return undefined;
  if (Array.isArray(value)) return value.map(withoutUnknown).filter((v) => v !== undefined);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutUnknown(inner)]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** A view of the properties in which reading an unknown value throws {@link NotKnown}. */
export function throwingView(props: Props): Props {
  return new Proxy(props, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (value instanceof Unknown) throw new NotKnown(value);
      const nested = typeof value === "object" && value !== null;
      return nested && Object.hasOwn(target, key) && (Array.isArray(value) || isPlain(value))
        ? throwingView(value as Props)
        : value;
    },
  });
}

/** Recorded properties with an {@link Unknown} for each value that is not known. */
export function markUnknown(urn: string, value: unknown, path: readonly string[] = []): unknown {
  if (value === UNKNOWN || value === REGION_NOT_SET) return new Unknown(urn, path);
  if (typeof value === "string" && value.includes(UNKNOWN_TEXT))
    return inPart(urn, value, path) ?? new Unknown(urn, path);
  if (Array.isArray(value))
    return value.map((inner) => markUnknown(urn, inner, [...path, segmentOf(inner, path)]));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, markUnknown(urn, inner, [...path, key])]),
  );
}

/** JSON text of which a part is not known, as the data that it is; undefined for other text. */
function inPart(urn: string, text: string, path: readonly string[]): unknown {
  try {
    const read = path.at(-1) === "containerDefinitions" ? parseContainers : JSON.parse;
    const parsed: unknown = read(text);
    return typeof parsed === "object" ? markUnknown(urn, parsed, path) : undefined;
  } catch {
    return undefined;
  }
}

/** Variables of an environment go by their names. */
function segmentOf(element: unknown, path: readonly string[]): string {
  const name = path.at(-1) === "environment" && (element as Props | null)?.name;
  return typeof name === "string" ? name : "[]";
}

/** Every unknown value in the properties. */
export function unknownsIn(value: unknown): Unknown[] {
  if (value instanceof Unknown) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(unknownsIn);
}

/**
 * True when the unknown value is what the pattern names, a part of it, or contains it:
 * `origins` and `origins[].customHeaders[].value` both meet `origins[].customHeaders`.
 */
export function touches({ path }: Unknown, pattern: string): boolean {
  const wanted = segments(pattern);
  return wanted.slice(0, path.length).every((segment, i) => segment === path[i]);
}

/** `origins[].domainName` as `["origins", "[]", "domainName"]`. */
export function segments(pattern: string): string[] {
  return pattern.replaceAll("[]", ".[]").split(".");
}
