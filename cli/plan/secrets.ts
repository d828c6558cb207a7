/** Keeps secrets out of whatever is shown. */

/**
 * The same plain data, every text in it without the secrets. Numbers and keys that are secrets are
 * hidden too; what is neither object, list nor text stays.
 */
export function withoutSecrets<T>(value: T, secrets: ReadonlySet<string>): T {
  // The longest first, since one may be part of another.
  const longestFirst = [...secrets].filter((s) => s !== "").sort((a, b) => b.length - a.length);
  const hide = (text: string): string =>
    longestFirst.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return hide(part);
    if (typeof part === "number") return secrets.has(String(part)) ? "[secret]" : part;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [hide(key), walk(inner)]));
  };
  return longestFirst.length === 0 ? value : (walk(value) as T);
}
