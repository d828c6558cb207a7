/** The words around findings in the screen's language: headings, paths, results of requests. */
import type { Screen } from "../screen";
import type * as Japanese from "./japanese";

/**
 * A text of the command in the screen's language; `{name}` in it is replaced by a value. A text
 * without a translation stays in English: it may hold names.
 */
export function say(
  { language }: Pick<Screen, "language">,
  text: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const said = language === "ja" ? inJapanese().wordsInJapanese(text) : text;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** How many of something: one text for 1, another for every other number; `{n}` is the number. */
export function sayCount(
  screen: Pick<Screen, "language">,
  n: number,
  one: string,
  many: string,
): string {
  return say(screen, n === 1 ? one : many, { n });
}

/** Parts between commas, each in the screen's language. */
export function sayParts(screen: Pick<Screen, "language">, text: string): string {
  if (screen.language === "en") return text;
  return text
    .split(", ")
    .map((part) => say(screen, part))
    .join("、");
}

/** The end of a hop, such as `container nginx of shop`. */
export function sayNode(screen: Pick<Screen, "language">, name: string): string {
  return screen.language === "ja" ? inJapanese().nodeInJapanese(name) : name;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: most do not read Japanese
const inJapanese = (): typeof Japanese => require("./japanese") as typeof Japanese;
