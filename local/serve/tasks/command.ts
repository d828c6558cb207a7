/** A container that a command of this machine stands in for. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import type { RunningOrigin } from "../../nginx";
import { commandAddress } from "../addresses";
import { freePort } from "./listening";
import { connectFirst, type Place, type Relay, startRelay } from "./relay";

export interface CommandOptions {
  /** A shell command. */
  readonly command: string;
  /** Folder it starts in. */
  readonly cwd: string;
  /** The container's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names that ECS would fill from a secret store; each gets a placeholder. */
  readonly secrets: readonly string[];
  /** Address and port where others expect the container; without a port nobody does. */
  readonly address: string;
  readonly port?: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopSeconds: number;
  readonly onLog: (line: string) => void;
  /** Called when it ends although nobody asked it to, or does not listen. */
  readonly onTrouble: (message: string) => void;
}

/** Milliseconds that a start waits until the command listens; then the health check has the word. */
const listenMs = 20_000;
/** Seconds between SIGTERM and SIGKILL where nobody waits. */
const killSeconds = 2;
/** What command.sh writes before the exit status. */
const exitMark = "\u001eexit ";
/** What of this process's own environment a command gets: no AWS credentials, nothing of a project. */
const inherited = ["PATH", "HOME", "USER", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR"] as const;

/** Stands for a value of a secret store. */
export const secretPlaceholder = (name: string): string => `placeholder-for-${name}`;

/**
 * The environment of a command. Tasks share this machine, so that each is told where to listen:
 * `HOST` (and `HOPWISE_ADDRESS`) is an address of its own, and `PORT` a port that is free on every
 * address, so that it may as well listen on all of them. What the task definition sets wins, but for
 * a `PORT` that is the container's own.
 */
function environmentOf(
  { environment, secrets, port }: Pick<CommandOptions, "environment" | "secrets" | "port">,
  host: string,
  free: number,
): Record<string, string> {
  const own = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const fixed = environment.PORT !== undefined && Number(environment.PORT) !== port;
  return {
    ...Object.fromEntries(own),
    HOST: host,
    HOPWISE_ADDRESS: host,
    ...Object.fromEntries(secrets.map((name) => [name, secretPlaceholder(name)])),
    ...environment,
    ...(!fixed && { PORT: String(free) }),
  };
}

/**
 * Starts the command and passes connections on to wherever it listens. Resolves when it takes
 * connections, or after a while without.
 *
 * @throws with what it printed when it ends instead
 */
export async function startCommand(options: CommandOptions): Promise<RunningOrigin> {
  const { address, port, cwd, command } = options;
  const [host, free] = [commandAddress(address), await freePort()];
  const env = environmentOf(options, host, free);
  const places = port === undefined ? [] : await placesOf(host, [free, Number(env.PORT), port]);
  const relay = port === undefined ? undefined : await startRelay(address, port, places);
  const child = spawn(
    "sh",
    [path.join(__dirname, "command.sh"), command, String(killSeconds)],
    // A process group of its own, for signals to all of it.
    { cwd, env, detached: true, stdio: ["pipe", "pipe", "inherit"] },
  );
  const running = new RunningCommand(options, child, relay);
  try {
    await once(child, "spawn");
    if (port !== undefined) await running.listening(places);
    return running;
  } catch (error) {
    await running.kill();
    throw error;
  }
}

/** Where a command may listen: not where something else does before it starts. */
async function placesOf(host: string, ports: readonly number[]): Promise<Place[]> {
  const distinct = [...new Set(ports)];
  const places: Place[] = distinct.map((port) => ({ host, port }));
  for (const port of distinct)
    for (const loopback of ["127.0.0.1", "::1"]) {
      const place = { host: loopback, port };
      const other = await connectFirst([place]);
      other?.destroy();
      if (!other) places.push(place);
    }
  return places;
}

/** A command that has been started. */
class RunningCommand implements RunningOrigin {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with its exit status when nothing of it is left. */
  readonly ended: Promise<number>;
  private over = false;
  private stopping = false;
  private started = false;
  private readonly printed: string[] = [];
  private status = 0;

  constructor(
    private readonly options: CommandOptions,
    private readonly child: ChildProcess,
    private readonly relay: Relay | undefined,
  ) {
    this.address = options.address;
    this.port = options.port ?? 0;
    this.pid = child.pid ?? 0;
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", () => {
        this.over = true;
        resolve(this.status);
      });
    });
    this.ended.then(
      (status) => {
        if (this.started && !this.stopping) options.onTrouble(this.endedWith(status));
      },
      () => undefined,
    );
    if (child.stdout) createInterface({ input: child.stdout }).on("line", this.heard);
  }

  /** Waits until one of the places takes connections. */
  async listening(places: readonly Place[]): Promise<void> {
    const deadline = Date.now() + listenMs;
    while (Date.now() < deadline) {
      const socket = await connectFirst(places);
      socket?.destroy();
      if (this.over) throw new Error(this.endedWith(await this.ended));
      if (socket) {
        this.started = true;
        return;
      }
      await after(20);
    }
    this.started = true;
    const [first] = places;
    this.options.onTrouble(
      `does not listen after ${listenMs / 1000} s: it should, on $HOST:$PORT (now ${first?.host ?? ""}:${first?.port ?? ""})`,
    );
  }

  /** SIGTERM, and SIGKILL when it does not end in time, as ECS stops a container. */
  async quit(): Promise<void> {
    await this.end(this.options.stopSeconds);
  }

  async kill(): Promise<void> {
    await this.end(killSeconds);
  }

  private async end(seconds: number): Promise<void> {
    this.stopping = true;
    this.signal("SIGTERM");
    const late = setTimeout(() => {
      this.signal("SIGKILL");
    }, seconds * 1000);
    await this.ended.catch(() => undefined);
    clearTimeout(late);
    await this.relay?.close();
  }

  private readonly heard = (line: string): void => {
    if (line.startsWith(exitMark)) {
      this.status = Number(line.slice(exitMark.length));
      return;
    }
    this.printed.push(line);
    if (this.printed.length > 20) this.printed.shift();
    this.options.onLog(line);
  };

  private endedWith(status: number): string {
    const taken = this.printed.some((line) => /EADDRINUSE|address already in use/i.test(line));
    const hint = taken
      ? " It wants its port on every address; it should listen on $HOST:$PORT, which differ from task to task. " +
        "If it cannot, start it where it has the port to itself, such as in a container, and name it: --upstream NAME=HOST:PORT."
      : "";
    return `'${this.options.command}' ended with exit code ${status}.${hint}${this.printed.map((line) => `\n    ${line}`).join("")}`;
  }

  /** To everything that the command started. */
  private signal(name: NodeJS.Signals): void {
    if (this.over || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
