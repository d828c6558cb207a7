/** What all checks share: the targets, the promise, and the remaining requests and time. */
import type { AdvisedChange } from "../../logs/advice";
import { answer } from "../../path/answer";
import type { PathAnswer, PathRequest } from "../../path/types";
import { sendRequest } from "../http/client";
import type { HttpRequest, SiteEndpoint, HttpResult } from "../http/types";
import { agrees, expectedText, gotText } from "./answers";
import { faultsOf } from "./faults";
import type { Promised } from "./promise";
import type { Check, CheckVerdict } from "./types";

/** Maximum number of requests of one verification. */
export const maximumRequests = 12;

/** Timeout of one request; AWS may silently drop a direct caller's packets. */
const exchangeSeconds = 8;

const usual = {
  protocol: "HTTP/1.1",
  tls: true,
  kind: "http",
  method: "GET",
  entry: "front",
} as const satisfies PathRequest;

/** The addresses to call. */
export interface VerifyTargets {
  readonly url: URL;
  readonly front: SiteEndpoint;
  /** Port 80 of the same name. */
  readonly plain?: SiteEndpoint;
  readonly loadBalancer?: SiteEndpoint;
  /** Address of this machine that represents CloudFront; local AWS only. */
  readonly cloudfrontAddress?: string;
  /** Address that the load balancer sees. */
  readonly caller?: string;
  readonly ca?: Buffer;
  /** The client certificate that is shown. */
  readonly client?: HttpRequest["client"];
}

export type Result = Omit<Check, "milliseconds">;

export class Context {
  requests = 0;
  private readonly deadline: number;

  /** @param seconds timeout for all requests together */
  constructor(
    readonly targets: VerifyTargets,
    readonly promised: Promised | undefined,
    seconds: number,
  ) {
    this.deadline = Date.now() + seconds * 1000;
  }

  /** Time that the next exchange may take. */
  get milliseconds(): number {
    return Math.max(1, Math.min(exchangeSeconds * 1000, this.deadline - Date.now()));
  }

  get timeIsUp(): boolean {
    return Date.now() >= this.deadline;
  }

  /**
   * Sends a request, and counts it.
   *
   * @param shows false: without the client certificate
   */
  send(
    request: Omit<HttpRequest, "milliseconds" | "ca" | "client">,
    shows = true,
  ): Promise<HttpResult> {
    if (this.requests >= maximumRequests)
      throw new Error("the maximum number of requests is reached");
    this.requests += 1;
    const { ca, client } = this.targets;
    const shown = shows && client ? { client } : {};
    return sendRequest({ ...request, milliseconds: this.milliseconds, ca, ...shown });
  }

  /** What the promised path predicts for a request; undefined without a promise. */
  expected(request: Partial<PathRequest>): PathAnswer | undefined {
    if (this.promised === undefined) return undefined;
    const { caller, client } = this.targets;
    const { spec } = this.promised;
    const asked = {
      ...usual,
      ...(caller !== undefined && { from: { address: caller } }),
      clientCertificate: client !== undefined,
      ...request,
    };
    const got = answer(spec, asked);
    const { allowedCidrs, maintenance } = spec.edge?.front ?? {};
    const byAddress = allowedCidrs ?? maintenance?.allowedCidrs;
    if (caller !== undefined || byAddress === undefined || asked.entry !== "front") return got;
    const why = "the address that this machine has on the internet decides it";
    return { ...got, status: undefined, outcome: "unknown", why };
  }

  /** What to change if a request got an unexpected response. */
  faults(request: Partial<PathRequest>, got: HttpResult): readonly AdvisedChange[] {
    const seen = got.outcome === "answered" && /cloudfront/i.test(got.headers.via ?? "");
    const behindEdge = this.promised ? this.promised.spec.edge !== undefined : seen;
    return faultsOf(got, { ...usual, ...request }, behindEdge);
  }
}

/** A check's result. */
export function result(
  id: string,
  title: string,
  verdict: CheckVerdict,
  expected: string,
  actual: string,
  why?: string,
): Result {
  return { id, title, verdict, expected, actual, ...(why !== undefined && { why }) };
}

/** A result with what to change, which is only shown if it failed. */
export function withChanges(one: Result, changes: readonly AdvisedChange[]): Result {
  if (one.verdict !== "fail" || changes.length === 0) return one;
  return { ...one, rules: [...new Set(changes.flatMap(({ rule }) => rule ?? []))], changes };
}

/** Compares a response with what the path predicts. */
export function compared(
  id: string,
  title: string,
  expected: PathAnswer,
  got: HttpResult,
  changes: readonly AdvisedChange[],
): Result {
  const known = expected.outcome !== "unknown";
  const verdict = known ? (agrees(expected, got) ? "pass" : "fail") : "skip";
  const one = result(id, title, verdict, expectedText(expected), gotText(got), expected.why);
  return withChanges(one, changes);
}
