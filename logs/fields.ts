/** Splits a line of bytes into fields without creating strings. */
import { unprintable } from "../path/printable";

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** More fields than any log has; further ones are ignored. */
const recorded = 64;

/**
 * Fields between spaces; one in double quotes may hold spaces, and keeps its quotes out of its
 * bounds. Made once and used for every line, so that millions of lines cost no memory.
 */
export class FieldSplitter {
  /** First byte of each field. */
  readonly starts = new Int32Array(recorded);
  /** Byte after the last of each field. */
  readonly ends = new Int32Array(recorded);
  /** True when the last line ended within quotes: it was cut there. */
  open = false;

  /** Splits `bytes[from..to)`, up to so many fields; returns how many there are. */
  split(bytes: Uint8Array, from: number, to: number, most = recorded): number {
    const { starts, ends } = this;
    let count = 0;
    let at = from;
    this.open = false;
    while (at < to && count < most) {
      let start = at;
      let end: number;
      if (bytes[at] === QUOTE) {
        start = ++at;
        // AWS writes a quote as \x22; other tools may have written \".
        while (at < to && (bytes[at] !== QUOTE || bytes[at - 1] === BACKSLASH)) at++;
        if (at >= to) {
          this.open = true;
          at = to;
        }
        end = at;
        // To the next space: there should be nothing between it and the quote.
        while (at < to && bytes[at] !== SPACE) at++;
      } else {
        while (at < to && bytes[at] !== SPACE) at++;
        end = at;
      }
      starts[count] = start;
      ends[count] = end;
      count++;
      at++;
      // Several spaces, which pasting can add, separate fields like one.
      while (at < to && bytes[at] === SPACE) at++;
    }
    return count;
  }
}

export { printable } from "../path/printable";

/** JSON that a terminal shows as it is: the same values, with escapes in their strings. */
export const printableJson = (json: string): string =>
  json.replace(unprintable, (character) =>
    character === "\n"
      ? character
      : character.replace(
          /[^]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        ),
  );

/** At most so many characters, the last one an ellipsis where something is missing. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** At most so many characters: both ends, with an ellipsis where something is missing. */
export function bothEnds(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor(length / 3);
  return `${text.slice(0, length - end - 1)}…${text.slice(-end)}`;
}
