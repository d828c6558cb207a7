/** CHANGELOG.md, in the form of Keep a Changelog. */

const heading = "## [Unreleased]\n";

/** Where what is not released begins and ends; undefined without any of it. */
function unreleased(text: string): { start: number; end: number } | undefined {
  const at = text.indexOf(heading);
  if (at < 0) return undefined;
  const start = at + heading.length;
  const next = text.indexOf("\n## [", start);
  const end = next < 0 ? text.length : next + 1;
  return /^(- |\| )/m.test(text.slice(start, end)) ? { start, end } : undefined;
}

export function hasUnreleased(text: string): boolean {
  return unreleased(text) !== undefined;
}

/**
 * The text, with what is not released under a version.
 *
 * @param date `YYYY-MM-DD`
 * @throws without anything to release
 */
export function withRelease(text: string, version: string, date: string): string {
  const found = unreleased(text);
  if (!found) throw new Error("CHANGELOG.md has nothing under [Unreleased]");
  const body = text.slice(found.start, found.end);
  return `${text.slice(0, found.start)}\n## [${version}] - ${date}\n${body}${text.slice(found.end)}`;
}
