import { mkdir, rm, stat } from "node:fs/promises";
import { createConnection } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { NginxFound } from "./find";
import type { RunningOrigin } from "./origin";
import { Supervised } from "./supervised";

export interface LaunchNginxOptions {
  readonly nginx: NginxFound;
  /** The configuration; it names no `user`, and `nginx.pid` of `runDir` as its `pid`. */
  readonly configFile: string;
  /** Folder to which paths of the configuration are relative. */
  readonly runDir: string;
  /** Where it listens, as the configuration says. */
  readonly address: string;
  readonly port: number;
  /** Each line that nginx prints: access log and error log. */
  readonly onLog?: (line: string) => void;
}

/** Milliseconds after which a start counts as failed. */
const startTimeout = 60_000;

/**
 * Starts nginx in the foreground, as a child that ends when this process ends, for whatever reason.
 * Resolves when connections are accepted.
 *
 * @throws with what nginx printed when it does not start
 */
export async function launchNginx(options: LaunchNginxOptions): Promise<RunningOrigin> {
  const { runDir, configFile, address, port } = options;
  await mkdir(runDir, { recursive: true });
  // A pid file that an earlier nginx left behind would look like a start.
  await rm(join(runDir, "nginx.pid"), { force: true });
  const command = [
    options.nginx.path,
    ...["-e", "stderr", "-p", runDir, "-c", configFile, ...asThisUser()],
  ];
  const server = await Supervised.start(command, { cwd: runDir, onLine: options.onLog });
  try {
    await started(join(runDir, "nginx.pid"), address, port, server);
  } catch (error) {
    await server.kill();
    throw error;
  }
  return {
    address,
    port,
    pid: server.pid,
    ended: server.ended,
    quit: async () => {
      server.signal("SIGQUIT");
      await server.ended;
    },
    kill: () => server.kill(),
  };
}

/**
 * As root nginx would run its workers as a user who may not read the checkout; the image never runs
 * as root.
 */
function asThisUser(): string[] {
  if (process.getuid?.() !== 0) return [];
  return [
    "-g",
    process.platform === "darwin" ? "user root wheel;" : `user ${userInfo().username};`,
  ];
}

/**
 * nginx writes its pid file when its sockets listen; before that, something else may answer on the
 * port.
 */
async function started(
  pidFile: string,
  address: string,
  port: number,
  server: Supervised,
): Promise<void> {
  const { printed } = server;
  const deadline = Date.now() + startTimeout;
  for (;;) {
    const taken = printed.find((line) => /bind\(\) to .* failed/.test(line));
    if (taken !== undefined) {
      throw new Error(
        `nginx cannot listen on ${address}:${port}: ${taken.replace(/^.*failed /, "")}`,
      );
    }
    if (server.hasEnded) throw new Error(`nginx ended at its start:\n${printed.join("\n")}`);
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
