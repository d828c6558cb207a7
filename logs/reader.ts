/** Recognises the lines of a log, and counts each. Several formats may come in one stream. */
import type { Wanted } from "./wanted";
import { knownFields } from "./edge/fields";
import { bothEnds, printable, shortened } from "./fields";
import { describeUnknownLine } from "./unknownLine";
import { JsonDocument } from "./pasted/document";
import { Table } from "./pasted/table";
import { beginningIn, headerIn, namesOnly } from "./pasted/unwrap";
import { wholeLines, Wrapped } from "./pasted/wrapped";
import { countMalformed, type Example, type Tally } from "./tally";
import { TextReader } from "./texts";

/** Log lines are not longer: a request line has at most 16 KB, and so has each header. */
export const longestLine = 128 * 1024;

/** Characters of a line that are kept of an example; few lines are longer. */
const kept = 1500;
/** The same for a line that could not be read. */
const shown = 400;

const SPACE = 0x20;
const CR = 0x0d;
const COLON = 0x3a;
const BRACE = 0x7b;

/** The end of an access log line, from request_creation_time on; it is not needed if the request was answered. */
const restOfLine = /(?:^|["\s])\d{4}-\d\d-\d\dT[\d:.]+Z "[^"]*" "[^"]*" "[^"]*" /;

/** Reads the lines of one file, or of a part of one, one after the other. */
export class LogReader {
  private readonly texts: TextReader;
  private readonly json: JsonDocument;
  private readonly table = new Table();
  private readonly wrapped = new Wrapped();
  private line = 0;
  /** The current line, without spaces around it. */
  private bytes: Buffer = Buffer.alloc(0);
  private from = 0;
  private to = 0;
  /** The same with these spaces. */
  private start = 0;
  private end = 0;
  /** Number of the line that an example is of, where that is an earlier one. */
  private earlier: number | undefined;
  /** @param job number of the piece, for examples */
  constructor(
    private readonly tally: Tally,
    private readonly wanted: Wanted,
    private readonly job: number,
  ) {
    // Created once, not for every line, because few examples are kept.
    this.texts = new TextReader(tally, wanted, () => this.example());
    this.json = new JsonDocument(this.texts);
  }

  /** Lines read so far. */
  get lines(): number {
    return this.line;
  }

  /** Reads the line `bytes[from..to)`, without its line feed. */
  take(bytes: Buffer, from: number, to: number): void {
    this.line++;
    // Written by Windows, a text editor or a full disk.
    while (to > from && (bytes[to - 1] === CR || bytes[to - 1] === 0)) to--;
    this.end = to;
    while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === CR || bytes[to - 1] === 0))
      to--;
    this.start = from;
    while (from < to && (bytes[from] === 0 || bytes[from] === SPACE)) from++;
    if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    if (from >= to) {
      this.endWrapped();
      this.tally.lines.blank++;
      return;
    }
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    const first = bytes[from] ?? 0;
    // No line of an access log begins with `#`, `{` or a digit.
    if (first === BRACE || first < COLON || !this.texts.alb.scan(bytes, from, to)) this.takeOther();
    else this.endOpen();
  }

  /** Reads a further part of the line read last, which is JSON and too long to keep. */
  takeMore(bytes: Buffer, from: number, to: number): void {
    this.line--;
    this.take(bytes, from, to);
  }

  /** Counts a line that is too long to keep, or the rest of one. */
  takeTooLong(start: string, isRest: boolean): void {
    if (!isRest) this.line++;
    this.endWrapped();
    this.countMalformed("longer than any line of a log", start);
  }

  /** Call this after the last line. */
  finish(): void {
    this.endOpen();
    this.texts.finish();
  }

  private takeOther(): void {
    if (!this.json.isOpen) this.texts.takeProblem();
    const text = this.bytes.toString("utf8", this.from, this.to);
    const { wrapped } = this;
    if (wrapped.isHeader) {
      // The lines after a header depend on it.
      if (namesOnly.test(text) && wrapped.add(this.raw())) return;
      this.endWrapped();
    }
    const header = headerIn(text);
    if (header === undefined && this.takeWhole(text)) {
      if (wrapped.isOpen) this.endWrapped();
      return;
    }
    const begun = header ?? beginningIn(text);
    if (begun === undefined && wrapped.isOpen && wrapped.add(this.raw())) return;
    const problem = this.texts.takeProblem();
    this.endWrapped();
    if (begun === undefined) {
      this.takeAlone(text, problem);
      return;
    }
    // It may continue in the next line; the spaces at its end matter then.
    const [spaces] = / *$/.exec(this.raw()) ?? [""];
    wrapped.begin(begun + spaces, text, this.line);
  }

  /** The line with the spaces around it. */
  private raw(): string {
    return this.bytes.toString("utf8", this.start, this.end);
  }

  /** Counts what is complete in this line; false if nothing is. */
  private takeWhole(text: string): boolean {
    const { lines } = this.tally;
    if (this.table.takeHeader(text)) {
      lines.blank++;
      return true;
    }
    const row = this.table.row(text);
    if (row !== undefined) {
      if (this.texts.tableRow(row)) return true;
      const problem = this.texts.takeProblem();
      if (problem !== undefined) {
        this.countMalformed(problem, text);
        return true;
      }
    } else if (this.texts.other(text)) return true;
    if (this.takeJson(text) || this.texts.inside(text)) return true;
    if (!text.startsWith("#") && /\S/.test(text)) return false;
    lines.blank++;
    return true;
  }

  /** A line of JSON; false if it is not one. */
  private takeJson(text: string): boolean {
    const { json, tally } = this;
    const wasOpen = json.isOpen;
    const taken = json.take(text, this.line);
    if (taken === undefined) {
      if (wasOpen) this.endDocument();
      return false;
    }
    if (taken === "part") tally.lines.continued++;
    else if (taken !== "found") this.countMalformed(taken.problem, text);
    return true;
  }

  /** Ends what spans several lines. */
  private endOpen(): void {
    if (this.wrapped.isOpen) this.endWrapped();
    if (this.json.isOpen) this.endDocument();
  }

  /** Counts a JSON document whose end is missing, if it contained no log line. */
  private endDocument(): void {
    const ended = this.json.end();
    if (ended === undefined) return;
    this.tally.lines.continued--;
    this.earlier = ended.line;
    this.countMalformed(ended.problem, ended.text);
    this.earlier = undefined;
  }

  /** Joins lines that may be one wrapped line, and counts them. */
  private endWrapped(): void {
    const { wrapped, tally } = this;
    if (!wrapped.isOpen) return;
    const { isHeader } = wrapped;
    const { texts, line, original } = wrapped.end();
    this.earlier = line;
    let used = texts.length;
    if (isHeader) this.takeHeader(texts);
    else while (used > 1 && !this.takeJoined(texts.slice(0, used))) used--;
    tally.lines.continued += used - 1;
    if (used === 1 && !isHeader) this.takeAlone(original);
    texts.slice(used).forEach((part, i) => {
      this.earlier = line + used + i;
      this.takeAlone(part.trim());
    });
    this.earlier = undefined;
  }

  /** CloudFront's header, in one part or in several. */
  private takeHeader(parts: readonly string[]): void {
    const lines = [...wholeLines(parts)];
    const most = Math.max(...lines.map(knownFields));
    this.texts.other(lines.find((line) => knownFields(line) === most) ?? "");
  }

  private takeJoined(parts: readonly string[]): boolean {
    for (const line of wholeLines(parts)) if (this.texts.whole(line)) return true;
    return false;
  }

  /** A line of an unknown kind. */
  private takeAlone(text: string, problem?: string): void {
    const { texts, tally } = this;
    texts.shown = text;
    if (!texts.cut(text)) {
      if (beginningIn(text) === undefined && restOfLine.test(text)) tally.lines.continued++;
      else this.countMalformed(problem ?? describeUnknownLine(text, this.wanted.fields), text);
    }
    texts.shown = undefined;
  }

  private countMalformed(problem: string, text: string): void {
    countMalformed(this.tally, problem, () => ({
      ...this.place(),
      text: shortened(printable(text.slice(0, shown)), shown),
      problem,
    }));
  }

  private place(): { readonly job: number; readonly line: number } {
    return { job: this.job, line: this.earlier ?? this.line };
  }

  private example(): Example {
    const text = this.texts.shown ?? this.bytes.toString("utf8", this.from, this.to);
    return { ...this.place(), text: bothEnds(printable(text), kept) };
  }
}
