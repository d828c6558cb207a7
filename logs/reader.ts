/** Recognises the lines of a log, and counts each. Several formats may come in one stream. */
import { readCut } from "./alb/cut";
import { AlbScanner, within, type Window } from "./alb/scan";
import { EdgeScanner } from "./edge/scan";
import { printable, shortened } from "./fields";
import { count } from "./counter";
import { foreign } from "./foreign";
import { countMalformed, type Example, type Tally } from "./tally";
import { milliseconds } from "./time";

/** Longer lines are no log's: a request line has 16 KB at most, and so has each header. */
export const longestLine = 128 * 1024;

/** Characters of a line that are kept of an example; few lines are longer. */
const kept = 1500;
/** The same of a line that could not be read. */
const shown = 400;

const SPACE = 0x20;
const CR = 0x0d;
const COLON = 0x3a;
const BRACE = 0x7b;

/** Health check log: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html */
const healthCheck =
  /^(?:http|https|h2|grpc|lambda) (\d{4}-\S+) [\d.-]+ (\S+) (\S+) (PASS|FAIL) (\S+) (\S+)(?: |$)/;

/** Connection log: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html */
const connection = /^\d{4}-\d\d-\d\dT\S+ [\da-fA-F.:]+ \d+ \d+ \S+ \S+ (?:-|[\d.]+) (?:"|-)/;

/** Takes the lines of one file, or of a piece of one, one after the other. */
export class LogReader {
  private readonly alb: AlbScanner;
  private readonly edge: EdgeScanner;
  private line = 0;
  /** The line that is being taken. */
  private bytes: Buffer = Buffer.alloc(0);
  private from = 0;
  private to = 0;

  /** @param job number of the piece, for examples */
  constructor(
    private readonly tally: Tally,
    private readonly window: Window,
    private readonly job: number,
  ) {
    // Made once, not for every line: few are asked for.
    const example = (): Example => this.example(kept);
    this.alb = new AlbScanner(tally, window, example);
    this.edge = new EdgeScanner(tally, window, example);
  }

  /** Lines taken so far. */
  get lines(): number {
    return this.line;
  }

  /** Takes the line `bytes[from..to)`, without its line feed. */
  take(bytes: Buffer, from: number, to: number): void {
    this.line++;
    // What Windows, a text editor or a disk that was full put there.
    while (to > from && (bytes[to - 1] === CR || bytes[to - 1] === SPACE || bytes[to - 1] === 0))
      to--;
    while (from < to && (bytes[from] === 0 || bytes[from] === SPACE)) from++;
    if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    if (from >= to) {
      this.tally.lines.blank++;
      return;
    }
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    const first = bytes[from] ?? 0;
    // `#`, `{` and digits begin no line of an access log.
    if (first === BRACE || first < COLON || !this.alb.scan(bytes, from, to)) this.takeOther();
  }

  /** Counts a line that was too long to be kept. */
  takeTooLong(start: string): void {
    this.line++;
    const problem = "longer than any line of a log";
    const text = shortened(printable(start), shown);
    countMalformed(this.tally, problem, () => ({ job: this.job, line: this.line, text, problem }));
  }

  /** To be called after the last line. */
  finish(): void {
    this.alb.finish();
    this.edge.finish();
  }

  private takeOther(): void {
    const text = this.bytes.toString("utf8", this.from, this.to);
    if (this.edge.take(text)) return;
    const { lines } = this.tally;
    if (text.startsWith("#")) {
      lines.blank++;
      return;
    }
    const check = healthCheck.exec(text);
    if (check !== null) {
      this.countCheck(check);
      return;
    }
    if (connection.test(text)) {
      lines.connections++;
      return;
    }
    const cut = readCut(text);
    if (cut !== undefined) {
      this.alb.count(cut);
      return;
    }
    const problem = foreign(text);
    countMalformed(this.tally, problem, () => ({ ...this.example(shown), problem }));
  }

  private example(length: number): Example {
    const { bytes, from, to } = this;
    const text = printable(bytes.toString("utf8", from, Math.min(to, from + 2 * length)));
    return { job: this.job, line: this.line, text: shortened(text, length) };
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
    if (!within(this.window, (milliseconds(time) ?? NaN) / 1000)) {
      lines.outside++;
      return;
    }
    lines.healthChecks++;
    if (result === "FAIL") count(failedChecks, [group, reason, status].map(printable).join(" "));
  }
}
