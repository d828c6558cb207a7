/** Runs the `hopwise` command as people do, in a process of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { timeoutMs } from "../eventually";

export const projectDir = path.join(__dirname, "..", "..");

/** How a run ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A run that goes on. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /**
   * Resolves with everything said so far once it contains the text, so many times; rejects when it
   * ends first, or when only a hang takes so long.
   */
  said(text: string, times?: number): Promise<string>;
}

/** Runs that have not ended. */
const runs = new Set<Running>();

async function end(left: readonly Running[]): Promise<void> {
  for (const { child } of left) child.kill("SIGTERM");
  const late = setTimeout(() => {
    for (const { child } of left) child.kill("SIGKILL");
  }, timeoutMs);
  await Promise.all(left.map(({ ended }) => ended.catch(() => undefined)));
  clearTimeout(late);
}

/** `describe` after which nothing runs that a failed test has left; nor after each of its tests. */
export function describeRuns(title: string, declare: (this: Mocha.Suite) => void): void {
  describe(title, function () {
    let before: ReadonlySet<Running> = new Set();
    beforeEach(() => {
      before = new Set(runs);
    });
    afterEach(() => end([...runs].filter((run) => !before.has(run))));
    declare.call(this);
    after(() => end([...runs]));
  });
}

/** Starts a script of `cli/`, without colours and at 80 columns. */
export function start(args: string[], script = "hopwise.js", cwd = projectDir): Running {
  const started = Date.now();
  const env = { ...process.env, LANG: "C.UTF-8", LC_ALL: "", NO_COLOR: "1", HOPWISE_DEBUG: "" };
  const child = spawn(process.execPath, [path.join(projectDir, "cli", script), ...args], {
    cwd,
    env,
    // A run that does not end by itself must not outlive its suite.
    timeout: 10 * timeoutMs,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  let waiting: (() => void)[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout, stderr, milliseconds: Date.now() - started });
    });
  });
  const said = (text: string, times = 1): Promise<string> =>
    new Promise((resolve, reject) => {
      const fail = (how: string): void => {
        reject(new Error(`${how} without saying "${text}":\n${stdout}\n${stderr}`));
      };
      const late = setTimeout(() => {
        fail(`${timeoutMs / 1000} s passed`);
      }, timeoutMs);
      const look = (): void => {
        if (stdout.split(text).length <= times) return;
        waiting = waiting.filter((other) => other !== look);
        clearTimeout(late);
        resolve(stdout);
      };
      waiting.push(look);
      look();
      void ended.then(() => {
        clearTimeout(late);
        fail("ended");
      });
    });
  const running = { child, ended, said };
  runs.add(running);
  child.on("close", () => runs.delete(running));
  return running;
}

/** Runs a script of `cli/` to its end. */
export function run(args: string[], script?: string, cwd?: string): Promise<Ended> {
  const running = start(args, script, cwd);
  running.child.stdin.end();
  return running.ended;
}

/** Process ids of everything that a process started, directly or not. Linux only. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // `pid (name) state ppid ...`; a name may hold spaces and brackets.
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      continue; // ended meanwhile
    }
  }
  const found = [pid];
  for (const ancestor of found)
    for (const [child, parent] of parents) if (parent === ancestor) found.push(child);
  return found.slice(1);
}

/** True while a process exists and has not just become a zombie. */
export function alive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}
