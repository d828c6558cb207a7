/**
 * A server in a separate process that ends when this one ends, for whatever reason; see
 * supervise.sh.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Milliseconds that a server has to end after SIGTERM. */
const termTimeout = 2_000;
/** Number of output lines that are kept. */
const linesKept = 20;

export interface SuperviseOptions {
  /** Its working directory. */
  readonly cwd: string;
  /** Each line that it prints, on either output. */
  readonly onLine?: (line: string) => void;
}

/** The server's process: its output, and its end. */
export class Supervised {
  /** The last lines that it printed. */
  readonly printed: string[] = [];
  /** Resolves when it has ended, including all its children. */
  readonly ended: Promise<void>;
  private reportedPid = 0;
  private gone = false;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((resolve) => {
      child.once("exit", () => {
        this.gone = true;
        resolve();
      });
    });
  }

  /** Starts a command. Resolves when its process exists. */
  static async start(command: readonly string[], options: SuperviseOptions): Promise<Supervised> {
    const child = spawn(
      "sh",
      [join(__dirname, "supervise.sh"), ...command],
      // Its own process group, so that Ctrl-C reaches only us, and we end it gracefully.
      { cwd: options.cwd, detached: true, stdio: ["pipe", "pipe", "inherit"] },
    );
    const supervised = new Supervised(child);
    supervised.reportedPid = await readLines(child, (line) => {
      supervised.printed.push(line);
      if (supervised.printed.length > linesKept) supervised.printed.shift();
      options.onLine?.(line);
    });
    return supervised;
  }

  /** The server's own process id. */
  get pid(): number {
    return this.reportedPid;
  }

  get hasEnded(): boolean {
    return this.gone;
  }

  signal(name: NodeJS.Signals): void {
    if (!this.gone) signal(this.pid, name);
  }

  /** Ends it, by force if necessary. */
  async kill(): Promise<void> {
    this.signal("SIGTERM");
    const timer = setTimeout(() => {
      // The whole group: a killed server may leave workers behind.
      if (this.child.pid !== undefined) signal(-this.child.pid, "SIGKILL");
    }, termTimeout);
    await this.ended;
    clearTimeout(timer);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It may have ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Passes on the server's output. The supervisor prints the first line, the server's pid. */
function readLines(child: ChildProcess, onLine: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error("the shell that starts it ended at once"));
    });
    if (child.stdout === null) throw new Error("started without a pipe for its output");
    let seenPid = false;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const pid = seenPid ? undefined : /^pid (\d+)$/.exec(line)?.[1];
      if (pid === undefined) {
        if (!/^exit \d+$/.test(line)) onLine(line);
        return;
      }
      seenPid = true;
      resolve(Number(pid));
    });
  });
}
