import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** An nginx that can serve the image's templates. */
export interface NginxFound {
  /** The program, absolute, or as HOPWISE_NGINX names it. */
  readonly path: string;
  /** For instance `1.26.3`. */
  readonly version: string;
}

/** The first version with the `http2` directive: https://nginx.org/en/docs/http/ngx_http_v2_module.html#http2 */
export const minimumNginx = "1.25.1";

const projectDir = join(__dirname, "..", "..");
/** Where packages put nginx although people's PATH seldom has it. */
const serverDirs = ["/usr/sbin", "/usr/local/sbin", "/usr/local/nginx/sbin"];

/**
 * Looks for an nginx of at least {@link minimumNginx}: HOPWISE_NGINX, then `.tools/nginx/nginx` of this
 * checkout (see `.ci/get-nginx`), then PATH and the usual places of server programs. With
 * HOPWISE_NGINX=none it looks nowhere.
 *
 * @returns undefined where there is none (or only older ones)
 * @throws where HOPWISE_NGINX names something that cannot be used: who sets it wants to know
 */
export async function findNginx(
  env: NodeJS.ProcessEnv = process.env,
): Promise<NginxFound | undefined> {
  const named = env.HOPWISE_NGINX;
  if (named === "none") return undefined;
  if (named !== undefined && named !== "") {
    const version = await versionOf(named);
    if (version !== undefined && isAtLeast(version, minimumNginx)) return { path: named, version };
    throw new Error(
      `HOPWISE_NGINX=${named}: ${version === undefined ? "is no nginx that can be started" : `is nginx ${version}`}. ` +
        `Give the path of nginx ${minimumNginx} or later, or unset it.`,
    );
  }
  return firstNewEnough(candidates(env));
}

/** The first of the given programs that is an nginx of at least {@link minimumNginx}. */
export async function firstNewEnough(paths: readonly string[]): Promise<NginxFound | undefined> {
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const version = await versionOf(path);
    if (version !== undefined && isAtLeast(version, minimumNginx)) return { path, version };
  }
  return undefined;
}

/** How to get an nginx, in a line or two for people: an installed package has no `.ci`. */
export function howToGetNginx(): string {
  const script =
    "On Debian and its relatives .ci/get-nginx puts one into .tools/ without touching the system.";
  return [
    `Install nginx ${minimumNginx} or later (macOS: brew install nginx), or set HOPWISE_NGINX to one.`,
    ...(existsSync(join(projectDir, ".ci/get-nginx")) ? [script] : []),
  ].join("\n");
}

/** True when `version` is not below `minimum`, both of the form 1.25.1. */
export function isAtLeast(version: string, minimum: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of minimum.split(".").map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env.PATH ?? "").split(delimiter).filter((dir) => dir !== "");
  return [
    join(projectDir, ".tools", "nginx", "nginx"),
    ...[...onPath, ...serverDirs].map((dir) => join(dir, "nginx")),
  ];
}

/** nginx prints its version on standard error: `nginx version: nginx/1.26.3`. */
function versionOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["-v"], { timeout: 30_000 }, (_error, _stdout, stderr) => {
      resolve(/nginx version: \S+\/(\d+\.\d+\.\d+)/.exec(stderr)?.[1]);
    });
  });
}
