/** The spelling that was probably meant. */
import { distance } from "fastest-levenshtein";
import { objectFieldsOf, keys, type Path, schemaAt } from "./keys";
import type { Synonyms } from "./values";

/** What else is known about the candidates, for words that mean one of a few values. */
export interface Meanings {
  /** Other words that people use for a candidate. */
  readonly synonyms?: Synonyms;
  /** The candidate that is meant by a word that begins several, or is part of several. */
  readonly usual?: string;
}

/**
 * The candidate nearest to a word, or undefined where none is near enough to be a slip. Case, `-`
 * and `_` do not count; one letter in three may differ. The start of one single candidate is taken
 * for that candidate. With meanings, a synonym is taken for its candidate first, and of several
 * candidates that begin so, or hold the word, the usual one is meant, or else the first.
 */
export function nearest(
  word: string,
  candidates: readonly string[],
  meanings?: Meanings,
): string | undefined {
  const bare = plain(word);
  if (bare === "" || bare.length > 100) return undefined;
  const { synonyms = {}, usual } = meanings ?? {};
  const same = candidates.find((one) => synonyms[one]?.some((other) => plain(other) === bare));
  if (same !== undefined) return same;
  const oneOf = (found: readonly string[]): string | undefined =>
    usual !== undefined && found.includes(usual) ? usual : found[0];
  const begun = candidates.filter((candidate) => plain(candidate).startsWith(bare));
  if (begun.length === 1 || (meanings && begun.length > 1)) return oneOf(begun);
  let best: string | undefined;
  let least = Math.floor(bare.length / 3) + 1;
  for (const candidate of candidates) {
    const steps = distance(bare, plain(candidate));
    if (steps < least) [best, least] = [candidate, steps];
  }
  if (best !== undefined || meanings === undefined || bare.length < 3) return best;
  return oneOf(candidates.filter((one) => plain(one).includes(bare) || bare.includes(plain(one))));
}

/**
 * The key that an unknown one probably means: a similar name in its group, or the same name elsewhere. A name
 * that is a path (`domain.name`, as `pulumi config set` without `--path` writes it) is the key at it.
 */
export function nearestKey(path: Path): Path | undefined {
  const written = withoutPath(path) ?? path;
  if (written !== path && schemaAt(written) !== undefined) return written;
  const name = String(written.at(-1));
  const parent = written.slice(0, -1);
  const beside = nearest(name, siblings(written));
  if (beside !== undefined) return [...parent, beside];
  return keys.find((key) => plain(key.path.at(-1) ?? "") === plain(name))?.path;
}

/** The place that is meant by one name that is a path into a group, as a typed key without `--path` is. */
export function withoutPath(path: Path): Path | undefined {
  const steps = path.length === 1 ? stepsOf(String(path[0])) : [];
  return steps.length > 1 && schemaAt(steps.slice(0, 1)) !== undefined ? steps : undefined;
}

/** The steps of a key as it is typed after `--path`: `viewers.allowedCidrs[0]`, `tags["a.b"]`. */
function stepsOf(name: string): Path {
  const steps = [...name.matchAll(/\[(\d+)\]|\["(.+?)"\]|([^.[\]]+)/g)];
  return steps.map(([, index, quoted, bare]) =>
    index === undefined ? (quoted ?? bare ?? "") : Number(index),
  );
}

/** Names that may stand where an unknown key does. */
export function siblings(path: Path): string[] {
  const parent = schemaAt(path.slice(0, -1));
  return Object.keys((parent && objectFieldsOf(parent)) ?? {});
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}
