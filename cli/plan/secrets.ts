/** Removes secrets from the output. */

/**
 * A shorter secret (`us`, `5432`) can be in any text by chance: only a text that is equal to it is
 * hidden.
 */
const shortest = 6;

/**
 * The same plain data without the secrets: each is replaced in the texts that contain it. Keys are
 * kept, and so are numbers unless `numbers` is set.
 *
 * @param options `numbers`: also hide numbers that are secrets, for data that programs write. @default false
 */
export function withoutSecrets<T>(
  value: T,
  secrets: ReadonlySet<string>,
  { numbers = false }: { readonly numbers?: boolean } = {},
): T {
  // The longest first, since one may be part of another.
  const long = [...secrets]
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length);
  const hide = (text: string): string =>
    text !== "" && secrets.has(text)
      ? "[secret]"
      : long.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return hide(part);
    if (typeof part === "number") return numbers && secrets.has(String(part)) ? "[secret]" : part;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
  };
  return secrets.size === 0 ? value : (walk(value) as T);
}
