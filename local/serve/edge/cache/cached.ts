/** CloudFront's cache in front of its origins. */
import { Transform } from "node:stream";
import type { Answer } from "../../http/exchange";
import { type Header, value, withHeader, without } from "../../http/headers";
import type { Switched } from "../../http/overHttp1";
import { compressed, compressedHeaders, compression } from "../compress";
import { precondition, rangeOf } from "../conditions";
import type { Fetched, Question } from "../fetch";
import { answeredHeaders, cloudfrontHeaders } from "../headers";
import { type Outcome, pageOf } from "../outcome";
import { cacheKey } from "./key";
import { errorLifetime, errorSeconds, lifetime, mayStandIn } from "./lifetime";
import { type Entry, Store, maxEntryBytes } from "./store";

/** Requests the origin, with CloudFront's own conditions if a copy has to be revalidated. */
export type Ask = (revalidating?: readonly Header[]) => Promise<Fetched>;

/** A protocol change, which is never cached. */
export interface Changed {
  readonly switched: Switched;
  readonly sentTo: Fetched["sentTo"];
}

/** Answers from the cache if possible, and requests the origin otherwise. */
export class EdgeCache {
  private readonly store = new Store();
  /** Keys that are being fetched: requests with the same key wait and share the cached response. */
  private readonly flights = new Map<string, Promise<void>>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Drops the cached responses of a distribution's origins. */
  forget(distributionId: string): void {
    this.store.forget(distributionId);
  }

  /** The response for a viewer: from memory, or from the origin. */
  async answer(question: Question, ask: Ask): Promise<Outcome | Changed> {
    if (!keeps(question)) return this.pass(question, await ask());
    const [key, ...others] = keysOf(question);
    let entry = this.find(key, others);
    if (!entry) {
      await this.flights.get(key);
      entry = this.find(key, others);
    }
    if (entry && entry.freshUntil > this.now()) return this.hit(question, entry, "Hit");
    let land = (): void => undefined;
    const flight = new Promise<void>((resolve) => (land = resolve));
    if (!this.flights.has(key)) this.flights.set(key, flight);
    const landed = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
      land();
    };
    try {
      return await this.fetch(question, ask, key, entry, landed);
    } catch (error) {
      landed();
      throw error;
    }
  }

  private find(key: string, others: readonly string[]): Entry | undefined {
    for (const one of [key, ...others]) {
      const entry = this.store.get(one);
      if (entry) return entry;
    }
    return undefined;
  }

  private async fetch(
    question: Question,
    ask: Ask,
    key: string,
    stale: Entry | undefined,
    landed: () => void,
  ): Promise<Outcome | Changed> {
    const fetched = await ask(stale && validators(stale));
    const { got } = fetched;
    const status = "status" in got ? got.status : 101;
    if (stale && !isError(stale) && status === 304) {
      const entry = this.refresh(question, key, stale, got as Answer);
      landed();
      return { ...this.hit(question, entry, "RefreshHit"), sentTo: fetched.sentTo };
    }
    const expired = stale ? (this.now() - stale.freshUntil) / 1000 : 0;
    if (stale && !isError(stale) && status >= 500 && mayStandIn(stale.headers, expired)) {
      if ("body" in got) got.body.resume();
      // Requested again as soon as an error would be.
      const freshUntil = this.now() + errorSeconds * 1000;
      this.store.set(key, { ...stale, freshUntil });
      landed();
      return this.hit(question, stale, "Hit");
    }
    const outcome = this.pass(question, fetched);
    if ("switched" in outcome) {
      landed();
      return outcome;
    }
    const seconds = this.seconds(question, outcome);
    if (seconds === undefined) {
      landed();
      return outcome;
    }
    return this.keep(key, outcome, seconds, got, landed);
  }

  /** An origin's response as a viewer gets it. */
  private pass(question: Question, { got, sentTo }: Fetched): Outcome | Changed {
    if ("why" in got) return { ...pageOf(got, question.requestId), ...(sentTo && { sentTo }) };
    if ("socket" in got) return { switched: got, sentTo };
    const headers = answeredHeaders(got.headers, question.behaviour);
    const encoding = compression(question.asked, question.behaviour, { ...got, headers });
    return {
      status: got.status,
      reason: got.reason,
      headers: encoding ? compressedHeaders(headers, encoding) : headers,
      body: encoding ? compressed(got.body, encoding) : got.body,
      ...(!encoding && { ending: got }),
      result: got.status >= 400 ? "Error" : "Miss",
      ...(sentTo && { sentTo }),
    };
  }

  private seconds({ behaviour, distribution }: Question, outcome: Outcome): number | undefined {
    const { status, headers } = outcome;
    const { cache } = behaviour;
    const now = this.now();
    if (status < 400) return lifetime(status, headers, cache, now);
    return errorLifetime(status, headers, cache, distribution.errorPages.get(status), now);
  }

  /** Caches a response while it is forwarded. */
  private keep(
    key: string,
    outcome: Outcome,
    seconds: number,
    got: Fetched["got"],
    landed: () => void,
  ): Outcome {
    const storedAt = this.now();
    const set = (body: Buffer): void => {
      this.store.set(key, {
        status: outcome.status,
        headers: outcome.headers,
        body,
        storedAt,
        freshUntil: storedAt + seconds * 1000,
        ...("why" in got && { refusal: got }),
      });
    };
    const { body } = outcome;
    if (Buffer.isBuffer(body)) {
      set("why" in got ? Buffer.alloc(0) : body);
      landed();
      return outcome;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    const tap = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes <= maxEntryBytes) chunks.push(chunk);
        else chunks.length = 0;
        done(null, chunk);
      },
      flush(done) {
        if (bytes <= maxEntryBytes) set(Buffer.concat(chunks));
        landed();
        done();
      },
    });
    tap.on("close", landed);
    body.on("error", (error) => tap.destroy(error));
    body.on("close", () => {
      if (!body.readableEnded) tap.destroy(new Error("the origin's answer broke off"));
    });
    return { ...outcome, body: body.pipe(tap) };
  }

  /** The copy, updated with the headers of a 304. */
  private refresh(question: Question, key: string, stale: Entry, answer: Answer): Entry {
    answer.body.resume();
    const said = answeredHeaders(answer.headers, question.behaviour).filter(
      ([name]) => !["content-length", "content-encoding", "etag"].includes(name.toLowerCase()),
    );
    const headers = said.reduce<Header[]>(
      (kept, [name, text]) => withHeader(kept, name, text),
      [...stale.headers],
    );
    const now = this.now();
    const seconds = lifetime(stale.status, headers, question.behaviour.cache, now) ?? 0;
    const entry = { ...stale, headers, storedAt: now, freshUntil: now + seconds * 1000 };
    this.store.set(key, entry);
    return entry;
  }

  /** A cached response, with the viewer's conditions and range applied. */
  private hit({ asked, requestId }: Question, entry: Entry, result: "Hit" | "RefreshHit"): Outcome {
    if (entry.refusal) return pageOf(entry.refusal, requestId);
    const { status, body } = entry;
    const age = Math.max(0, Math.floor((this.now() - entry.storedAt) / 1000));
    const headers: Header[] = [...entry.headers, ["Age", String(age)]];
    if (status >= 400) return { status, headers, body, result: "Error" };
    const rest = without(headers, "content-length");
    if (status === 200 && precondition(asked.headers, headers) === "not-modified") {
      return { status: 304, headers: rest, body: Buffer.alloc(0), result };
    }
    const range = status === 200 ? rangeOf(asked.headers, headers, body.length) : undefined;
    if (asked.method === "HEAD" || range === undefined) {
      const length = value(headers, "content-length") ?? String(body.length);
      return { status, headers: [...rest, ["Content-Length", length]], body, result };
    }
    if (range === "unsatisfiable") {
      const unmet: Header = ["Content-Range", `bytes */${body.length}`];
      return { status: 416, headers: [...rest, unmet], body: Buffer.alloc(0), result: "Error" };
    }
    const part = body.subarray(range.start, range.end + 1);
    const of: Header = ["Content-Range", `bytes ${range.start}-${range.end}/${body.length}`];
    const length: Header = ["Content-Length", String(part.length)];
    return { status: 206, headers: [...rest, of, length], body: part, result };
  }
}

/** GET and HEAD are cached, OPTIONS if the behaviour says so; no bodies, no upgrades. */
function keeps({ asked, behaviour, hasBody, upgrade, distribution }: Question): boolean {
  const { cache, cachedMethods } = behaviour;
  const kept =
    ["GET", "HEAD"].includes(asked.method) ||
    (asked.method === "OPTIONS" && cachedMethods.includes("OPTIONS"));
  const errors = [...distribution.errorPages.values()].some((p) => p.minSeconds !== undefined);
  return kept && !hasBody && upgrade === undefined && (cache.maxSeconds > 0 || errors);
}

/** The request's own key, and others that serve as well: a GET's response can answer a HEAD. */
function keysOf({ asked, behaviour, distribution, viewer }: Question): [string, ...string[]] {
  const key = (method: string): string =>
    cacheKey(distribution.id, { ...asked, method }, behaviour.cache, cloudfrontHeaders(viewer));
  return asked.method === "HEAD" ? [key("HEAD"), key("GET")] : [key(asked.method)];
}

const isError = (entry: Entry): boolean => entry.status >= 400;

/** Conditions to revalidate a copy; empty for one that cannot be revalidated. */
function validators(entry: Entry): Header[] {
  if (isError(entry)) return [];
  const etag = value(entry.headers, "etag");
  const modified = value(entry.headers, "last-modified");
  return [
    ...(etag === undefined ? [] : [["If-None-Match", etag] as const]),
    ...(modified === undefined ? [] : [["If-Modified-Since", modified] as const]),
  ];
}
