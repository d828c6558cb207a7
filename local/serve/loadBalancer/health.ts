/** One health check of one target, in the target group's own protocol. */
import http from "node:http";
import https from "node:https";
import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import type { Answer } from "../http/exchange";
import { clientAbortFrom } from "../http/clientAbort";
import type { Connections } from "../http/connections";
import type { TargetGroup } from "../../../topology/types";

/** The result of a check. */
export interface CheckResult {
  readonly passed: boolean;
  /** AWS's reason code with the cause; `200` or similar if it passed. */
  readonly reason: string;
  /** HTTP status, or gRPC status for GRPC groups; undefined without a response. */
  readonly code?: number;
  /** `reason_code` of health check logs; undefined when it passed. */
  readonly logReason?: CheckFailure;
}

/** Those of AWS's reason codes that can occur here. */
type CheckFailure =
  | "ConnectionReset"
  | "GRPCStatusHeaderEmpty"
  | "GRPCUnexpectedStatus"
  | "ResponseCodeMismatch"
  | "TargetError"
  | "TimedOut";

/** The destination of a check. */
export interface CheckAddress {
  readonly host: string;
  readonly port: number;
  readonly localAddress: string;
}

/** True when a matcher such as `200`, `200,202` or `200-299` includes a code. */
export function codeMatches(matcher: string, code: number): boolean {
  return matcher.split(",").some((part) => {
    const [low = NaN, high = low] = part.split("-").map(Number);
    return code >= low && code <= high;
  });
}

/** Performs one check; never rejects. `http2` is the target's connection for HTTP2 and GRPC groups. */
export async function check(
  group: TargetGroup,
  address: CheckAddress,
  http2: () => Connections,
): Promise<CheckResult> {
  const { matcher, timeoutSeconds, path } = group.healthCheck;
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  const grpc = group.protocolVersion === "GRPC";
  try {
    const code =
      group.protocolVersion === "HTTP1"
        ? await overHttp1(group, address, signal)
        : await overHttp2(group, address, http2(), signal);
    if (codeMatches(matcher, code)) return { passed: true, reason: String(code), code };
    return {
      passed: false,
      reason: `Target.ResponseCodeMismatch: ${path} answered ${grpc ? "grpc-status " : ""}${code}, not ${matcher}`,
      code,
      logReason: grpc ? "GRPCUnexpectedStatus" : "ResponseCodeMismatch",
    };
  } catch (error) {
    if (signal.aborted) return timedOut(`no answer within ${timeoutSeconds} s`);
    const { message, code } = error as NodeJS.ErrnoException;
    const logReason =
      error instanceof NoGrpcStatus
        ? "GRPCStatusHeaderEmpty"
        : code === "ECONNRESET"
          ? "ConnectionReset"
          : "TargetError";
    return { passed: false, reason: `Target.FailedHealthChecks: ${message}`, logReason };
  }
}

/** A check without a response. */
export function timedOut(why: string): CheckResult {
  return { passed: false, reason: `Target.Timeout: ${why}`, logReason: "TimedOut" };
}

class NoGrpcStatus extends Error {}

/**
 * What a gRPC check sends: AWS's pages do not say, but with no message at all servers would not
 * answer /grpc.health.v1.Health/Check with 0, as people configure it.
 * https://github.com/aws/copilot-cli/issues/5958
 */
const emptyMessage = Buffer.alloc(5);

const userAgent = "ELB-HealthChecker/2.0";

function overHttp1(
  group: TargetGroup,
  address: CheckAddress,
  signal: AbortSignal,
): Promise<number> {
  const { path, protocol } = group.healthCheck;
  return new Promise((resolve, reject) => {
    const client = protocol === "HTTPS" ? https : http;
    const request = client.request(
      {
        ...address,
        path,
        signal,
        agent: false,
        headers: { "user-agent": userAgent, connection: "close" },
        ...(protocol === "HTTPS" && { rejectUnauthorized: false }),
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on("error", reject);
    request.end();
  });
}

/** gRPC health checks use grpc-status, all others the HTTP status. */
async function overHttp2(
  group: TargetGroup,
  address: CheckAddress,
  connections: Connections,
  signal: AbortSignal,
): Promise<number> {
  const grpc = group.protocolVersion === "GRPC";
  const { response } = await connections.send(
    {
      method: grpc ? "POST" : "GET",
      path: group.healthCheck.path,
      scheme: group.healthCheck.protocol === "HTTPS" ? "https" : "http",
      authority: `${address.host}:${address.port}`,
      headers: [
        ["user-agent", userAgent],
        ...(grpc ? ([["content-type", "application/grpc"]] as const) : []),
      ],
      trailers: grpc,
      body: new PassThrough().end(grpc ? emptyMessage : undefined),
      hasBody: grpc,
    },
    clientAbortFrom(signal),
  );
  // Only HTTP/1.1 can change protocol.
  const answer = response as Answer;
  answer.body.resume();
  await finished(answer.body);
  if (!grpc) return answer.status;
  const status = [...answer.headers, ...answer.trailers()].find(([n]) => n === "grpc-status");
  if (!status) throw new NoGrpcStatus(`no grpc-status in the answer (HTTP ${answer.status})`);
  return Number(status[1]);
}
