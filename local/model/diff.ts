/** Which paths of two property bags differ. */
import { Props } from "./types";
import { isBag, parseJson } from "./props";

/**
 * Paths of the leaves that differ, `a.b[0].c` style. Absent and null are the same; a value that is
 * not known yet differs from any other; two JSON texts of the same content do not, as in the provider.
 */
export function changedPaths(olds: Props, news: Props): string[] {
  return compare("", olds, news);
}

function compare(path: string, before: unknown, after: unknown): string[] {
  if (isAbsent(before) && isAbsent(after)) return [];
  if (isBag(before) && isBag(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      compare(path === "" ? key : `${path}.${key}`, before[key], after[key]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const longer = Math.max(before.length, after.length);
    return Array.from({ length: longer }, (_, i) => i).flatMap((i) =>
      compare(`${path}[${i}]`, before[i], after[i]),
    );
  }
  return same(before, after) ? [] : [path];
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function same(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== typeof after) {
    // The provider's schema turns "256" into 256 and back.
    const scalars = [before, after].every((v) => typeof v !== "object" && !isAbsent(v));
    return scalars && String(before) === String(after);
  }
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (!/^\s*[[{]/.test(before) || !/^\s*[[{]/.test(after)) return false;
  const [a, b] = [parseJson(before), parseJson(after)];
  return a !== undefined && compare("", { json: a }, { json: b }).length === 0;
}

/** `a` covers `a`, `a.b` and `a[0].b`; `*` covers everything but tags. */
export function covers(only: string, path: string): boolean {
  const top = path.split(/[.[]/, 1)[0];
  if (only === "*") return top !== "tags" && top !== "tagsAll";
  const generic = path.replace(/\[\d+\]/g, "[]");
  return [path, generic].some(
    (p) => p === only || p.startsWith(`${only}.`) || p.startsWith(`${only}[`),
  );
}
