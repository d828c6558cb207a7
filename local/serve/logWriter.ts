/** Log files as AWS delivers them to S3: buffered lines, gzip, a new object for every period. */
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** The destination of lines. */
export interface LogTarget {
  /** The current file, and until when (milliseconds since 1970) it is used. */
  readonly fileAt: (now: number) => { readonly until: number; readonly path: string };
  /** Text at the beginning of every file. @default nothing */
  readonly header?: string;
  /** Called once if lines could not be written. */
  readonly onProblem: (message: string) => void;
}

/** Lines are buffered this long before they are written, as one gzip member of the file. */
const gatherMs = 250;

/** Writes the lines of a log. A line can be read after a quarter of a second, not after minutes. */
export class LogWriter {
  private lines: string[] = [];
  private timer?: NodeJS.Timeout;
  private failed = false;
  private file?: { readonly until: number; readonly path: string };

  constructor(private readonly target: LogTarget) {}

  /** Adds a line. */
  write(line: string): void {
    this.lines.push(line);
    this.timer ??= setTimeout(() => {
      this.flush();
    }, gatherMs);
    this.timer.unref();
  }

  /** Writes the buffered lines. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const lines = this.lines;
    this.lines = [];
    const now = Date.now();
    const { header, onProblem } = this.target;
    if (!this.file || now >= this.file.until) {
      this.file = this.target.fileAt(now);
      if (header !== undefined) lines.unshift(header);
    }
    try {
      mkdirSync(path.dirname(this.file.path), { recursive: true });
      appendFileSync(this.file.path, gzipSync(`${lines.join("\n")}\n`, { level: 1 }));
    } catch (error) {
      // A full disk ends the log, not the service.
      if (!this.failed) onProblem(`No log is written: ${(error as Error).message}`);
      this.failed = true;
    }
  }
}
