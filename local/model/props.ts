/** Reading property bags by path. Everything here skips what is absent or not known yet. */
import { isBag } from "../../topology/props";
import { Props, UNKNOWN, UNKNOWN_TEXT } from "./types";

export { isBag };

/** One value that a path led to, with the path as people write it (`origins[1].domainName`). */
export interface ValueAtPath {
  readonly path: string;
  readonly value: unknown;
}

/** False for undefined, null and {@link UNKNOWN}: there is nothing to judge. */
export function isKnown(value: unknown): boolean {
  return value !== undefined && value !== null && value !== UNKNOWN;
}

/**
 * The known values at a path. `a.b` steps into a bag; `a[].b` into every element of a list. A bag
 * where a list was expected counts as a list of one, because Pulumi flattens some lists.
 */
export function valuesAt(props: Props, path: string): ValueAtPath[] {
  return allValuesAt(props, path).filter((found) => isKnown(found.value));
}

/** As {@link at}, with absent and unknown leaves kept: for rules about what is missing. */
export function allValuesAt(props: Props, path: string): ValueAtPath[] {
  // Most rules are about a property at the top, and there are many rules.
  if (!path.includes(".") && !path.endsWith("[]"))
    return isBag(props) ? [{ path, value: props[path] }] : [];
  // And most properties are absent.
  if (isBag(props) && props[path.slice(0, path.search(/[.[]/))] === undefined) return [];
  let reached: ValueAtPath[] = [{ path: "", value: props }];
  for (const step of path.split(".")) {
    const each = step.endsWith("[]");
    const key = each ? step.slice(0, -2) : step;
    reached = reached.flatMap(({ path: prefix, value }): ValueAtPath[] => {
      if (!isBag(value)) return [];
      const here = prefix === "" ? key : `${prefix}.${key}`;
      const inner = value[key];
      if (!each) return [{ path: here, value: inner }];
      if (isBag(inner)) return [{ path: here, value: inner }];
      if (!Array.isArray(inner)) return [];
      return inner.map((element: unknown, i) => ({ path: `${here}[${i}]`, value: element }));
    });
  }
  return reached;
}

/** The text at a path, or undefined when it is absent, unknown or something else. */
export function textAt(props: Props, path: string): string | undefined {
  const value = valuesAt(props, path)[0]?.value;
  return typeof value === "string" ? value : undefined;
}

/** Every text at a path. */
export function textsAt(props: Props, path: string): string[] {
  return valuesAt(props, path)
    .map((found) => found.value)
    .filter((value): value is string => typeof value === "string");
}

/** The number at a path; numeric text counts, because Pulumi writes some numbers as text. */
export function numberAt(props: Props, path: string): number | undefined {
  return asNumber(valuesAt(props, path)[0]?.value);
}

export function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return undefined;
}

/** The boolean at a path; `"true"` and `"false"` count. */
export function booleanAt(props: Props, path: string): boolean | undefined {
  const value = valuesAt(props, path)[0]?.value;
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  return undefined;
}

/** The bags of a list (or the one bag where Pulumi flattened the list). */
export function bagsAt(props: Props, path: string): Props[] {
  return valuesAt(props, `${path}[]`)
    .map((found) => found.value)
    .filter(isBag);
}

/** The bag at a path, or an empty one. */
export function bagAt(props: Props, path: string): Props {
  const value = valuesAt(props, path)[0]?.value;
  return isBag(value) ? value : {};
}

/** True for what is not known, and for text with a part that is not. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || (typeof value === "string" && value.includes(UNKNOWN_TEXT));
}

/** True when any part of a value is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isBag(value) && Object.values(value).some(hasUnknown);
}

/** JSON text as data; undefined when it is not JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
