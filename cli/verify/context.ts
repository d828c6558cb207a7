/** What a verification's checks share: whom to ask, what was promised, how much may still be sent. */
import type { Change } from "../../logs/advice";
import { answer } from "../../path/answer";
import type { PathAnswer, PathRequest } from "../../path/types";
import { sendRequest } from "../http/client";
import type { HttpRequest, Endpoint, HttpResult } from "../http/types";
import { agrees, expectedText, gotText } from "./answers";
import { faultsOf } from "./faults";
import type { Promised } from "./promise";
import type { Check, Verdict } from "./types";

/** Requests that one verification sends at most. */
export const maximumRequests = 12;

/** Longest time for one request; a direct caller's packets may just be dropped. */
const exchangeSeconds = 8;

const usual = {
  protocol: "HTTP/1.1",
  tls: true,
  kind: "http",
  method: "GET",
  entry: "front",
} as const satisfies PathRequest;

/** Where things are. */
export interface Targets {
  readonly url: URL;
  readonly front: Endpoint;
  /** Port 80 of the same name. */
  readonly plain?: Endpoint;
  readonly loadBalancer?: Endpoint;
  /** Address of this machine that represents CloudFront; local AWS only. */
  readonly cloudfrontAddress?: string;
  /** Address that the load balancer sees. */
  readonly caller?: string;
  readonly ca?: Buffer;
}

export type Result = Omit<Check, "milliseconds">;

export class Context {
  requests = 0;
  private readonly deadline: number;

  /** @param seconds for everything together */
  constructor(
    readonly targets: Targets,
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

  /** Sends a request, and counts it. */
  send(request: Omit<HttpRequest, "milliseconds" | "ca">): Promise<HttpResult> {
    if (this.requests >= maximumRequests) throw new Error("a verification sends no more requests");
    this.requests += 1;
    return sendRequest({ ...request, milliseconds: this.milliseconds, ca: this.targets.ca });
  }

  /** What the promised path says to a request; undefined without a promise. */
  expected(request: Partial<PathRequest>): PathAnswer | undefined {
    if (this.promised === undefined) return undefined;
    const { caller } = this.targets;
    return answer(this.promised.spec, {
      ...usual,
      ...(caller !== undefined && { from: { address: caller } }),
      ...request,
    });
  }

  /** What to change where a request got this, and should have got something else. */
  faults(request: Partial<PathRequest>, got: HttpResult): readonly Change[] {
    const seen = got.outcome === "answered" && /cloudfront/i.test(got.headers.via ?? "");
    const behindEdge = this.promised ? this.promised.spec.edge !== undefined : seen;
    return faultsOf(got, { ...usual, ...request }, behindEdge);
  }
}

/** A check's result. */
export function result(
  id: string,
  title: string,
  verdict: Verdict,
  expected: string,
  actual: string,
  why?: string,
): Result {
  return { id, title, verdict, expected, actual, ...(why !== undefined && { why }) };
}

/** A result with what to change; only a failed one shows it. */
export function withChanges(one: Result, changes: readonly Change[]): Result {
  if (one.verdict !== "fail" || changes.length === 0) return one;
  return { ...one, rules: [...new Set(changes.flatMap(({ rule }) => rule ?? []))], changes };
}

/** What a request got, against what the path says. */
export function compared(
  id: string,
  title: string,
  expected: PathAnswer,
  got: HttpResult,
  changes: readonly Change[],
): Result {
  const verdict = agrees(expected, got) ? "pass" : "fail";
  const one = result(id, title, verdict, expectedText(expected), gotText(got), expected.why);
  return withChanges(one, changes);
}
