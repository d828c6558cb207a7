import { closest, distance } from "fastest-levenshtein";

/** ` Is tasks-open meant?` for a word close to one of those that there are; otherwise nothing. */
export function meantText(word: string, words: readonly string[]): string {
  const near = closest(word, words);
  return distance(word, near) <= 6 ? ` Is ${near} meant?` : "";
}
