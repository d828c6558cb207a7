import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { NginxMap, Variables } from "./embeddedMaps";
import { fillPage } from "./embeddedPage";
import type { OriginSettings } from "./embeddedSettings";
import { imageDir, readMaps, variablesOf } from "./embeddedVariables";
import type { Request, Response } from "../serve/http/acceptorOptions";

export type { Request, Response };

/**
 * The headers of `nginx/templates/server.conf.template`; each is sent if its variable is not empty.
 */
const headersSent: readonly (readonly [name: string, variable: string])[] = [
  ["strict-transport-security", "header_strict_transport_security"],
  ["x-content-type-options", "header_x_content_type_options"],
  ["x-frame-options", "header_x_frame_options"],
  ["referrer-policy", "header_referrer_policy"],
  ["content-security-policy", "header_content_security_policy"],
  ["cache-control", "header_cache_control"],
];

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript",
};
const page = (name: string): string => readFileSync(join(imageDir, "page", name), "utf8");
/** The page's files by their path, each with its content type. */
const pageFiles: ReadonlyMap<string, string> = new Map(
  ["index.html", "index.ja.html", "inspector.css", "inspector.js"].map((name) => [
    `/${name}`,
    page(name),
  ]),
);

/** The responses that nginx makes itself. */
export class OwnAnswers {
  private readonly maps: ReadonlyMap<string, NginxMap>;

  constructor(private readonly settings: OriginSettings) {
    this.maps = readMaps(settings);
  }

  /** What nginx knows of a request before it answers. */
  see(request: Request): Variables {
    return variablesOf(request, this.settings, this.maps);
  }

  /** Answers; returns false for requests that nginx would forward to the app. */
  answer(request: Request, response: Response, seen: Variables): boolean {
    const path = seen.get("uri");
    const file = pageFiles.get(path === "/" ? `/${seen.get("page_index")}` : path);
    if (path === this.settings.healthPath && this.settings.app === undefined) {
      send(response, 200, "text/plain", "ok\n", seen);
    } else if (path === "/.well-known/hopwise") {
      send(response, 200, "application/json", `${seen.get("inspect_json")}\n`, seen);
    } else if (this.settings.app !== undefined) {
      return false;
    } else if (file === undefined) {
      send(response, 404, "text/html", "404 Not Found\n", seen);
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      send(response, 405, "text/html", "405 Not Allowed\n", seen);
    } else {
      const type = types[/\w+$/.exec(path === "/" ? "html" : path)?.[0] ?? ""] ?? "";
      const whole = type.startsWith("text/html") ? fillPage(file, seen) : file;
      const gzip = seen.get("http_accept_encoding").includes("gzip");
      response.setHeader("vary", "Accept-Encoding");
      if (gzip) response.setHeader("content-encoding", "gzip");
      send(response, 200, type, gzip ? gzipSync(whole) : whole, seen);
    }
    return true;
  }
}

/** Sends a complete response of nginx itself, with the headers that all of them have. */
export function send(
  response: Response,
  status: number,
  type: string,
  body: string | Buffer,
  seen: Variables,
): void {
  response.statusCode = status;
  response.setHeader("server", "hopwise-embedded");
  for (const [name, value] of headersOf(seen)) response.setHeader(name, value);
  response.setHeader("content-type", type);
  response.setHeader("content-length", Buffer.byteLength(body).toString());
  // `end` is the same call in both versions; their types have no common signature.
  (response as ServerResponse).end(body);
}

/** The headers that nginx adds to a response. */
export function headersOf(seen: Variables): [name: string, value: string][] {
  return headersSent.flatMap(([name, variable]) => {
    const value = seen.get(variable);
    return value === "" ? [] : [[name, value]];
  });
}
