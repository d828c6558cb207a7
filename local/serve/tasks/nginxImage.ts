/**
 * Images based on nginx's own: the files of their Dockerfile, and the configuration for this
 * machine.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** An image whose last stage is nginx with files from the build context. */
export interface ContextImage {
  /** Folder from which it is built, absolute. */
  readonly context: string;
  /** Files and folders, relative to the context, with their absolute path in the image. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  /** Port of the server that nginx's own image has, where nothing replaces that. */
  readonly stockPort?: number;
}

/** nginx's own images. */
const base = /^(?:\S+\/)?(?:nginx|nginx-unprivileged)(?::\S+|@\S+)?$/;

/** What changes nothing about how nginx runs. */
const harmless =
  /^(FROM|COPY|ADD|ENV|ARG|LABEL|EXPOSE|HEALTHCHECK|MAINTAINER|STOPSIGNAL|WORKDIR)\s/i;

/**
 * Reads a Dockerfile. Undefined where the image is not nginx, with or without files copied into it:
 * whatever it runs, builds or takes from other stages is not there on this machine.
 */
export function nginxImageOf(context: string): ContextImage | undefined {
  const file = path.join(context, "Dockerfile");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8")
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const last = lines.findLastIndex((line) => /^FROM\s/i.test(line));
  const image = (lines[last] ?? "")
    .replace(/^FROM\s+/i, "")
    .replace(/^--\S+\s+/, "")
    .split(/\s+/)[0];
  if (!base.test(image ?? "")) return undefined;
  const stage = lines.slice(last + 1);
  const copies = stage.flatMap((line) => copiesOf(line, context));
  if (copies.some(({ to }) => to.startsWith("/etc/nginx"))) return { context, copies };
  const stock = stage.every((line) => harmless.test(line) && !line.includes("/etc/nginx"));
  const stockPort = image?.includes("unprivileged") === true ? 8080 : 80;
  return stock ? { context, copies, stockPort } : undefined;
}

/** `COPY a b /to/`, if all sources are in the build context. */
function copiesOf(line: string, context: string): { from: string; to: string }[] {
  const [instruction = "", ...rest] = line.split(/\s+/);
  if (!/^(COPY|ADD)$/i.test(instruction)) return [];
  if (rest.some((word) => word.startsWith("--from="))) return [];
  const words = rest.filter((word) => !word.startsWith("--")).map((w) => w.replace(/^"|"$/g, ""));
  const to = words.pop();
  if (to?.startsWith("/") !== true) return [];
  return words.flatMap((from) => {
    const source = path.resolve(context, from.replace(/^\//, ""));
    if (!existsSync(source) || !source.startsWith(context)) return [];
    const relative = path.relative(context, source);
    return [{ from: relative, to: to.endsWith("/") ? to + path.basename(relative) : to }];
  });
}

/** What differs in a configuration on this machine. */
export interface Here {
  /** Folder that represents the image's root. */
  readonly root: string;
  /** The task's own address, and the port on which its container listens. */
  readonly address: string;
}

/** Directives that name a file or folder. */
const naming =
  /(^|[\s{;])(root|alias|include|access_log|error_log|auth_basic_user_file|load_module|ssl_(?:client_|trusted_)?certificate(?:_key)?|ssl_dhparam|\w+_(?:cache|temp)_path)(\s+["']?)(\/[^\s;"']+)/g;
/** The targets of the log links in nginx's images. */
const logFiles: Readonly<Record<string, string>> = {
  "/var/log/nginx/access.log": "/dev/stdout",
  "/var/log/nginx/error.log": "/dev/stderr",
};

/**
 * A configuration with its paths in the folder that represents the image's root, which only listens
 * on the task's own address. A port below 1024 does not need root there.
 */
export function configurationHere(text: string, { root, address }: Here): string {
  return text
    .split("\n")
    .map((line) => {
      if (/^\s*#/.test(line)) return line;
      return line
        .replace(/^\s*(user|pid|daemon|master_process|worker_processes|lock_file)\s[^;]*;/, "")
        .replace(/(^|[\s{;])listen\s+([^;]*);/g, (_all, before: string, given: string) => {
          return `${before}${listenHere(given, address)}`;
        })
        .replace(/(https?|grpcs?):\/\/(localhost|127\.0\.0\.1)(?=[:/;])/g, `$1://${address}`)
        .replace(/(^|\s)server\s+(localhost|127\.0\.0\.1)(?=[:;\s])/g, `$1server ${address}`)
        .replace(naming, (_all, before: string, directive: string, gap: string, file: string) => {
          const place = logFiles[file] ?? (file.startsWith("/dev/") ? file : root + file);
          return `${before}${directive}${gap}${place}`;
        });
    })
    .join("\n");
}

/** `80 default_server` as `127.0.4.1:80 default_server`; IPv6 sockets are left out. */
function listenHere(given: string, address: string): string {
  const [where = "", ...rest] = given.trim().split(/\s+/);
  if (where.startsWith("[") || where.startsWith("unix:")) return "";
  const port = /(\d+)$/.exec(where)?.[1] ?? "80";
  return `listen ${[`${address}:${port}`, ...rest].join(" ")};`;
}

/** Folders into which nginx writes; their defaults are compiled in. */
const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] as const;

/** The main configuration, with nginx's writable paths in a folder of this task. */
export function mainConfiguration(text: string, folder: string): string {
  const paths = temporary
    .map((what) => `${what}_temp_path`)
    .filter((directive) => !text.includes(directive))
    .map((directive) => `${directive} "${folder}/${directive}";`);
  // Where nothing is said it is a file whose folder nginx's images have, and this machine may not.
  const log = logsInHttp(text) ? "" : "access_log /dev/stdout;";
  const own = [...paths, log].join(" ");
  const inHttp = text.replace(/(^|[\s;}])http\s*\{/, (all) => `${all} ${own}`);
  return `daemon off; worker_processes 1; pid "${folder}/nginx.pid"; ${inHttp}`;
}

/** True where `access_log` stands directly in `http`. */
function logsInHttp(text: string): boolean {
  let depth = 0;
  for (const [token] of text.replace(/#.*$/gm, "").matchAll(/[{}]|\baccess_log\b/g)) {
    if (token === "{") depth += 1;
    else if (token === "}") depth -= 1;
    else if (depth === 1) return true;
  }
  return false;
}

/** The server of nginx's own image. */
export const stockServer = (port: number): string => `server {
    listen ${port};
    server_name localhost;
    location / {
        root /usr/share/nginx/html;
        index index.html index.htm;
    }
    error_page 500 502 503 504 /50x.html;
    location = /50x.html {
        root /usr/share/nginx/html;
    }
}
`;

/** The image's own nginx.conf, for those that bring only servers. */
export const defaultMain = `events {}
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log /dev/stdout;
    include /etc/nginx/conf.d/*.conf;
}
`;
