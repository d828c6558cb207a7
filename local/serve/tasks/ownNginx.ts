/** Real nginx with the configuration of the program's own image. */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import mimeTypes from "mime-types";
import { launchNginx, type NginxFound, type RunningOrigin } from "../../nginx";
import { substitute } from "../../nginx/render";
import {
  configurationHere,
  defaultMain,
  mainConfiguration,
  stockServer,
  type ContextImage,
} from "./nginxImage";

export interface OwnNginxOptions {
  readonly nginx: NginxFound;
  readonly image: ContextImage;
  readonly environment: Readonly<Record<string, string>>;
  readonly address: string;
  readonly port: number;
  /** A folder for this nginx only. */
  readonly stateDir: string;
  readonly onLog: (line: string) => void;
}

/** This machine's nginx does not accept the configuration. */
export class ConfigurationRejected extends Error {
  override readonly name = "NotTaken";
}

/**
 * Copies the image's files into a folder, with the configuration for this machine, and starts
 * nginx.
 *
 * @throws {NotTaken} with nginx's error about the configuration, before anything is started
 */
export async function startOwnNginx(options: OwnNginxOptions): Promise<RunningOrigin> {
  const { nginx, address, port, stateDir, onLog } = options;
  const root = path.join(stateDir, "root");
  await rm(root, { recursive: true, force: true });
  await writeFiles(options, root);
  const configFile = path.join(root, "etc/nginx/nginx.conf");
  await writeFile(configFile, mainConfiguration(await readFile(configFile, "utf8"), stateDir));
  await testConfiguration(nginx, stateDir, configFile);
  return launchNginx({ nginx, configFile, runDir: stateDir, address, port, onLog });
}

async function writeFiles({ image, environment, address }: OwnNginxOptions, root: string) {
  const inRoot = (file: string): string => path.join(root, file);
  for (const folder of ["etc/nginx/conf.d", "var/log/nginx", "var/cache/nginx", "run", "tmp"])
    await mkdir(inRoot(folder), { recursive: true });
  await writeFile(inRoot("etc/nginx/nginx.conf"), defaultMain);
  await writeFile(inRoot("etc/nginx/mime.types"), typesBlock());
  if (image.stockPort !== undefined) {
    const html = inRoot("usr/share/nginx/html");
    await mkdir(html, { recursive: true });
    for (const page of ["index.html", "50x.html"])
      await writeFile(path.join(html, page), "nginx\n");
    await writeFile(inRoot("etc/nginx/conf.d/default.conf"), stockServer(image.stockPort));
  }
  for (const { from, to } of image.copies)
    await cp(path.join(image.context, from), inRoot(to), { recursive: true });
  // The entrypoint of nginx's images: templates/*.template become conf.d/*.
  const variables = new Map(Object.entries(environment));
  for (const file of await filesIn(inRoot("etc/nginx/templates"))) {
    const name = path.basename(file).replace(/\.template$/, "");
    if (!file.endsWith(".template")) continue;
    const text = substitute(await readFile(file, "utf8"), variables);
    await writeFile(inRoot(path.join("etc/nginx/conf.d", name)), text);
  }
  for (const file of await filesIn(inRoot("etc/nginx"))) {
    if (!/(\.conf|sites-enabled\/[^/]+)$/.test(file)) continue;
    await writeFile(file, configurationHere(await readFile(file, "utf8"), { root, address }));
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name));
}

/** nginx's `mime.types`, generated from a public list of types. */
function typesBlock(): string {
  // An extension of several types gets the first one.
  const seen = new Set<string>();
  const lines = Object.entries(mimeTypes.extensions).flatMap(([type, extensions]) => {
    const own = extensions.filter((extension) => !seen.has(extension) && seen.add(extension));
    return own.length === 0 ? [] : [`${type} ${own.join(" ")};`];
  });
  return `types_hash_max_size 8192;\ntypes {\n${lines.join("\n")}\n}\n`;
}

/** nginx also opens its logs for the test, and cannot open `/dev/stdout` if that is a socket. */
const test = `{ "$@" && echo taken; } 2>&1 | cat`;

function testConfiguration(nginx: NginxFound, runDir: string, configFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [nginx.path, "-t", "-q", "-e", "stderr", "-p", runDir, "-c", configFile];
    execFile("sh", ["-c", test, "sh", ...args], { timeout: 10_000 }, (error, stdout) => {
      const said = stdout.trim().split("\n");
      if (said.at(-1) === "taken") resolve();
      else
        reject(
          new ConfigurationRejected(
            said.find((line) => line.includes("[emerg]")) ?? error?.message,
          ),
        );
    });
  });
}
