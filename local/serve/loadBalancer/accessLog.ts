/**
 * Lines of access logs: 36 fields each.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
import type { Classification } from "./desync";
import { logTime, quoted } from "./logFile";
import type { TransformStatus } from "./transforms";

/** The log's names of executed actions. */
type LoggedAction = "authenticate" | "forward" | "redirect" | "fixed-response" | "rewrite";

/**
 * The data of one request. Durations are in milliseconds; undefined is written as AWS writes it.
 */
export interface LogEntry {
  readonly type: "http" | "https" | "h2" | "grpcs" | "ws" | "wss";
  /** Milliseconds since 1970, with a fraction. */
  readonly created: number;
  readonly done: number;
  /** `app/name/id` */
  readonly loadBalancer: string;
  readonly client: string;
  readonly target?: string;
  readonly times?: readonly [request: number, target: number, response: number];
  /** 0 is written as `000`: the connection ended without a response. */
  readonly status: number;
  readonly targetStatus?: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Method, URL and version; `-` for what could not be read. */
  readonly request: string;
  readonly userAgent?: string;
  readonly cipher?: string;
  readonly tls?: string;
  readonly targetGroupArn?: string;
  readonly traceId: string;
  readonly domainName?: string;
  readonly certificateArn?: string;
  /** 0 is the default action, -1 an error in the rules; undefined: no rule was evaluated. */
  readonly priority?: number;
  readonly actions?: readonly LoggedAction[];
  readonly redirectUrl?: string;
  /** Why a sign-in failed. */
  readonly errorReason?: string;
  readonly classification?: Classification;
  readonly transformed?: {
    /** Undefined if unchanged. */
    readonly host?: string;
    readonly path?: string;
    readonly status: TransformStatus;
  };
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
    logTime(e.done),
    e.loadBalancer,
    e.client,
    e.target ?? "-",
    ...times,
    String(e.status).padStart(3, "0"),
    targetStatus,
    e.receivedBytes,
    e.sentBytes,
    quoted(e.request),
    quoted(e.userAgent),
    e.cipher ?? "-",
    e.tls ?? "-",
    e.targetGroupArn ?? "-",
    quoted(e.traceId),
    quoted(e.domainName),
    quoted(e.certificateArn),
    e.priority ?? "-",
    logTime(e.created),
    quoted(e.actions?.join(",")),
    quoted(e.redirectUrl),
    // Lambda and WAF have error reasons too, and are not supported here.
    quoted(e.errorReason),
    quoted(e.target),
    quoted(targetStatus),
    quoted(e.classification?.reason && e.classification.tier),
    quoted(e.classification?.reason),
    e.connectionId,
    quoted(e.transformed?.host),
    quoted(e.transformed?.path),
    quoted(e.transformed?.status),
    e.nodeAddress,
    quoted(e.targetError === undefined ? undefined : `0x${e.targetError.toString(16)}`),
    quoted(undefined),
  ].join(" ");
}
