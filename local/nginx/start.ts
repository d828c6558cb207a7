import { join } from "node:path";
import type { NginxFound } from "./find";
import { launchNginx } from "./launch";
import type { RunningOrigin } from "./origin";
import { renderNginx } from "./render";

export interface StartNginxOptions {
  readonly nginx: NginxFound;
  /** `nginx/templates`, next to `docker-entrypoint.d` and `page`. */
  readonly templatesDir: string;
  /** The container's environment, as the task definition has it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Loopback address to listen on; the port is HOPWISE_PORT's. */
  readonly address: string;
  /** A directory for this nginx only. nginx writes into `nginx/` in it. */
  readonly stateDir: string;
  /** Each line that nginx prints: access log (JSON) and error log. */
  readonly onLog?: (line: string) => void;
}

/**
 * Starts a task's nginx with the image's own templates and scripts. Resolves when connections are
 * accepted.
 *
 * @throws with the output of nginx or the image's scripts if it does not start
 */
export async function startNginx(options: StartNginxOptions): Promise<RunningOrigin> {
  const { nginx, templatesDir, address, onLog } = options;
  const runDir = join(options.stateDir, "nginx");
  const { configFile, environment } = await renderNginx({
    templatesDir,
    environment: {
      // One worker is enough here, and several tasks share the machine.
      HOPWISE_WORKERS: "1",
      // `hopwise local` shows a request when its line has come.
      HOPWISE_LOG_SECONDS: "0",
      ...options.environment,
      HOPWISE_ADDRESS: address.includes(":") ? `[${address}]` : address,
    },
    runDir,
  });
  const port = Number(environment.HOPWISE_PORT);
  return launchNginx({ nginx, configFile, runDir, address, port, onLog });
}
