/** A command of this machine that replaces a container. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import type { RunningOrigin } from "../../nginx";
import { commandAddress } from "../addresses";
import { freePort } from "./listening";
import { connectFirst, type UpstreamAddress, type Relay, startRelay } from "./relay";

export interface CommandOptions {
  /** A shell command. */
  readonly command: string;
  /** Its working directory. */
  readonly cwd: string;
  /** The container's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variables that ECS would fill from a secret store. */
  readonly secrets: readonly string[];
  /** Values of those of them that are known; the others get placeholders. */
  readonly secretValues?: Readonly<Record<string, string>>;
  /** Address and port of the container for others; without a port nobody calls it. */
  readonly address: string;
  readonly port?: number;
  /** Another port of the container, on which the command listens by itself. */
  readonly grpcPort?: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopSeconds: number;
  readonly onLog: (line: string) => void;
  /** Called when it ends unexpectedly, or does not listen. */
  readonly onTrouble: (message: string) => void;
}

/**
 * Milliseconds that a start waits for the command to listen; after that the health check decides.
 */
const listenMs = 20_000;
/** Seconds between SIGTERM and SIGKILL if nothing waits for it. */
const killSeconds = 2;
/** The text that command.sh writes before the exit status. */
const exitMark = "\u001eexit ";
/** Variables of this process that a command gets: no AWS credentials, nothing of a project. */
const inherited = ["PATH", "HOME", "USER", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR"] as const;

/** Placeholder for a value of a secret store. */
export const secretPlaceholder = (name: string): string => `placeholder-for-${name}`;

/**
 * The environment of a command. Tasks share this machine, so the environment says where to listen:
 * `HOST` (and `HOPWISE_ADDRESS`) is the task's own address, and `PORT` a port that is free on every
 * address, so that it can also listen on all of them. Values of the task definition take precedence, except a
 * `PORT` that is the container's own.
 */
function environmentOf(
  {
    environment,
    secrets,
    secretValues,
    port,
  }: Pick<CommandOptions, "environment" | "secrets" | "secretValues" | "port">,
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
    ...secretValues,
    ...environment,
    ...(!fixed && { PORT: String(free) }),
  };
}

/**
 * Starts the command and relays connections to the address on which it listens. Resolves when it
 * accepts connections, or after a timeout.
 *
 * @throws with its output if it ends instead
 */
export async function startCommand(options: CommandOptions): Promise<RunningOrigin> {
  const { address, port, grpcPort, cwd, command } = options;
  const [host, free] = [commandAddress(address), await freePort()];
  const env = environmentOf(options, host, free);
  const places = port === undefined ? [] : await placesOf(host, [free, Number(env.PORT), port]);
  const relays = port === undefined ? [] : [await startRelay(address, port, places)];
  if (grpcPort !== undefined && grpcPort !== port)
    relays.push(await startRelay(address, grpcPort, await placesOf(host, [grpcPort])));
  const child = spawn(
    "sh",
    [path.join(__dirname, "command.sh"), command, String(killSeconds)],
    // Its own process group, to signal all of its processes.
    { cwd, env, detached: true, stdio: ["pipe", "pipe", "inherit"] },
  );
  const running = new RunningCommand(options, child, relays);
  try {
    await once(child, "spawn").catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      throw new Error(`Cannot run "${command}": this needs sh in PATH, and the folder ${cwd}.`, {
        cause: error,
      });
    });
    if (port !== undefined) await running.listening(places);
    return running;
  } catch (error) {
    await running.kill();
    throw error;
  }
}

/** Where a command may listen: addresses that were free before it starts. */
async function placesOf(host: string, ports: readonly number[]): Promise<UpstreamAddress[]> {
  const distinct = [...new Set(ports)];
  const places: UpstreamAddress[] = distinct.map((port) => ({ host, port }));
  for (const port of distinct)
    for (const loopback of ["127.0.0.1", "::1"]) {
      const place = { host: loopback, port };
      const other = await connectFirst([place]);
      other?.destroy();
      if (!other) places.push(place);
    }
  return places;
}

/** A started command. */
class RunningCommand implements RunningOrigin {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with its exit status when all of its processes have ended. */
  readonly ended: Promise<number>;
  private over = false;
  private stopping = false;
  private started = false;
  private readonly printed: string[] = [];
  private status = 0;

  constructor(
    private readonly options: CommandOptions,
    private readonly child: ChildProcess,
    private readonly relays: readonly Relay[],
  ) {
    this.address = options.address;
    this.port = options.port ?? 0;
    this.pid = child.pid ?? 0;
    const read = new Promise<void>((resolve) => {
      if (child.stdout === null) resolve();
      else createInterface({ input: child.stdout }).on("line", this.heard).once("close", resolve);
    });
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", () => {
        // Its last lines may not be read yet, and one of them has the status.
        void read.then(() => {
          this.over = true;
          resolve(this.status);
        });
      });
    });
    this.ended.then(
      (status) => {
        if (this.started && !this.stopping) options.onTrouble(this.endedWith(status));
      },
      () => undefined,
    );
  }

  /** Waits until one of the places accepts connections. */
  async listening(places: readonly UpstreamAddress[]): Promise<void> {
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

  /** SIGTERM, then SIGKILL if it does not end in time, as ECS stops a container. */
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
    await Promise.all(this.relays.map((relay) => relay.close()));
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
        "If it cannot, start it where the port is free, such as in a container, and name it: --upstream NAME=HOST:PORT."
      : "";
    return `'${this.options.command}' ended with exit code ${status}.${hint}${this.printed.map((line) => `\n    ${line}`).join("")}`;
  }

  /** Signals everything that the command started. */
  private signal(name: NodeJS.Signals): void {
    if (this.over || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
