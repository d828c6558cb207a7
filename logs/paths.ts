/** Paths with ids replaced, so that requests of the same kind are counted together. */

/**
 * Parts of a path that are ids, in the order in which they are replaced, and their
 * replacements. Simple enough for every engine of regular expressions: `logs/sql/` uses the same.
 */
export const idPatterns: readonly (readonly [pattern: string, stands: string])[] = [
  ["[0-9]+", "{n}"],
  ["[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", "{uuid}"],
  ["[0-9a-fA-F]{16,}", "{hex}"],
  // Long, with a digit in it: a token, a hash in Base64, a ULID.
  ["[0-9A-Za-z_-]*[0-9][0-9A-Za-z_-]{23,}", "{id}"],
];

const ids = idPatterns.map(([pattern, stands]) => ({ whole: new RegExp(`^${pattern}$`), stands }));

/** The longest path that is kept. */
export const longestPath = 200;

/** `https://example.com:443/users/17/orders?page=2` becomes `/users/{n}/orders`. */
export function pathGroup(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  const parts = path
    .split("/")
    .map((part) => ids.find(({ whole }) => whole.test(part))?.stands ?? part);
  const group = parts.join("/") || "/";
  return group.length <= longestPath ? group : group.slice(0, longestPath);
}
