import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isAtLeast } from "../../nginx/find";
import type { Http3Choice } from "../types";

/** The first version that reads its configuration again on SIGUSR1, which updates here rely on. */
export const minimumCaddy = "2.11.0";

const projectDir = join(__dirname, "..", "..", "..");

/**
 * Looks for Caddy, which speaks HTTP/3 to viewers: HOPWISE_CADDY, then `.tools/caddy/caddy` of this
 * checkout (see `.ci/get-caddy`), then PATH. With HOPWISE_CADDY=none it looks nowhere.
 *
 * @returns undefined where there is none (or only older ones than {@link minimumCaddy})
 * @throws where HOPWISE_CADDY names something that cannot be used: who sets it wants to know
 */
export async function findCaddy(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Http3Choice | undefined> {
  const named = env.HOPWISE_CADDY;
  if (named === "none") return undefined;
  if (named !== undefined && named !== "") {
    const version = await versionOf(named);
    if (version !== undefined && isAtLeast(version, minimumCaddy)) return { path: named, version };
    throw new Error(
      `HOPWISE_CADDY=${named}: ${version === undefined ? "is no Caddy that can be started" : `is Caddy ${version}`}. ` +
        `Give the path of Caddy ${minimumCaddy} or later, or unset it.`,
    );
  }
  const onPath = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of [join(projectDir, ".tools", "caddy"), ...onPath]) {
    const path = join(folder, "caddy");
    if (!existsSync(path)) continue;
    const version = await versionOf(path);
    if (version !== undefined && isAtLeast(version, minimumCaddy)) return { path, version };
  }
  return undefined;
}

/** How to get Caddy, in a sentence for people. */
export function howToGetCaddy(): string {
  const get = existsSync(join(projectDir, ".ci/get-caddy"))
    ? ".ci/get-caddy puts Caddy into .tools/ without touching the system"
    : "Install Caddy (https://caddyserver.com/docs/install)";
  return `${get}; or set HOPWISE_CADDY to one of ${minimumCaddy} or later.`;
}

/** `v2.11.7 h1:...` */
function versionOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["version"], { timeout: 30_000 }, (_error, stdout) => {
      resolve(/^v?(\d+\.\d+\.\d+)\b/.exec(stdout)?.[1]);
    });
  });
}
