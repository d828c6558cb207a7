/** Sends a viewer's request to an origin, in the protocol that CloudFront uses. */
import type { Readable } from "node:stream";
import { edgeToOrigin } from "../../../path/edgeToOrigin";
import { isGrpc } from "../../../path/protocols";
import type { EdgeHttpVersion, Method } from "../../../path/types";
import type { RequestEvent } from "../events";
import type { ClientAbortSignal } from "../http/clientAbort";
import type { Answer, Outgoing } from "../http/exchange";
import { type Header, value, withHeader, without } from "../http/headers";
import type { Switched } from "../http/overHttp1";
import type { Behaviour, Bucket, Distribution, Origin } from "../../../topology/types";
import type { Asked } from "./cache/key";
import type { EdgeRefusal } from "./decisions";
import { originHeaders, originHost, originPath } from "./headers";
import type { Origins } from "./origins";
import type { Objects } from "./s3/objects";
import type { Viewer } from "./viewer";

/** A viewer's request with what decides its origin. */
export interface Question {
  readonly asked: Asked;
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
export interface Fetched {
  readonly got: Answer | Switched | EdgeRefusal;
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
export async function fetchFrom(
  sources: Sources,
  question: Question,
  revalidating: readonly Header[] = [],
): Promise<Fetched> {
  const { behaviour, distribution } = question;
  const first = await fetchOne(sources, question, behaviour.originId, revalidating);
  const { failover } = behaviour;
  // "CloudFront fails over only when the HTTP method of the viewer request is GET, HEAD or
  // OPTIONS."
  const repeatable = ["GET", "HEAD", "OPTIONS"].includes(question.asked.method);
  if (!failover || !repeatable || !fails(first, failover.statusCodes)) return first;
  if ("body" in first.got) first.got.body.resume();
  return distribution.origins.has(failover.originId)
    ? fetchOne(sources, question, failover.originId, revalidating)
    : first;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
function fails({ got }: Fetched, statusCodes: readonly number[]): boolean {
  if (!("status" in got)) return false;
  if (statusCodes.includes(got.status)) return true;
  // "CloudFront fails to connect to the primary origin (when 503 is set as a failover code)"
  return "why" in got && got.failure === "connect" && statusCodes.includes(503);
}

async function fetchOne(
  sources: Sources,
  question: Question,
  originId: string,
  revalidating: readonly Header[],
): Promise<Fetched> {
  const origin = question.distribution.origins.get(originId);
  if (!origin) return { got: { status: 502, why: `there is no origin ${originId}` } };
  const { asked, behaviour, viewer, requestId } = question;
  const policy = origin.protocolPolicy;
  const scheme =
    policy === "match-viewer" ? viewer.scheme : policy === "https-only" ? "https" : "http";
  let headers = originHeaders(asked.headers, behaviour, origin, viewer, requestId);
  if (revalidating.length > 0) headers = [...without(headers, ...conditions), ...revalidating];
  const path = originPath(asked.path, behaviour, origin);
  if (origin.bucket) return fetchObject(sources, question, origin, { path, headers, scheme });
  const protocol = protocolTo(origin, question);
  // gRPC needs TE: trailers, which is a header of each connection.
  if (protocol === "HTTP/2") headers = withHeader(headers, "te", "trailers");
  const outgoing: Outgoing = {
    method: asked.method,
    path,
    scheme,
    authority: originHost(behaviour.forwards, origin, viewer),
    headers,
    body: question.body,
    hasBody: question.hasBody,
  };
  const { clientAbort, upgrade } = question;
  const got = await sources.origins.send(origin, { outgoing, protocol, clientAbort, upgrade });
  return "why" in got ? { got } : { got, sentTo: { address: origin.domainName, protocol } };
}

/** HTTP/2 for gRPC under AWS's conditions, otherwise HTTP/1.1. */
function protocolTo(origin: Origin, question: Question): "HTTP/1.1" | "HTTP/2" {
  const { asked, behaviour, distribution, viewer } = question;
  return edgeToOrigin(
    {
      origin: origin.loadBalancerArn === undefined ? "public" : "vpc",
      httpVersion: distribution.httpVersion.toLowerCase() as EdgeHttpVersion,
      originProtocolPolicy: origin.protocolPolicy,
      grpc: behaviour.grpc,
      allowedMethods: behaviour.allowedMethods as readonly Method[],
    },
    {
      kind: isGrpc(value(asked.headers, "content-type")) ? "grpc" : "http",
      protocol: viewer.protocol === "HTTP/1.0" ? "HTTP/1.1" : viewer.protocol,
      method: asked.method as Method,
      tls: viewer.scheme === "https",
    },
  ).protocol;
}

async function fetchObject(
  sources: Sources,
  { asked, distribution }: Question,
  origin: Origin,
  o: { readonly path: string; readonly headers: readonly Header[]; readonly scheme: string },
): Promise<Fetched> {
  const bucket = sources.buckets.get(origin.bucket?.name ?? "");
  if (!bucket) return { got: { status: 502, why: `there is no bucket ${origin.domainName}` } };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily; tsx does not find what import() names
  const { answerFromBucket } = require("./s3/answer") as typeof import("./s3/answer");
  const got = await answerFromBucket(
    bucket,
    {
      method: asked.method,
      path: o.path,
      headers: o.headers,
      signed: origin.bucket?.signed ?? false,
      distributionArn: distribution.arn,
      // "CloudFront forwards requests to S3 by the protocol that viewers used."
      secure: o.scheme === "https",
    },
    sources.objects(),
  );
  return { got, sentTo: { address: origin.domainName, protocol: "HTTP/1.1" } };
}
