/** Reads the text of one line: a log's own line, or one that is within what people paste and tools print. */
import { readTruncated } from "./alb/truncated";
import { AlbScanner } from "./alb/scan";
import { inWindow, type Wanted } from "./wanted";
import { readConnectionEntry } from "./connections/entry";
import { countConnection } from "./connections/scan";
import { addCount } from "./counter";
import { EdgeScanner } from "./edge/scan";
import { printable } from "./fields";
import { textsInBase64 } from "./pasted/base64";
import { JsonReader, type JsonSink } from "./pasted/json";
import { Table, type TableRow } from "./pasted/table";
import { beginningIn, shortestText, textsWithin } from "./pasted/unwrap";
import { recordOf } from "./records";
import { albRegex } from "./sql/albTable";
import type { Example, Tally } from "./tally";
import { milliseconds } from "./time";
import { knownKind } from "./unknownLine";
import type { FieldOf } from "./edge/entry";

/** Health check log: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html */
const healthCheck =
  /^(?:http|https|h2|grpc|lambda) (\d{4}-\S+) [\d.-]+ (\S+) (\S+) (PASS|FAIL) (\S+) (\S+)(?: |$)/;

/** A whole line of an access log, every field of it. */
const wholeAlb = new RegExp(`^${albRegex}$`);

/** A line in a cell in a string in an event: deeper is nothing. */
const deepest = 4;

/** Counts what it can read. */
export class TextReader implements JsonSink {
  readonly alb: AlbScanner;
  readonly edge: EdgeScanner;
  /** The text that is being counted, where it is not the line itself. */
  shown: string | undefined;
  /** Lines and records counted so far. */
  counted = 0;
  /** Why a record says nothing. */
  private problem: string | undefined;
  /** What a string is that is none of a log's lines. */
  private kind: string | undefined;
  private depth = 0;
  /** Of results of Athena's API. */
  private readonly table = new Table();

  constructor(
    private readonly tally: Tally,
    private readonly wanted: Wanted,
    private readonly example: () => Example,
  ) {
    this.alb = new AlbScanner(tally, wanted, example);
    this.edge = new EdgeScanner(tally, wanted, example);
  }

  /** Counts a log's own line; false where it is none. */
  plain(text: string): boolean {
    const bytes = Buffer.from(text);
    return this.done(this.alb.scan(bytes, 0, bytes.length) || this.other(text));
  }

  /** The same of any log but an access log. */
  other(text: string): boolean {
    if (this.edge.take(text)) return true;
    const check = healthCheck.exec(text);
    if (check !== null) this.countCheck(check);
    else {
      const connection = readConnectionEntry(text);
      if (connection === undefined) return false;
      countConnection(this.tally, this.wanted, connection, this.example);
    }
    return true;
  }

  /** Counts the lines that are within a text; false where there is none. */
  inside(text: string): boolean {
    if (this.depth >= deepest) return false;
    this.depth++;
    const before = this.counted;
    const shown = this.shown;
    if (/^\s*[[{"]/.test(text)) new JsonReader(this).take(text);
    else for (const inner of textsInBase64(text)) this.text(inner);
    if (this.counted === before)
      for (const inner of textsWithin(text)) {
        this.shown = inner;
        if (this.plain(inner) || this.inside(inner)) break;
      }
    this.shown = shown;
    this.depth--;
    return this.counted > before;
  }

  /** Counts a line that was put together of several, only if it is whole in every field. */
  whole(joined: string): boolean {
    const text = joined.trim().replace(/ +/g, " ");
    this.shown = text;
    // The expression tries every place of a long text as the end of its parts.
    const read = wholeAlb.test(text.replace(/"[^"]{200,}(?:"|$)/g, '"-"'))
      ? this.plain(text)
      : this.done(this.other(joined.trim()));
    this.shown = undefined;
    return read;
  }

  /** Counts a line of an access log that was cut, as far as it goes. */
  cut(text: string): boolean {
    const entry = readTruncated(text) ?? readTruncated(beginningIn(text) ?? "");
    if (entry !== undefined) this.alb.count(entry, true);
    return this.done(entry !== undefined);
  }

  /** Counts a record by the names of its fields; false where it is none. */
  fields(field: FieldOf, keys: readonly string[], shown?: () => string): boolean {
    const record = recordOf(field, keys);
    if (record === undefined) return false;
    if ("problem" in record) {
      this.problem = record.problem;
      return false;
    }
    this.shown = shown?.();
    if ("alb" in record) this.alb.count(record.alb, false);
    else if ("edge" in record) this.edge.count(record.edge);
    else countConnection(this.tally, this.wanted, record.connection, this.example);
    this.shown = undefined;
    return this.done(true);
  }

  /**
   * Why nothing was counted of a text since the last call.
   *
   * @param outer what the whole text is, which says more than what a string in it is
   */
  takeProblem(outer?: string): string | undefined {
    const problem = this.problem ?? outer ?? this.kind;
    this.problem = undefined;
    this.kind = undefined;
    return problem;
  }

  record(values: ReadonlyMap<string, string>): boolean {
    return this.fields(
      (key) => values.get(key),
      [...values.keys()],
      () => JSON.stringify(Object.fromEntries(values)),
    );
  }

  text(value: string): boolean {
    if (value.length < shortestText && !value.includes("#")) return false;
    const before = this.counted;
    // Several lines in one string; JSON in it may be on several lines itself.
    const lines = /^\s*[[{]/.test(value) ? [value] : value.split(/\r?\n/).filter((line) => line);
    for (const line of lines) {
      this.shown = line;
      if (!this.plain(line) && !this.inside(line))
        this.kind ??= knownKind(line, this.wanted.fields);
    }
    this.shown = undefined;
    return this.counted > before;
  }

  row(cells: readonly string[]): void {
    if (this.table.takeNames(cells)) return;
    const row = this.table.rowOf(cells);
    const shown = (): string => cells.join(",");
    if (row === undefined || !this.fields(row.field, row.keys, shown))
      for (const cell of cells) this.text(cell);
  }

  /** Counts a row of a table; false where it is no record and no line is in it. */
  tableRow({ field, keys, cells }: TableRow): boolean {
    const isLine = (cell: string): boolean =>
      cell.length >= shortestText && (this.plain(cell) || this.inside(cell));
    return this.fields(field, keys) || cells.some(isLine);
  }

  /** To be called after the last line. */
  finish(): void {
    this.alb.finish();
    this.edge.finish();
  }

  private done(read: boolean): boolean {
    if (read) this.counted++;
    return read;
  }

  private countCheck([
    ,
    time = "",
    ,
    group = "",
    result,
    status = "",
    reason = "",
  ]: RegExpExecArray): void {
    const { lines, failedChecks } = this.tally;
    if (!inWindow(this.wanted, (milliseconds(time) ?? NaN) / 1000)) {
      lines.outside++;
      return;
    }
    lines.healthChecks++;
    if (result === "FAIL") addCount(failedChecks, [group, reason, status].map(printable).join(" "));
  }
}
