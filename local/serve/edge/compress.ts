/**
 * What CloudFront compresses, and how.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
import type { Readable } from "node:stream";
import zlib from "node:zlib";
import { type Header, value, withHeader, without } from "../http/headers";
import type { Behaviour } from "../../../topology/types";
import { type CacheRequest, type Encoding, encodings } from "./cache/key";

/** Minimum and maximum size in bytes of an object that is compressed. */
const sizes = { min: 1000, max: 10_000_000 } as const;
const statuses: readonly number[] = [200, 403, 404];

/** The types of AWS's list. */
const types = new Set(
  [
    "dash+xml eot font font-sfnt javascript json opentype otf pdf pkcs7-mime protobuf rss+xml truetype",
    "ttf vnd.apple.mpegurl vnd.mapbox-vector-tile vnd.ms-fontobject wasm xhtml+xml xml x-font-opentype",
    "x-font-truetype x-font-ttf x-httpd-cgi x-javascript x-mpegurl x-opentype x-otf x-perl x-ttf",
  ]
    .flatMap((line) => line.split(" "))
    .map((name) => `application/${name}`)
    .concat(["font/eot", "font/ttf", "font/otf", "font/opentype", "image/svg+xml"])
    .concat(
      "css csv html javascript js plain richtext tab-separated-values xml x-component x-java-source x-script vtt"
        .split(" ")
        .map((name) => `text/${name}`),
    ),
);

/** How CloudFront compresses a response of the origin; undefined if it does not. */
export function compression(
  request: CacheRequest,
  behaviour: Pick<Behaviour, "compress" | "cache">,
  answer: { readonly status: number; readonly headers: readonly Header[] },
): Encoding | undefined {
  const { headers, status } = answer;
  const type = value(headers, "content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const length = Number(value(headers, "content-length") ?? Number.NaN);
  const fits = length >= sizes.min && length <= sizes.max;
  const compressible =
    behaviour.compress &&
    behaviour.cache.maxSeconds > 0 &&
    request.method === "GET" &&
    statuses.includes(status) &&
    value(headers, "content-encoding") === undefined &&
    fits &&
    types.has(type);
  return compressible ? encodings(request.headers, behaviour.cache)[0] : undefined;
}

/**
 * The headers of the compressed response, which is a different representation: its ETag is weak.
 */
export function compressedHeaders(headers: readonly Header[], encoding: Encoding): Header[] {
  const etag = value(headers, "etag");
  const rest = without(headers, "content-length", "accept-ranges", "content-md5");
  const vary = value(rest, "vary");
  return [
    ...(etag === undefined || etag.startsWith("W/") ? rest : withHeader(rest, "ETag", `W/${etag}`)),
    ["Content-Encoding", encoding] as const,
    ...(vary?.toLowerCase().includes("accept-encoding") === true
      ? []
      : [["Vary", "Accept-Encoding"] as const]),
  ];
}

/** The body, compressed. */
export function compressed(body: Readable, encoding: Encoding): Readable {
  const { BROTLI_PARAM_QUALITY: quality } = zlib.constants;
  const stream =
    encoding === "gzip"
      ? zlib.createGzip()
      : zlib.createBrotliCompress({ params: { [quality]: 5 } });
  body.on("error", (error) => stream.destroy(error));
  return body.pipe(stream);
}
