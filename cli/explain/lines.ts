import { fewestGlued, furtherLines } from "../../logs/alb/glued";
import { longestLine, type LogReader } from "../../logs/reader";
import { beginsJson, cutInJson } from "./longJson";

const LF = 0x0a;
const CR = 0x0d;

/** Cuts what comes in chunks into lines, and hands them to a reader. */
export class LineFeeder {
  /** Ends a line: CR only where the text begins without any LF, as Excel for Mac writes it. */
  private lineEnd: typeof LF | typeof CR | undefined;
  /** The start of a line whose end has not come yet. */
  private carry: Buffer | undefined;
  /** True while the rest of a line that is too long goes by. */
  private skipping = false;
  /** True when parts of the line were taken: it is JSON, and long. */
  private cutting = false;

  constructor(private readonly reader: LogReader) {}

  /** True when a line has begun and not ended. */
  get within(): boolean {
    return this.carry !== undefined || this.skipping;
  }

  /** Takes a chunk. It may be changed afterwards: what is needed of it is kept. */
  push(chunk: Buffer): void {
    // At its end, a CR may be followed by a LF in the next chunk.
    this.lineEnd ??= !chunk.includes(LF) && chunk.subarray(0, -1).includes(CR) ? CR : LF;
    let start = this.firstLine(chunk, this.lineEnd);
    for (;;) {
      const end = chunk.indexOf(this.lineEnd, start);
      if (end === -1) break;
      this.line(chunk, start, end);
      start = end + 1;
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
  }

  /** Takes no more than the rest of the line that has begun; false where the chunk has no end of it. */
  endLine(chunk: Buffer): boolean {
    const end = chunk.indexOf(this.lineEnd ?? LF);
    this.push(end === -1 ? chunk : chunk.subarray(0, end + 1));
    return end !== -1;
  }

  /** Takes what has no line feed after it as the last line. */
  end(): void {
    if (this.carry !== undefined) this.line(this.carry, 0, this.carry.length);
    this.begin();
  }

  private begin(): void {
    this.carry = undefined;
    this.skipping = false;
    this.cutting = false;
  }

  /** Ends the line of the chunk before; returns where the next one starts. */
  private firstLine(chunk: Buffer, lineEnd: number): number {
    if (!this.within) return 0;
    const end = chunk.indexOf(lineEnd);
    if (end === -1) return 0;
    if (this.carry !== undefined) {
      const whole = Buffer.concat([this.carry, chunk.subarray(0, end)]);
      this.line(whole, 0, whole.length);
    }
    this.begin();
    return end + 1;
  }

  /** Takes a line, or the rest of one. */
  private line(bytes: Buffer, start: number, end: number): void {
    const from = this.cut(bytes, start, end);
    if (end - from > longestLine) this.tooLong(bytes.subarray(from, end));
    else if (!this.cutting) this.whole(bytes, from, end);
    else if (end > from) this.reader.takeMore(bytes, from, end);
    this.cutting = false;
  }

  private whole(bytes: Buffer, from: number, end: number): void {
    const starts = end - from > fewestGlued ? furtherLines(bytes, from, end) : [];
    this.reader.take(bytes, from, starts[0] ?? end);
    starts.forEach((start, i) => {
      this.reader.takeMore(bytes, start, starts[i + 1] ?? end);
    });
  }

  /** Takes the parts that a long line of JSON can be cut into; returns where the rest begins. */
  private cut(bytes: Buffer, start: number, end: number): number {
    let from = start;
    while (end - from > longestLine) {
      if (!this.cutting && !beginsJson(bytes, from)) break;
      const at = cutInJson(bytes, from, from + longestLine);
      if (at === undefined) break;
      if (this.cutting) this.reader.takeMore(bytes, from, at);
      else this.reader.take(bytes, from, at);
      this.cutting = true;
      from = at;
    }
    return from;
  }

  private keep(rest: Buffer): void {
    if (this.skipping) return;
    // A copy: the chunk's memory is used again.
    const carry = Buffer.concat(this.carry === undefined ? [rest] : [this.carry, rest]);
    this.carry = carry.subarray(this.cut(carry, 0, carry.length));
    if (this.carry.length <= longestLine) return;
    this.tooLong(this.carry);
    this.begin();
    this.skipping = true;
  }

  private tooLong(bytes: Buffer): void {
    this.reader.takeTooLong(bytes.toString("utf8", 0, 800), this.cutting);
  }
}
