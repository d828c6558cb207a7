import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface RenderOptions {
  /** The image's `templates` folder, next to `docker-entrypoint.d` and `page`. */
  readonly templatesDir: string;
  /** The container's environment, as the task definition has it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Replaces the container's `/tmp/nginx`: everything is rendered and written here. */
  readonly runDir: string;
}

export interface Rendered {
  /** The configuration to start nginx with. */
  readonly configFile: string;
  /** The environment after the image's `.envsh` scripts, defaults filled in. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Does what the image's entrypoint does before it starts nginx: sources
 * `docker-entrypoint.d/*.envsh`, substitutes the variables in the templates as `envsubst` would,
 * runs `docker-entrypoint.d/*.sh`.
 *
 * @throws with every problem that the scripts print if the image does not accept the environment
 */
export async function renderNginx(options: RenderOptions): Promise<Rendered> {
  const { templatesDir, runDir } = options;
  const scriptsDir = join(dirname(templatesDir), "docker-entrypoint.d");
  const scripts = (await readdir(scriptsDir)).sort();
  const given = {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    ...options.environment,
    // What the Dockerfile's ENV and COPY say, for this directory.
    NGINX_ENVSUBST_OUTPUT_DIR: runDir,
    HOPWISE_PAGE_DIR: join(dirname(templatesDir), "page"),
  };
  await mkdir(runDir, { recursive: true });

  const sourced = scripts.filter((name) => name.endsWith(".envsh"));
  const environment = await environmentAfter(
    sourced.map((name) => join(scriptsDir, name)),
    given,
  );

  const variables = new Map(
    Object.entries(environment).filter(([name]) => name.startsWith("HOPWISE_")),
  );
  for (const template of await templatesIn(templatesDir)) {
    const target = join(runDir, relative(templatesDir, template).replace(/\.template$/, ""));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, substitute(await readFile(template, "utf8"), variables));
  }

  for (const name of scripts.filter((script) => script.endsWith(".sh"))) {
    await shell(["sh", join(scriptsDir, name)], environment);
  }
  return { configFile: join(runDir, "nginx.conf"), environment };
}

/**
 * Replaces `$NAME` and `${NAME}` for the given variables and leaves every other dollar sign alone,
 * like `envsubst "${A} ${B}"`.
 */
export function substitute(template: string, variables: ReadonlyMap<string, string>): string {
  return template.replace(
    /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g,
    (whole, braced: string | undefined, bare: string | undefined) =>
      variables.get(braced ?? bare ?? "") ?? whole,
  );
}

async function templatesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".template"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Sources the scripts one after the other in one shell and reads its environment back. */
async function environmentAfter(
  scripts: readonly string[],
  given: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const print = `process.stdout.write(JSON.stringify(process.env))`;
  const program = `set -e; for script do . "$script"; done; exec "$HOPWISE_RENDER_NODE" -e '${print}'`;
  const stdout = await shell(["sh", "-c", program, "sh", ...scripts], {
    ...given,
    HOPWISE_RENDER_NODE: process.execPath,
  });
  return JSON.parse(stdout) as Record<string, string>;
}

async function shell(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const [program, ...args] = command;
  try {
    return (await run(program, args, { env: { ...environment } })).stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error((stderr ?? "").trim() || message);
  }
}
