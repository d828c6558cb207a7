/** What a verification's checks share: whom to ask, what was promised, how much may still be sent. */
import { answer } from "../../path/answer";
import type { PathAnswer, PathRequest } from "../../path/types";
import { ask, type Asked, type Endpoint, type Got } from "../http";
import type { Promised } from "./promise";
import type { Check, Verdict } from "./types";

/** Requests that one verification sends at most. */
export const maximumRequests = 12;

/** Longest time for one request; a direct caller's packets may just be dropped. */
const exchangeSeconds = 8;

/** Where things are. */
export interface Targets {
  readonly url: URL;
  readonly front: Endpoint;
  /** Port 80 of the same name. */
  readonly plain?: Endpoint;
  readonly loadBalancer?: Endpoint;
  /** Address of this machine that stands for CloudFront; local AWS only. */
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
  ask(asked: Omit<Asked, "milliseconds" | "ca">): Promise<Got> {
    if (this.requests >= maximumRequests) throw new Error("a verification sends no more requests");
    this.requests += 1;
    return ask({ ...asked, milliseconds: this.milliseconds, ca: this.targets.ca });
  }

  /** What the promised path says to a request; undefined without a promise. */
  expected(request: Partial<PathRequest>): PathAnswer | undefined {
    if (this.promised === undefined) return undefined;
    const { caller } = this.targets;
    return answer(this.promised.spec, {
      ...{ protocol: "HTTP/1.1", tls: true, kind: "http", method: "GET", entry: "front" },
      ...(caller !== undefined && { from: { address: caller } }),
      ...request,
    });
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

/** True for an answer that CloudFront or a load balancer made by itself. */
function madeOnTheWay(headers: Readonly<Record<string, string>>): boolean {
  return /^(awselb|cloudfront)/i.test(headers.server ?? "");
}

/** `200`, or why there was no answer. */
export function gotText(got: Got): string {
  if (got.outcome === "failed") return got.reason;
  const { status, headers } = got;
  return `${status}${status >= 400 && madeOnTheWay(headers) ? ` from ${headers.server ?? ""}` : ""}`;
}

/** What a path's answer says, in words. */
export function expectedText(expected: PathAnswer): string {
  if (expected.reaches) return "an answer of the container";
  if (expected.outcome === "answered") return String(expected.status);
  return expected.outcome === "dropped" ? "no way in" : "no connection";
}

/** True when a request got what the path says. */
export function agrees(expected: PathAnswer, got: Got): boolean {
  if (expected.outcome !== "answered") return got.outcome === "failed" && got.kind !== "name";
  if (got.outcome !== "answered") return false;
  if (!expected.reaches) return got.status === expected.status;
  // Which status is the container's business, but not one that says there was none.
  return (
    got.status < 500 && got.status !== 464 && !(got.status === 403 && madeOnTheWay(got.headers))
  );
}
