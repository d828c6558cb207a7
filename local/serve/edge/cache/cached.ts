/** CloudFront's cache in front of its origins. */
import { Transform } from "node:stream";
import type { Answer } from "../../http/exchange";
import { type Header, withHeader } from "../../http/headers";
import type { Switched } from "../../http/overHttp1";
import { compressed, compressedHeaders, compression } from "../compress";
import type { FetchResult, RoutedRequest } from "../fetch";
import { forwardedHeaders, cloudfrontHeaders } from "../headers";
import { inCacheKeys } from "../viewerCertificate";
import { type Outcome, errorOutcome } from "../outcome";
import { fromCache, isError, validators } from "./entryResponse";
import { cacheKey } from "./key";
import { errorLifetime, errorSeconds, lifetime, mayServeStale } from "./lifetime";
import { type Entry, Store, maxEntryBytes } from "./store";

/** Requests the origin, with CloudFront's own conditions if a copy has to be revalidated. */
type FetchFromOrigin = (revalidating?: readonly Header[]) => Promise<FetchResult>;

/** A protocol change, which is never cached. */
export interface ProtocolSwitch {
  readonly switched: Switched;
  readonly sentTo: FetchResult["sentTo"];
}

/** Answers from the cache if possible, and requests the origin otherwise. */
export class EdgeCache {
  private readonly store = new Store();
  /** Keys that are being fetched: requests with the same key wait and share the cached response. */
  private readonly inFlight = new Map<string, Promise<void>>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Drops the cached responses of a distribution's origins. */
  forget(distributionId: string): void {
    this.store.forget(distributionId);
  }

  /** The response for a viewer: from memory, or from the origin. */
  async respond(
    routed: RoutedRequest,
    fetchFromOrigin: FetchFromOrigin,
  ): Promise<Outcome | ProtocolSwitch> {
    if (!isCacheable(routed)) return this.fromOrigin(routed, await fetchFromOrigin());
    const [key, ...others] = cacheKeys(routed);
    let entry = this.find(key, others);
    if (!entry) {
      await this.inFlight.get(key);
      entry = this.find(key, others);
    }
    if (entry && entry.freshUntil > this.now()) return fromCache(routed, entry, "Hit", this.now());
    let resume = (): void => undefined;
    const fetching = new Promise<void>((resolve) => (resume = resolve));
    if (!this.inFlight.has(key)) this.inFlight.set(key, fetching);
    const release = (): void => {
      if (this.inFlight.get(key) === fetching) this.inFlight.delete(key);
      resume();
    };
    try {
      return await this.fetch(routed, fetchFromOrigin, key, entry, release);
    } catch (error) {
      release();
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
    routed: RoutedRequest,
    fetchFromOrigin: FetchFromOrigin,
    key: string,
    stale: Entry | undefined,
    release: () => void,
  ): Promise<Outcome | ProtocolSwitch> {
    const fetched = await fetchFromOrigin(stale && validators(stale));
    const { response } = fetched;
    const status = "status" in response ? response.status : 101;
    if (stale && !isError(stale) && status === 304) {
      const entry = this.refresh(routed, key, stale, response as Answer);
      release();
      return { ...fromCache(routed, entry, "RefreshHit", this.now()), sentTo: fetched.sentTo };
    }
    const expired = stale ? (this.now() - stale.freshUntil) / 1000 : 0;
    if (stale && !isError(stale) && status >= 500 && mayServeStale(stale.headers, expired)) {
      if ("body" in response) response.body.resume();
      // Requested again as soon as an error would be.
      const freshUntil = this.now() + errorSeconds * 1000;
      this.store.set(key, { ...stale, freshUntil });
      release();
      return fromCache(routed, stale, "Hit", this.now());
    }
    const outcome = this.fromOrigin(routed, fetched);
    if ("switched" in outcome) {
      release();
      return outcome;
    }
    const seconds = this.seconds(routed, outcome);
    if (seconds === undefined) {
      release();
      return outcome;
    }
    return this.storeWhileSending(key, outcome, seconds, response, release);
  }

  /** An origin's response as a viewer gets it. */
  private fromOrigin(
    routed: RoutedRequest,
    { response, sentTo }: FetchResult,
  ): Outcome | ProtocolSwitch {
    if ("why" in response)
      return { ...errorOutcome(response, routed.requestId), ...(sentTo && { sentTo }) };
    if ("socket" in response) return { switched: response, sentTo };
    const headers = forwardedHeaders(response.headers, routed.behaviour);
    const encoding = compression(routed.head, routed.behaviour, { ...response, headers });
    return {
      status: response.status,
      reason: response.reason,
      headers: encoding ? compressedHeaders(headers, encoding) : headers,
      body: encoding ? compressed(response.body, encoding) : response.body,
      ...(!encoding && { ending: response }),
      result: response.status >= 400 ? "Error" : "Miss",
      ...(sentTo && { sentTo }),
    };
  }

  private seconds(
    { behaviour, distribution }: RoutedRequest,
    outcome: Outcome,
  ): number | undefined {
    const { status, headers } = outcome;
    const { cache } = behaviour;
    const now = this.now();
    if (status < 400) return lifetime(status, headers, cache, now);
    return errorLifetime(status, headers, cache, distribution.errorPages.get(status), now);
  }

  /** Caches a response while it is forwarded. */
  private storeWhileSending(
    key: string,
    outcome: Outcome,
    seconds: number,
    response: FetchResult["response"],
    release: () => void,
  ): Outcome {
    const storedAt = this.now();
    const set = (body: Buffer): void => {
      this.store.set(key, {
        status: outcome.status,
        headers: outcome.headers,
        body,
        storedAt,
        freshUntil: storedAt + seconds * 1000,
        ...("why" in response && { refusal: response }),
      });
    };
    const { body } = outcome;
    if (Buffer.isBuffer(body)) {
      set("why" in response ? Buffer.alloc(0) : body);
      release();
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
        release();
        done();
      },
    });
    tap.on("close", release);
    body.on("error", (error) => tap.destroy(error));
    body.on("close", () => {
      if (!body.readableEnded) tap.destroy(new Error("the origin's answer broke off"));
    });
    return { ...outcome, body: body.pipe(tap) };
  }

  /** The copy, updated with the headers of a 304. */
  private refresh(routed: RoutedRequest, key: string, stale: Entry, answer: Answer): Entry {
    answer.body.resume();
    const updated = forwardedHeaders(answer.headers, routed.behaviour).filter(
      ([name]) => !["content-length", "content-encoding", "etag"].includes(name.toLowerCase()),
    );
    const headers = updated.reduce<Header[]>(
      (kept, [name, text]) => withHeader(kept, name, text),
      [...stale.headers],
    );
    const now = this.now();
    const seconds = lifetime(stale.status, headers, routed.behaviour.cache, now) ?? 0;
    const entry = { ...stale, headers, storedAt: now, freshUntil: now + seconds * 1000 };
    this.store.set(key, entry);
    return entry;
  }
}

/** GET and HEAD are cached, OPTIONS if the behaviour says so; no bodies, no upgrades. */
function isCacheable({ head, behaviour, hasBody, upgrade, distribution }: RoutedRequest): boolean {
  const { cache, cachedMethods } = behaviour;
  const cachedMethod =
    ["GET", "HEAD"].includes(head.method) ||
    (head.method === "OPTIONS" && cachedMethods.includes("OPTIONS"));
  const errors = [...distribution.errorPages.values()].some((p) => p.minSeconds !== undefined);
  return cachedMethod && !hasBody && upgrade === undefined && (cache.maxSeconds > 0 || errors);
}

/** The request's own key, and others that serve as well: a GET's response can answer a HEAD. */
function cacheKeys({
  head,
  behaviour,
  distribution,
  viewer,
}: RoutedRequest): [string, ...string[]] {
  const own = cloudfrontHeaders(viewer, distribution.clientCertificates);
  const counted = own.filter(([name]) => inCacheKeys(name));
  const key = (method: string): string =>
    cacheKey(distribution.id, { ...head, method }, behaviour.cache, counted);
  return head.method === "HEAD" ? [key("HEAD"), key("GET")] : [key(head.method)];
}
