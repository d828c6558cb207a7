/**
 * Log files as a load balancer writes them to S3: gzip, AWS's key layout, a file for five minutes.
 * Here a line can be read after a quarter of a second, and not minutes later.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { LogWriter } from "../logWriter";

/** The parts of a log object's name. */
export interface LogPlace {
  /** Prefix of the file's name: empty, `conn_log_` or `health_check_log_`. */
  readonly kind?: "conn_log_" | "health_check_log_";
  /** Folder that represents S3: a bucket is a folder in it. */
  readonly root: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly loadBalancerArn: string;
  readonly nodeAddress: string;
  /** Called once if lines could not be written. */
  readonly onProblem: (message: string) => void;
}

/** Key of the object for a five-minute period: `prefix/AWSLogs/...log.gz`. */
export function loadBalancerLogKey(
  place: Omit<LogPlace, "root" | "bucket" | "onProblem">,
  end: Date,
  random: string,
): string {
  const [, , , region = "us-east-1", account = "000000000000"] = place.loadBalancerArn.split(":");
  const id = place.loadBalancerArn.split("loadbalancer/")[1] ?? "app/unknown/0";
  const stamp = end.toISOString();
  const day = stamp.slice(0, 10).split("-");
  const time = stamp.slice(0, 16).replace(/[-:]/g, "");
  const file = [
    `${place.kind ?? ""}${account}`,
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
/** Writes one kind of log of one load balancer node. */
export class LogFile extends LogWriter {
  constructor(place: LogPlace) {
    super({
      onProblem: place.onProblem,
      fileAt: (now) => {
        const until = (Math.floor(now / period) + 1) * period;
        const key = loadBalancerLogKey(place, new Date(until), randomBytes(4).toString("hex"));
        const bucket = place.bucket || "no-bucket";
        return { until, path: path.join(place.root, bucket, ...key.split("/")) };
      },
    });
  }
}

/** A time in milliseconds since 1970 as logs write it: ISO 8601 with microseconds. */
export function logTime(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const micros = Math.floor((milliseconds - whole) * 1000);
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
}

/** Now, in milliseconds since 1970 with a fraction. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

/** The resource part of an ARN: `app/name/id`, with which logs name load balancers. */
export function loadBalancerId(arn: string): string {
  return arn.split("loadbalancer/")[1] ?? "app/unknown/0";
}

/** A text in double quotes; what could end it, and what is no ASCII, is written as \\xHH. */
export function quoted(text: string | undefined): string {
  if (text === undefined) return '"-"';
  return unsafe.test(text) ? `"${text.replace(allUnsafe, escape)}"` : `"${text}"`;
}

const unsafe = /["\\]|[^\x20-\x7e]/;
const allUnsafe = new RegExp(unsafe, "g");

function escape(character: string): string {
  return [...Buffer.from(character)].map((b) => `\\x${b.toString(16).padStart(2, "0")}`).join("");
}
