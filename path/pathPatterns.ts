/** CloudFront's path patterns: `*` matches any characters, `?` exactly one. */

/**
 * True when every path that the inner pattern matches is matched by the outer one. A slash at the
 * start may be left out: CloudFront adds it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function pathPatternCovers(outer: string, inner: string): boolean {
  const pattern = withSlash(outer);
  const spread = (positions: Set<number>): Set<number> => {
    for (const i of positions) if (pattern[i] === "*") positions.add(i + 1);
    return positions;
  };
  // Positions in the outer pattern that the inner one, as far as it is read, can have reached.
  let at = spread(new Set([0]));
  for (const character of withSlash(inner)) {
    const next = new Set<number>();
    for (const i of at) {
      if (pattern[i] === "*") next.add(i);
      // The inner pattern's `*` may be any text: only a `*` takes it.
      else if (character !== "*" && (pattern[i] === "?" || pattern[i] === character))
        next.add(i + 1);
    }
    at = spread(next);
  }
  return at.has(pattern.length);
}

/** A pattern and the one before it that takes every request of it. */
export interface CoveredPattern {
  /** Position in the list. */
  readonly entry: number;
  readonly pattern: string;
  readonly by: string;
}

/** The patterns of a list, in order, that no request reaches, because an earlier one takes it. */
export function coveredPatterns(patterns: readonly string[]): CoveredPattern[] {
  return patterns.flatMap((pattern, entry) => {
    const by = patterns.slice(0, entry).find((earlier) => pathPatternCovers(earlier, pattern));
    return by === undefined ? [] : [{ entry, pattern, by }];
  });
}

/** A pattern with the slash at its start, which may be left out. */
export const withSlash = (pattern: string): string =>
  /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
