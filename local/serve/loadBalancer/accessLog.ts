/**
 * Access logs as a load balancer writes them to S3: 36 fields a line, gzip, AWS's key layout.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** What one request left behind. Times in milliseconds; undefined is written as AWS writes nothing. */
export interface LogEntry {
  readonly type: "http" | "https" | "h2" | "grpcs" | "ws" | "wss";
  readonly created: Date;
  readonly done: Date;
  /** `app/name/id` */
  readonly loadBalancer: string;
  readonly client: string;
  readonly target?: string;
  readonly times?: readonly [request: number, target: number, response: number];
  /** 0 is written as `000`: the connection ended without an answer. */
  readonly status: number;
  readonly targetStatus?: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly method: string;
  readonly url: string;
  readonly version: string;
  readonly userAgent?: string;
  readonly cipher?: string;
  readonly tls?: string;
  readonly targetGroupArn?: string;
  readonly traceId: string;
  readonly domainName?: string;
  readonly certificateArn?: string;
  /** 0 is the default action, -1 an error before any rule. */
  readonly priority: number;
  readonly action?: "forward" | "redirect" | "fixed-response";
  readonly redirectUrl?: string;
  readonly connectionId: string;
  readonly nodeAddress: string;
  readonly targetError?: number;
}

/** One line, without its end. */
export function formatEntry(e: LogEntry): string {
  const times = e.times?.map((ms) => (ms / 1000).toFixed(3)) ?? ["-1", "-1", "-1"];
  const targetStatus = e.targetStatus === undefined ? "-" : String(e.targetStatus);
  return [
    e.type,
    microseconds(e.done),
    e.loadBalancer,
    e.client,
    e.target ?? "-",
    ...times,
    String(e.status).padStart(3, "0"),
    targetStatus,
    e.receivedBytes,
    e.sentBytes,
    quoted(`${e.method} ${e.url} ${e.version}`),
    quoted(e.userAgent),
    e.cipher ?? "-",
    e.tls ?? "-",
    e.targetGroupArn ?? "-",
    quoted(e.traceId),
    quoted(e.domainName),
    quoted(e.certificateArn),
    e.priority,
    microseconds(e.created),
    quoted(e.action),
    quoted(e.redirectUrl),
    quoted(undefined),
    quoted(e.target),
    quoted(e.targetStatus === undefined ? undefined : targetStatus),
    quoted(undefined),
    quoted(undefined),
    e.connectionId,
    quoted(undefined),
    quoted(undefined),
    quoted(undefined),
    e.nodeAddress,
    quoted(e.targetError === undefined ? undefined : `0x${e.targetError.toString(16)}`),
    quoted(undefined),
  ].join(" ");
}

function quoted(text: string | undefined): string {
  return `"${(text ?? "-").replace(/["\\]|[^\x20-\x7e]/g, escape)}"`;
}

function escape(character: string): string {
  return [...Buffer.from(character)].map((b) => `\\x${b.toString(16).padStart(2, "0")}`).join("");
}

function microseconds(date: Date): string {
  return date.toISOString().replace("Z", "000Z");
}

/** What the name of a log object is made of. */
export interface LogPlace {
  /** Folder that stands for S3: a bucket is a folder in it. */
  readonly root: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly loadBalancerArn: string;
  readonly nodeAddress: string;
}

/** Key of the object for a five-minute period: `prefix/AWSLogs/...log.gz`. */
export function logKey(
  place: Omit<LogPlace, "root" | "bucket">,
  end: Date,
  random: string,
): string {
  const [, , , region = "us-east-1", account = "000000000000"] = place.loadBalancerArn.split(":");
  const id = place.loadBalancerArn.split("loadbalancer/")[1] ?? "app/unknown/0";
  const stamp = end.toISOString();
  const day = stamp.slice(0, 10).split("-");
  const time = stamp.slice(0, 16).replace(/[-:]/g, "");
  const file = [
    account,
    "elasticloadbalancing",
    region,
    id.replaceAll("/", "."),
    `${time}Z`,
    place.nodeAddress,
    random,
  ];
  const parts = [
    "AWSLogs",
    account,
    "elasticloadbalancing",
    region,
    ...day,
    `${file.join("_")}.log.gz`,
  ];
  return [place.prefix.replace(/^\/|\/$/g, ""), ...parts].filter((p) => p !== "").join("/");
}

const period = 5 * 60 * 1000;
/** Lines are gathered this long before they are written, as one gzip member of the file. */
const gatherMs = 250;

/** Writes the lines of one load balancer node. */
export class AccessLog {
  private lines: string[] = [];
  private timer?: NodeJS.Timeout;
  private file?: { readonly until: number; readonly path: string };

  constructor(private readonly place: LogPlace) {}

  /** Adds a request. */
  write(entry: LogEntry): void {
    this.lines.push(formatEntry(entry));
    this.timer ??= setTimeout(() => {
      this.flush();
    }, gatherMs);
    this.timer.unref();
  }

  /** Writes what was gathered. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const text = `${this.lines.join("\n")}\n`;
    this.lines = [];
    const file = this.current();
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, gzipSync(text));
  }

  private current(): string {
    const now = Date.now();
    if (!this.file || now >= this.file.until) {
      const until = (Math.floor(now / period) + 1) * period;
      const key = logKey(this.place, new Date(until), randomBytes(4).toString("hex"));
      const bucket = this.place.bucket || "no-bucket";
      this.file = { until, path: path.join(this.place.root, bucket, ...key.split("/")) };
    }
    return this.file.path;
  }
}
