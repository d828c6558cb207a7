import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, rm, stat } from "node:fs/promises";
import { createConnection } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { NginxFound } from "./find";
import type { RunningOrigin } from "./origin";

export interface LaunchNginxOptions {
  readonly nginx: NginxFound;
  /** The configuration; it names no `user`, and `nginx.pid` of `runDir` as its `pid`. */
  readonly configFile: string;
  /** Folder that paths of the configuration are relative to. */
  readonly runDir: string;
  /** Where it listens, as the configuration says. */
  readonly address: string;
  readonly port: number;
  /** Each line that nginx prints: access log and error log. */
  readonly onLog?: (line: string) => void;
}

/** Milliseconds that a start may take before it counts as failed. */
const startTimeout = 10_000;
/** Milliseconds that nginx gets to end after SIGTERM. */
const termTimeout = 2_000;

/**
 * Starts nginx in the foreground, as a child that ends with this process however that ends. Resolves
 * when connections are accepted.
 *
 * @throws with what nginx printed when it does not start
 */
export async function launchNginx(options: LaunchNginxOptions): Promise<RunningOrigin> {
  const { runDir, configFile, address, port } = options;
  await mkdir(runDir, { recursive: true });
  // A pid file that an earlier nginx left behind would look like a start.
  await rm(join(runDir, "nginx.pid"), { force: true });
  const child = spawn(
    "sh",
    [
      join(__dirname, "supervise.sh"),
      options.nginx.path,
      ...["-e", "stderr", "-p", runDir, "-c", configFile, ...asThisUser()],
    ],
    // Its own process group: Ctrl-C is for us to turn into a graceful end.
    { cwd: runDir, detached: true, stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  const printed: string[] = [];
  const pid = readLines(child, (line) => {
    printed.push(line);
    if (printed.length > 20) printed.shift();
    options.onLog?.(line);
  });

  const origin = new NginxProcess(address, port, await pid, child, ended);
  try {
    await started(join(runDir, "nginx.pid"), address, port, ended, printed);
  } catch (error) {
    await origin.kill();
    throw error;
  }
  return origin;
}

class NginxProcess implements RunningOrigin {
  constructor(
    readonly address: string,
    readonly port: number,
    readonly pid: number,
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  async quit(): Promise<void> {
    this.signal("SIGQUIT");
    await this.ended;
  }

  async kill(): Promise<void> {
    this.signal("SIGTERM");
    const timer = setTimeout(() => {
      // The whole group: a killed master leaves its workers behind.
      if (this.child.pid !== undefined) signal(-this.child.pid, "SIGKILL");
    }, termTimeout);
    await this.ended;
    clearTimeout(timer);
  }

  private signal(name: NodeJS.Signals): void {
    if (this.child.exitCode === null && this.child.signalCode === null) signal(this.pid, name);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It may have ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** As root nginx would run its workers as a user who may not read the checkout; the image never runs as root. */
function asThisUser(): string[] {
  if (process.getuid?.() !== 0) return [];
  return [
    "-g",
    process.platform === "darwin" ? "user root wheel;" : `user ${userInfo().username};`,
  ];
}

/** Passes on what nginx prints. The first line is the supervisor's: the pid of nginx's master. */
function readLines(child: ChildProcess, onLine: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error("the shell that starts nginx ended at once"));
    });
    if (child.stdout === null) throw new Error("nginx was started without a pipe for its output");
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

/** nginx writes its pid file when its sockets listen; before, something else may answer on the port. */
async function started(
  pidFile: string,
  address: string,
  port: number,
  ended: Promise<void>,
  printed: readonly string[],
): Promise<void> {
  const state = { gone: false };
  void ended.then(() => {
    state.gone = true;
  });
  const deadline = Date.now() + startTimeout;
  for (;;) {
    const taken = printed.find((line) => /bind\(\) to .* failed/.test(line));
    if (taken !== undefined) {
      throw new Error(
        `nginx cannot listen on ${address}:${port}: ${taken.replace(/^.*failed /, "")}`,
      );
    }
    if (state.gone) throw new Error(`nginx ended at its start:\n${printed.join("\n")}`);
    if (Date.now() > deadline) {
      throw new Error(
        `nginx did not start within ${startTimeout / 1000} s:\n${printed.join("\n")}`,
      );
    }
    if ((await exists(pidFile)) && (await accepts(address, port))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (file) => file.size > 0,
    () => false,
  );
}

function accepts(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
