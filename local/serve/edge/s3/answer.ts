/**
 * A bucket's responses, like those of its REST endpoint.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { Answer } from "../../http/exchange";
import type { Header } from "../../http/headers";
import type { Bucket } from "../../../../topology/types";
import { precondition, rangeOf } from "../conditions";
import { type BucketCaller, allowed } from "./access";
import type { Found, Objects } from "./objects";

/** CloudFront's request to a bucket. */
export interface BucketRequest extends BucketCaller {
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly headers: readonly Header[];
}

/** Maximum number of keys in a listing. */
const maxListedKeys = 1000;

/** Answers a request; never fails. */
export async function answerFromBucket(
  bucket: Bucket,
  request: BucketRequest,
  objects: Objects,
): Promise<Answer> {
  const { method } = request;
  if (method === "OPTIONS") {
    return refused(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.");
  }
  // Nothing here can write.
  if (method !== "GET" && method !== "HEAD") return denied();
  const key = keyOf(request.path);
  if (key === undefined) return refused(400, "InvalidURI", "Couldn't parse the specified URI.");
  const mayList = allowed(bucket, request, "s3:ListBucket");
  if (key === "") return mayList ? listing(bucket, method, objects) : denied(method);
  if (!allowed(bucket, request, "s3:GetObject", key)) return denied(method);
  const found = await objects.find(bucket, key);
  if (found) return answerWith(found, request);
  // Without permission to list the bucket, S3 does not reveal whether an object exists.
  return mayList
    ? refused(404, "NoSuchKey", "The specified key does not exist.", method, key)
    : denied(method);
}

/** The object's key; undefined if the path is not UTF-8. */
function keyOf(path: string): string | undefined {
  try {
    return decodeURIComponent(path.split("?")[0] ?? "").replace(/^\//, "");
  } catch {
    return undefined;
  }
}

function answerWith(found: Found, request: BucketRequest): Answer {
  const { size } = found;
  const headers: Header[] = [
    ...ids(),
    ["Last-Modified", found.modified.toUTCString()],
    ["ETag", found.etag],
    ["Accept-Ranges", "bytes"],
    ...found.headers,
    ["Server", "AmazonS3"],
  ];
  const met = precondition(request.headers, headers);
  if (met === "not-modified") return answer(304, headers);
  if (met === "failed") {
    return refused(
      412,
      "PreconditionFailed",
      "At least one of the pre-conditions you specified did not hold",
      request.method,
    );
  }
  const range = rangeOf(request.headers, headers, size);
  if (range === "unsatisfiable") {
    const message = "The requested range is not satisfiable";
    const response = refused(416, "InvalidRange", message, request.method);
    return { ...response, headers: [...response.headers, ["Content-Range", `bytes */${size}`]] };
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const lengths: Header[] = [
    ["Content-Length", String(end - start + 1)],
    ...(range ? [["Content-Range", `bytes ${start}-${end}/${size}`] as const] : []),
  ];
  const body = request.method === "HEAD" ? undefined : found.read(start, end);
  return answer(range ? 206 : 200, [...headers, ...lengths], body);
}

async function listing(bucket: Bucket, method: string, objects: Objects): Promise<Answer> {
  const keys = await objects.keys(bucket);
  const contents = keys
    .slice(0, maxListedKeys)
    .map((key) => `<Contents><Key>${escaped(key)}</Key></Contents>`);
  return xml(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket.name}</Name><Prefix></Prefix><Marker></Marker><MaxKeys>${maxListedKeys}</MaxKeys><IsTruncated>${keys.length > maxListedKeys}</IsTruncated>${contents.join("")}</ListBucketResult>`,
    method,
  );
}

const denied = (method = "GET"): Answer => refused(403, "AccessDenied", "Access Denied", method);

function refused(
  status: number,
  code: string,
  message: string,
  method = "GET",
  key?: string,
): Answer {
  const about = key === undefined ? "" : `<Key>${escaped(key)}</Key>`;
  const [[, requestId], [, hostId]] = ids();
  return xml(
    status,
    `<Error><Code>${code}</Code><Message>${message}</Message>${about}<RequestId>${requestId}</RequestId><HostId>${hostId}</HostId></Error>`,
    method,
  );
}

function xml(status: number, text: string, method: string): Answer {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`);
  const headers: Header[] = [
    ...ids(),
    ["Content-Type", "application/xml"],
    ["Content-Length", String(body.length)],
    ["Server", "AmazonS3"],
  ];
  return answer(status, headers, method === "HEAD" ? undefined : Readable.from([body]));
}

function answer(status: number, headers: readonly Header[], body = Readable.from([])): Answer {
  const date: Header = ["Date", new Date().toUTCString()];
  return { status, headers: [date, ...headers], body, trailers: () => [] };
}

/** Random ids, which only S3's own logs would contain. */
function ids(): [Header, Header] {
  return [
    ["x-amz-request-id", randomBytes(8).toString("hex").toUpperCase()],
    ["x-amz-id-2", randomBytes(32).toString("base64")],
  ];
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);
}
