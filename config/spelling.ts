/** The spelling that was probably meant. */
import { distance } from "fastest-levenshtein";
import { fieldsOf, keys, type Path, schemaAt } from "./keys";

/**
 * The candidate nearest to a word, or undefined where none is near enough to be a slip. Case, `-`
 * and `_` do not count; one letter in three may differ. The start of one single candidate is taken
 * for that candidate.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const bare = plain(word);
  if (bare === "" || bare.length > 100) return undefined;
  const begun = candidates.filter((candidate) => plain(candidate).startsWith(bare));
  if (begun.length === 1) return begun[0];
  let best: string | undefined;
  let least = Math.floor(bare.length / 3) + 1;
  for (const candidate of candidates) {
    const steps = distance(bare, plain(candidate));
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** The key that an unknown one stands for: a near name beside it, or the same name elsewhere. */
export function nearestKey(path: Path): Path | undefined {
  const name = String(path.at(-1));
  const parent = path.slice(0, -1);
  const beside = nearest(name, siblings(path));
  if (beside !== undefined) return [...parent, beside];
  return keys.find((key) => plain(key.path.at(-1) ?? "") === plain(name))?.path;
}

/** Names that may stand where an unknown key does. */
export function siblings(path: Path): string[] {
  const parent = schemaAt(path.slice(0, -1));
  return Object.keys((parent && fieldsOf(parent)) ?? {});
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}
