/** Sends a viewer's request to an origin, in the protocol that CloudFront uses. */
import type { Readable } from "node:stream";
import { edgeToOrigin } from "../../../path/edgeToOrigin";
import { isGrpc } from "../../../path/protocols";
import type { EdgeHttpVersion, Method, RequestKind } from "../../../path/types";
import type { RequestEvent } from "../events";
import type { ClientAbortSignal } from "../http/clientAbort";
import type { Alpn } from "../http/connect";
import type { Answer, Outgoing } from "../http/exchange";
import { type Header, value, without } from "../http/headers";
import type { Switched } from "../http/overHttp1";
import type { Behaviour, Bucket, Distribution, Origin } from "../../../topology/types";
import type { CacheRequest } from "./cache/key";
import type { EdgeRefusal } from "./decisions";
import { originHeaders, originHost, originPath } from "./headers";
import type { Origins } from "./origins";
import type { Objects } from "./s3/objects";
import type { Viewer } from "./viewer";

/** A viewer's request with what decides its origin. */
export interface RoutedRequest {
  readonly head: CacheRequest;
  readonly distribution: Distribution;
  readonly behaviour: Behaviour;
  readonly viewer: Viewer;
  /** X-Amz-Cf-Id. */
  readonly requestId: string;
  readonly body: Readable;
  readonly hasBody: boolean;
  /** `websocket` for a request to change protocol. */
  readonly upgrade?: string;
  readonly clientAbort: ClientAbortSignal;
}

/** An origin's response, or why there is none. */
export interface FetchResult {
  readonly response: Answer | Switched | EdgeRefusal;
  readonly sentTo?: RequestEvent["sentTo"];
}

/** The sources of responses. */
export interface Sources {
  readonly origins: Origins;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly objects: () => Objects;
}

/** Headers of the conditions that CloudFront sets to revalidate a copy. */
const conditions = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since"];

/**
 * Requests the behaviour's origin and, if that fails as the origin group defines, the second one.
 *
 * @param revalidating conditions that replace the viewer's own
 */
export async function fetchWithFailover(
  sources: Sources,
  routed: RoutedRequest,
  revalidating: readonly Header[] = [],
): Promise<FetchResult> {
  const { behaviour, distribution } = routed;
  const first = await fetchFromOrigin(sources, routed, behaviour.originId, revalidating);
  const { failover } = behaviour;
  // "CloudFront fails over only when the HTTP method of the viewer request is GET, HEAD or
  // OPTIONS."
  const repeatable = ["GET", "HEAD", "OPTIONS"].includes(routed.head.method);
  if (!failover || !repeatable || !mustFailOver(first, failover.statusCodes)) return first;
  if ("body" in first.response) first.response.body.resume();
  return distribution.origins.has(failover.originId)
    ? fetchFromOrigin(sources, routed, failover.originId, revalidating)
    : first;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
function mustFailOver({ response }: FetchResult, statusCodes: readonly number[]): boolean {
  if (!("status" in response)) return false;
  if (statusCodes.includes(response.status)) return true;
  // "CloudFront fails to connect to the primary origin (when 503 is set as a failover code)"
  return "why" in response && response.failure === "connect" && statusCodes.includes(503);
}

async function fetchFromOrigin(
  sources: Sources,
  routed: RoutedRequest,
  originId: string,
  revalidating: readonly Header[],
): Promise<FetchResult> {
  const origin = routed.distribution.origins.get(originId);
  if (!origin) return { response: { status: 502, why: `there is no origin ${originId}` } };
  const { head, behaviour, distribution, viewer, requestId } = routed;
  const { clientCertificates } = distribution;
  const policy = origin.protocolPolicy;
  const scheme =
    policy === "match-viewer" ? viewer.scheme : policy === "https-only" ? "https" : "http";
  let headers = originHeaders(
    head.headers,
    behaviour,
    origin,
    viewer,
    requestId,
    clientCertificates,
  );
  if (revalidating.length > 0) headers = [...without(headers, ...conditions), ...revalidating];
  const path = originPath(head.path, behaviour, origin);
  if (origin.bucket) return fetchObject(sources, routed, origin, { path, headers, scheme });
  const outgoing: Outgoing = {
    method: head.method,
    path,
    scheme,
    authority: originHost(behaviour.forwards, origin, viewer),
    headers,
    body: routed.body,
    hasBody: routed.hasBody,
    trailers: isGrpc(value(head.headers, "content-type")),
  };
  const { clientAbort, upgrade } = routed;
  const offers = offersTo(origin, routed);
  const received = await sources.origins.send(origin, { outgoing, offers, clientAbort, upgrade });
  if ("why" in received) return { response: received };
  const { response, protocol } = received;
  return { response, sentTo: { address: origin.domainName, protocol } };
}

/** What CloudFront offers the origin for a request, by AWS's conditions. */
function offersTo(origin: Origin, routed: RoutedRequest): Alpn[] {
  const { head, behaviour, distribution, viewer, upgrade } = routed;
  const { offers } = edgeToOrigin(
    {
      origin: origin.loadBalancerArn === undefined ? "public" : "vpc",
      httpVersion: distribution.httpVersion.toLowerCase() as EdgeHttpVersion,
      originProtocolPolicy: origin.protocolPolicy,
      originHttpVersion: origin.httpVersion,
      originTls12: origin.tls12,
      grpc: behaviour.grpc,
      allowedMethods: behaviour.allowedMethods as readonly Method[],
    },
    {
      kind: kindOf(head, upgrade),
      protocol: viewer.protocol === "HTTP/1.0" ? "HTTP/1.1" : viewer.protocol,
      method: head.method as Method,
      tls: viewer.scheme === "https",
    },
  );
  return offers.map((protocol) => (protocol === "HTTP/2" ? "h2" : "http/1.1"));
}

function kindOf({ headers }: CacheRequest, upgrade: string | undefined): RequestKind {
  if (upgrade !== undefined) return "websocket";
  return isGrpc(value(headers, "content-type")) ? "grpc" : "http";
}

async function fetchObject(
  sources: Sources,
  { head, distribution }: RoutedRequest,
  origin: Origin,
  o: { readonly path: string; readonly headers: readonly Header[]; readonly scheme: string },
): Promise<FetchResult> {
  const bucket = sources.buckets.get(origin.bucket?.name ?? "");
  if (!bucket) return { response: { status: 502, why: `there is no bucket ${origin.domainName}` } };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily; tsx does not find what import() names
  const { answerFromBucket } = require("./s3/answer") as typeof import("./s3/answer");
  const response = await answerFromBucket(
    bucket,
    {
      method: head.method,
      path: o.path,
      headers: o.headers,
      signed: origin.bucket?.signed ?? false,
      distributionArn: distribution.arn,
      // "CloudFront forwards requests to S3 by the protocol that viewers used."
      secure: o.scheme === "https",
    },
    sources.objects(),
  );
  return { response, sentTo: { address: origin.domainName, protocol: "HTTP/1.1" } };
}
