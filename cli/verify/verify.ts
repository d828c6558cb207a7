/** The verification itself: every check, one after the other. */
import { bucketChecks } from "./checks/buckets";
import { headerChecks } from "./checks/headers";
import { http3Check } from "./checks/http3";
import { inspectorChecks } from "./checks/inspector";
import { kindChecks, type KindPaths } from "./checks/kinds";
import { loadBalancerChecks } from "./checks/loadBalancer";
import { redirectCheck } from "./checks/redirect";
import { tlsChecks } from "./checks/tls";
import { viewerChecks, type Seen } from "./checks/viewer";
import { Context, result, withChanges, type Result, type VerifyTargets } from "./context";
import type { Promised } from "./promise";
import { verifySchemaVersion, type Check, type VerifyReport } from "./types";

/** The settings of a verification. */
export interface VerifySettings extends KindPaths {
  /** Timeout for all requests together. @default 60 */
  readonly seconds?: number;
  /** Called with the name of the next check. */
  readonly onProgress?: (what: string) => void;
}

/** Sends requests to the front, and compares the responses with the promise. Never throws. */
export async function verify(
  targets: VerifyTargets,
  promised: Promised | undefined,
  settings: VerifySettings = {},
): Promise<VerifyReport> {
  const started = Date.now();
  const seconds = settings.seconds ?? 60;
  const context = new Context(targets, promised, seconds);
  const checks: Check[] = [];
  const group = async (what: string, run: () => Promise<Result[]> | Result[]): Promise<void> => {
    if (context.timeIsUp) {
      const why = `the timeout of ${seconds} s (--timeout) is over`;
      checks.push({
        ...result(`not-asked`, what, "fail", "a response", "not checked", why),
        milliseconds: 0,
      });
      return;
    }
    settings.onProgress?.(what);
    const from = Date.now();
    const results = await run();
    const milliseconds = Math.round((Date.now() - from) / Math.max(1, results.length));
    checks.push(...results.map((one) => ({ ...one, milliseconds })));
  };

  if (promised !== undefined && promised.errors.length > 0)
    checks.push({ ...unsound(promised), milliseconds: 0 });
  let seen: Seen | undefined;
  await group("a viewer's requests", async () => {
    const found = await viewerChecks(context);
    seen = found.seen;
    return found.results;
  });
  if (seen !== undefined && answers(seen)) {
    const { first, secured } = seen;
    const known = seen;
    await group("what the container received", () => inspectorChecks(context, known));
    await group("HTTP/3", () => http3Check(context, first));
    await group("TLS", () => tlsChecks(context, secured));
    await group("response headers", () => headerChecks(context, first));
    await group("a viewer, without TLS", () => redirectCheck(context));
    await group("gRPC and WebSocket", () => kindChecks(context, settings));
    await group("the site's files", () => bucketChecks(context));
  } else {
    checks.push({ ...unreachable(targets, seen), milliseconds: 0 });
  }
  await group("the load balancer", () => loadBalancerChecks(context));
  return {
    schemaVersion: verifySchemaVersion,
    url: targets.url.href,
    ...(promised && { stack: promised.stack }),
    verdict: checks.some(({ verdict }) => verdict === "fail") ? "failed" : "ok",
    checks,
    requests: context.requests,
    milliseconds: Date.now() - started,
  };
}

/** True if there was any response, even if only in a TLS handshake. */
function answers({ first, secured }: Seen): boolean {
  return first.outcome === "answered" || secured !== undefined;
}

/** Explains that the checks below expect what `hopwise plan` predicts, even if that is an error. */
function unsound({ stack, errors }: Promised): Result {
  const codes = [...new Set(errors.map(({ code }) => code))].join(", ");
  const why = `the checks below expect what hopwise plan --stack ${stack} predicts`;
  return withChanges(
    result("plan", "the path itself", "fail", "no errors", codes, why),
    errors.map(({ code, change, source }) => ({ rule: code, change, source })),
  );
}

function unreachable(targets: VerifyTargets, seen: Seen | undefined): Result {
  const { name, address, port } = targets.front;
  const at = address === name ? `${name}:${port}` : `${name} at ${address}:${port}`;
  const reason = seen?.first.outcome === "failed" ? seen.first.reason : "no response";
  const why = "TLS, headers, redirect and the rest of the front were not checked";
  return result("reachable", "the site is reachable", "fail", `a response from ${at}`, reason, why);
}
