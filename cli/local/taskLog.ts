/** A task's own line about a request: nginx's, as JSON or in its combined format. */

/** What such a line says. */
export interface TaskLogLine {
  readonly method: string;
  readonly path: string;
  /** As the path's hops name it: `HTTP/1.1`, `HTTP/2`. */
  readonly protocol: string;
  readonly status: number;
  /** The X-Amzn-Trace-Id that it came with, where the line has it. */
  readonly trace?: string;
}

/** https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format */
const combined = /"([A-Z]+) (\S+) (HTTP\/[\d.]+)" (\d{3}) /;

/** Reads a line; undefined for one that is about something else. */
export function readLogLine(line: string): TaskLogLine | undefined {
  if (line.startsWith("{")) return readJson(line);
  const [, method, path, protocol, status] = combined.exec(line) ?? [];
  if (method === undefined || path === undefined || protocol === undefined) return undefined;
  return { method, path, protocol: plain(protocol), status: Number(status) };
}

function readJson(line: string): TaskLogLine | undefined {
  try {
    const { method, uri, protocol, status, trace } = JSON.parse(line) as Record<string, unknown>;
    if (typeof method !== "string" || typeof uri !== "string") return undefined;
    if (typeof protocol !== "string" || typeof status !== "number") return undefined;
    const known = typeof trace === "string" && trace !== "" && trace !== "-";
    return { method, path: uri, protocol: plain(protocol), status, ...(known && { trace }) };
  } catch {
    return undefined;
  }
}

/** nginx says `HTTP/2.0`. */
const plain = (protocol: string): string => protocol.replace(/^HTTP\/2\.0$/, "HTTP/2");
