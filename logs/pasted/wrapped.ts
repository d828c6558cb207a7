/** One line of a log that was wrapped: by a terminal, by `fold`, by a mail, or on a page of AWS's guide. */

/** Lines that are kept of one that began and did not end; few windows are narrower. */
const mostParts = 60;

/** The parts of a line that may be wrapped. */
export interface Parts {
  readonly texts: readonly string[];
  /** Number of the first one. */
  readonly line: number;
  /** The line of the first one as it stands there. */
  readonly original: string;
}

/** Keeps the parts. */
export class Wrapped {
  private texts: string[] = [];
  private line = 0;
  private original = "";

  get isOpen(): boolean {
    return this.texts.length > 0;
  }

  /** True when the line is CloudFront's header. */
  get isHeader(): boolean {
    return this.texts[0]?.startsWith("#") ?? false;
  }

  /** Begins with the first part, which a line holds from some place on. */
  begin(text: string, original: string, line: number): void {
    this.texts = [text];
    this.original = original;
    this.line = line;
  }

  /** Takes a further part; false where no line is so long. */
  add(text: string): boolean {
    if (this.texts.length >= mostParts) return false;
    // The quoting marks of a mail or a chat are at every part.
    this.texts.push(text.replace(/^(?:> ?)+/, ""));
    return true;
  }

  /** Gives the parts away. */
  end(): Parts {
    const [first = "", ...others] = this.texts;
    this.texts = [];
    // Indented as a whole: one space can be the log's.
    const indent = Math.min(...others.map((text) => text.length - text.trimStart().length));
    const texts = [first, ...others.map((text) => text.slice(indent > 1 ? indent : 0))];
    return { texts, line: this.line, original: this.original };
  }
}

/**
 * What the line can have been. Cut at a column, it is the parts side by side, of which spaces at
 * the end may be lost; cut between words, it is the parts with spaces between them; cut between
 * words where it can be and at the column elsewhere, it is both.
 */
export function* wholeLines(parts: readonly string[]): Generator<string> {
  const width = Math.max(...parts.map(({ length }) => length));
  const last = parts.length - 1;
  yield parts.join("");
  if (parts.every(({ length }, i) => i === last || length >= width - 2))
    yield parts.map((part, i) => (i === last ? part : part.padEnd(width))).join("");
  yield parts.join(" ");
  yield parts.reduce((all, part, i) => `${all}${parts[i - 1]?.length === width ? "" : " "}${part}`);
}
