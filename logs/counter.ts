/** Counts by key, with a limit: a log can have any number of paths and clients, memory cannot. */

/** Plain data, so that a worker can send its counts. */
export interface Counter {
  readonly counts: Map<string, number>;
  /** Counts of the keys that were dropped. */
  others: number;
  /** Keys kept. */
  readonly limit: number;
}

export const newCounter = (limit = 500): Counter => ({ counts: new Map(), others: 0, limit });

/** Counts a key. At twice the limit the rarer half goes into `others`: the total stays true. */
export function addCount(counter: Counter, key: string, n = 1): void {
  const { counts, limit } = counter;
  const before = counts.get(key);
  counts.set(key, (before ?? 0) + n);
  if (before === undefined && counts.size > 2 * limit) makeRoom(counter);
}

function makeRoom(counter: Counter): void {
  const { counts, limit } = counter;
  for (const [key, n] of ranked(counter).slice(limit)) {
    counts.delete(key);
    counter.others += n;
  }
}

/** The most frequent first, equal counts by name, so that the same log always has the same report. */
export function ranked({ counts }: Counter): [string, number][] {
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** Adds another counter's counts. */
export function addCounter(to: Counter, from: Counter): void {
  for (const [key, n] of from.counts) addCount(to, key, n);
  to.others += from.others;
}

/** One row of a ranking. */
export interface Ranked {
  readonly name: string;
  readonly count: number;
}

/** The most frequent keys, and the sum of all others. */
export function top(counter: Counter, n: number): { top: Ranked[]; others: number } {
  const all = ranked(counter);
  const rest = all.slice(n).reduce((sum, [, addCount]) => sum + addCount, counter.others);
  return {
    top: all.slice(0, n).map(([name, addCount]) => ({ name, count: addCount })),
    others: rest,
  };
}
