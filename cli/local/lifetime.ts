import { constants } from "node:os";
import { describeFailure } from "../failure";

/** The signals by which a terminal, a person or a supervisor ends a process. */
const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Longest time that closing may take; then the process ends anyway. */
const closingMilliseconds = 8000;

/**
 * Closes what was opened, however the process ends: normally, by a signal or by a crash. A second signal does not wait.
 */
export class Lifetime {
  private readonly closers: (() => Promise<void>)[] = [];
  private closing?: Promise<void>;
  private served = false;
  private ending = false;
  private readonly ended: Promise<void>;
  private end!: () => void;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    for (const signal of endSignals)
      process.on(signal, () => {
        this.interrupted(signal);
      });
    // Nothing reads the output any more: a closed window, or `| head`. An error message would fail too.
    for (const stream of [process.stdout, process.stderr])
      stream.on("error", () => {
        this.interrupted("SIGHUP");
      });
    const crash = (error: unknown): void => {
      process.stderr.write(`${describeFailure(error)}\n`);
      void this.exit(1);
    };
    process.on("uncaughtException", crash);
    process.on("unhandledRejection", crash);
  }

  /** Adds something to close. Closed last in, first out. */
  onClose(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  /** Waits until a signal asks for the end. From then on that end is a success. */
  untilInterrupted(): Promise<void> {
    this.served = true;
    return this.ended;
  }

  /** Ends the process, as a failure, when it still runs after that time. */
  endAfter(seconds: number, what: string): void {
    setTimeout(() => {
      process.stderr.write(`${what} did not end within ${seconds} s and was stopped.\n`);
      void this.exit(1);
    }, seconds * 1000).unref();
  }

  /** Closes everything, once; gives up on what does not close in time. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    const late = new Promise<void>((resolve) => {
      setTimeout(() => {
        resolve();
        // Whatever is open still would keep the process; started processes end with it.
        process.exit(process.exitCode ?? 1);
      }, closingMilliseconds).unref();
    });
    const all = (async () => {
      for (const close of this.closers.reverse()) await close();
    })();
    await Promise.race([all, late]);
  }

  private interrupted(signal: (typeof endSignals)[number]): void {
    const code = 128 + constants.signals[signal];
    if (this.ending && signal === "SIGHUP") return;
    if (this.closing) process.exit(code);
    this.ending = true;
    // While serving, a signal is how one stops: nothing failed. Before that, something was cut off.
    if (this.served) this.end();
    else void this.exit(code);
  }

  private async exit(code: number): Promise<void> {
    try {
      await this.close();
    } finally {
      process.exit(code);
    }
  }
}
