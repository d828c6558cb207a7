import { styleText } from "node:util";
import { printable } from "../path/printable";
import { languageOf, type Language } from "./language";

/** The few styles that the commands use; each says something, none decorates. */
export type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

/** Signs that need more than ASCII, with their replacements. */
const unicodeSigns = { good: "✔", bad: "✘", warn: "▲", note: "●", down: "▼", arrow: "→", dot: "·" };
const asciiSigns: typeof unicodeSigns = {
  good: "ok",
  bad: "NO",
  warn: "!",
  note: "*",
  down: "|",
  arrow: "->",
  dot: "-",
};

/** Where text goes: how wide it is, whether it has colours and signs. */
export interface Screen {
  /** Columns to fill at most: those of the window, between 60 and 100. */
  readonly width: number;
  /** True when someone watches: lines may be redrawn, on `output`. */
  readonly live: boolean;
  readonly output: Output;
  /** In which findings are shown. */
  readonly language: Language;
  readonly signs: typeof unicodeSigns;
  /** The text in that style, or as it is where there are no colours. */
  style(style: Style, text: string): string;
  /** Prints a line. Control characters in it show as `\x1b` and such: names come from anybody. */
  print(line?: string): void;
}

/** The part of a stream that a screen needs. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
}

/** Longer lines are hard to read, however wide the window is. */
const widest = 100;
const narrowest = 60;

/** False where the locale says that the terminal shows something else than UTF-8. */
function showsUnicode(env: NodeJS.ProcessEnv): boolean {
  if (env.TERM === "linux" || env.TERM === "dumb") return false; // the console's font lacks the signs
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value) ?? "";
  return locale === "" || /utf-?8/i.test(locale) || process.platform === "win32";
}

/** True for a terminal that lines can be redrawn on: some say that they have 0 columns. */
export function redraws({ isTTY, columns = 80 }: Output, env = process.env): boolean {
  return isTTY === true && columns > 0 && env.TERM !== "dumb" && !env.CI;
}

// What `style` puts around a text, and nothing else that a terminal obeys.
// eslint-disable-next-line no-control-regex -- styles begin with one
const styled = /(\u001b\[(?:1|2|22|31|32|33|36|39)m)/;

/** A line without what a terminal obeys, but for styles. */
export function safe(line: string): string {
  const parts = line.split(styled);
  return parts.map((part, i) => (i % 2 === 0 ? printable(part) : part)).join("");
}

/** NO_COLOR (https://no-color.org) wins, then FORCE_COLOR, then what the terminal can do. */
function showsColours(output: Output, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return !["0", "false"].includes(env.FORCE_COLOR);
  return output.isTTY === true && output.hasColors?.() !== false;
}

/** The screen on the other side of a stream. */
export function screenOf(output: Output = process.stdout, env = process.env): Screen {
  const colours = showsColours(output, env);
  return {
    width: Math.max(
      narrowest,
      Math.min(widest, output.columns === 0 ? 80 : (output.columns ?? 80)),
    ),
    live: redraws(output, env),
    output,
    language: languageOf(env),
    signs: showsUnicode(env) ? unicodeSigns : asciiSigns,
    style: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
    print: (line = "") => {
      output.write(`${safe(line)}\n`);
    },
  };
}
