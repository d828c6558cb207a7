/**
 * Malformed requests by the thousand, from a seed: what attacks on proxies are made of, and what
 * broken programs send. None of them is a request that HTTP allows.
 */
import fc from "fast-check";

/** Starts every path that the load balancer's rules keep from targets. */
export const closedPath = "/closed";
/** The path of requests that carry something else. */
export const openPath = "/open";

/** Something to send over one connection. */
export interface Shape {
  /** For messages: which kind it is. */
  readonly kind: string;
  readonly bytes: Buffer;
}

const smuggled = `GET ${closedPath}/smuggled HTTP/1.1\r\nHost: www.example.com\r\n\r\n`;
const host = "Host: www.example.com";

/** A POST with headers and a body, as it is on the wire. */
function post(headers: readonly string[], body: string): string {
  return [`POST ${openPath} HTTP/1.1`, host, ...headers, "", body].join("\r\n");
}

function shape(kind: string, text: fc.Arbitrary<string>): fc.Arbitrary<Shape> {
  return text.map((t) => ({ kind, bytes: Buffer.from(t, "latin1") }));
}

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const control = fc.constantFrom("\0", "\x01", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x7f");
/** A text with each letter in either case. */
const cased = (text: string): fc.Arbitrary<string> => fc.mixedCase(fc.constant(text));
const te = cased("transfer-encoding");
const cl = cased("content-length");

const twoFramings = fc.tuple(te, cl, fc.nat(80), fc.boolean()).map(([t, c, length, first]) => {
  const both = [`${t}: chunked`, `${c}: ${length}`];
  return post(first ? both : both.reverse(), `0\r\n\r\n${smuggled}`);
});

const twoLengths = fc
  .tuple(cl, cl, fc.nat(80), fc.integer({ min: 1, max: 9 }))
  .map(([a, b, n, more]) => post([`${a}: ${n}`, `${b}: ${n + more}`], smuggled));

const oddLength = fc
  .tuple(
    cl,
    fc.oneof(
      fc.constantFrom("+5", "-1", "0x10", "5 5", "5,6", "1e3", "5.0", "", "9".repeat(25), "٣"),
      word,
      control.map((c) => `5${c}`),
    ),
  )
  .map(([name, value]) => post([`${name}: ${value}`], smuggled));

const oddCoding = fc
  .tuple(
    te,
    fc.oneof(
      fc.constantFrom("xchunked", '"chunked"', "chunked, identity", "chunked, chunked", "gzip"),
      control.map((c) => `${c}chunked`),
      word.filter((w) => w !== "chunked"),
    ),
  )
  .map(([name, value]) => post([`${name}: ${value}`], `0\r\n\r\n${smuggled}`));

const oddName = fc
  .tuple(fc.constantFrom("Transfer-Encoding", "Content-Length", "X-Any"), fc.nat(6))
  .map(([name, how]) => {
    const value = name === "Content-Length" ? "5" : "chunked";
    const written = [
      `${name} : ${value}`,
      `${name}\t: ${value}`,
      ` ${name}: ${value}`,
      `${name}\0: ${value}`,
      `${name.replace("-", " ")}: ${value}`,
      `${name}\r: ${value}`,
      `: ${name}: ${value}`,
    ];
    return post([written[how] ?? ""], `0\r\n\r\n${smuggled}`);
  });

const oddLines = fc
  .tuple(word, fc.constantFrom("\n", "\r", "\r\r\n", "\n\r", "\r\n ", "\r\n\t"))
  .map(([value, end]) =>
    post([`X: ${value}${end}Transfer-Encoding: chunked`], `0\r\n\r\n${smuggled}`),
  );

const oddCharacters = fc.tuple(control, fc.nat(3), word).map(([c, where, w]) => {
  if (where === 0) return `GET ${openPath}${c}${w} HTTP/1.1\r\n${host}\r\n\r\n`;
  if (where === 1) return `G${c}T ${openPath} HTTP/1.1\r\n${host}\r\n\r\n`;
  return post(where === 2 ? [`X${c}${w}: 1`] : [`X: ${c}${w}`], "");
});

const oddChunks = fc
  .constantFrom("zz", "-1", "0x2", "f".repeat(17), "2 2", "2\n", "2;\n", "+2", "")
  .map((size) => post(["Transfer-Encoding: chunked"], `${size}\r\nab\r\n0\r\n\r\n${smuggled}`));

const unendedChunk = fc
  .constantFrom(
    "2\r\nabX\r\n0\r\n\r\n",
    "2\r\nab\n0\n\n",
    "5\r\nab\r\n0\r\n\r\n",
    "2\r\nab0\r\n\r\n",
  )
  .map((body) => post(["Transfer-Encoding: chunked"], `${body}${smuggled}`));

const oddFirstLine = fc
  .tuple(
    fc.constantFrom("GET", "G@T", "get", "GET GET", "", "PRI", "\x16\x03"),
    fc.constantFrom(openPath, "open", "", `${openPath} ${closedPath}`, "http//x", "\\"),
    fc.constantFrom("HTTP/1.1", "HTTP/9.9", "http/1.1", "HTTP/1.", "HTTP/", "HTTP/11", "HTP/1.1"),
  )
  .filter((parts) => parts.join(" ") !== `GET ${openPath} HTTP/1.1`)
  .map((parts) => `${parts.join(" ")}\r\n${host}\r\n\r\n`);

const oddHost = fc
  .constantFrom([], [host, host], [host, "Host: other.example.com"])
  .map((hosts) => [`GET ${openPath} HTTP/1.1`, ...hosts, "", ""].join("\r\n"));

const oversized = fc.tuple(fc.nat(3), fc.integer({ min: 17, max: 24 })).map(([what, kb]) => {
  const long = "x".repeat(kb * 1024);
  if (what === 0) return `GET ${openPath}${long} HTTP/1.1\r\n${host}\r\n\r\n`;
  if (what === 1) return `GET ${openPath} HTTP/1.1\r\n${host}\r\nX: ${long}\r\n\r\n`;
  const many = Array.from({ length: 6 }, (_, i) => `X-${i}: ${long.slice(0, 15_000)}`);
  return [`GET ${openPath} HTTP/1.1`, host, ...many, "", ""].join("\r\n");
});

const truncated = fc
  .tuple(fc.nat(60), word)
  .map(([at, w]) => post([`X-${w}: ${w}`, "Content-Length: 50"], "half").slice(0, 20 + at));

const noise = fc
  .uint8Array({ minLength: 1, maxLength: 200 })
  // A handshake's first byte belongs to the broken TLS below.
  .filter((bytes) => bytes[0] !== 0x16)
  .map((bytes): Shape => ({ kind: "noise", bytes: Buffer.from(bytes) }));

/** Malformed HTTP/1. */
export const http1Shapes: fc.Arbitrary<Shape> = fc.oneof(
  shape("two framings", twoFramings),
  shape("two lengths", twoLengths),
  shape("odd length", oddLength),
  shape("odd coding", oddCoding),
  shape("odd header name", oddName),
  shape("odd line ends", oddLines),
  shape("odd characters", oddCharacters),
  shape("odd chunks", oddChunks),
  shape("a chunk without its end", unendedChunk),
  shape("odd first line", oddFirstLine),
  shape("odd Host", oddHost),
  { arbitrary: shape("oversized", oversized), weight: 1 },
  shape("truncated", truncated),
  noise,
);

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

const frame = fc
  .record({
    type: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.nat(255)),
    flags: fc.nat(255),
    stream: fc.constantFrom(0, 1, 2, 3, 0x7fffffff),
    payload: fc.uint8Array({ maxLength: 60 }),
    /** What the frame says of its length, beyond the truth. */
    more: fc.constantFrom(0, 0, 0, 1, 100, 0xffff),
  })
  .map(({ type, flags, stream, payload, more }) => {
    const head = Buffer.alloc(9);
    head.writeUIntBE(payload.length + more, 0, 3);
    head.writeUInt8(type, 3);
    head.writeUInt8(flags, 4);
    head.writeUInt32BE(stream, 5);
    return Buffer.concat([head, payload]);
  });

/** HTTP/2 that breaks off, or frames of which nobody knows what they mean. */
export const http2Shapes: fc.Arbitrary<Shape> = fc
  .tuple(fc.boolean(), fc.array(frame, { minLength: 1, maxLength: 6 }), fc.nat(40))
  .map(([begun, frames, cut]) => {
    const all = Buffer.concat([...(begun ? [preface, settings] : [preface]), ...frames]);
    return { kind: "frames", bytes: all.subarray(0, Math.max(1, all.length - cut)) };
  });

/** A TLS handshake that is none. */
export const tlsShapes: fc.Arbitrary<Shape> = fc
  .tuple(fc.constantFrom(0, 1, 3, 4), fc.nat(0xffff), fc.uint8Array({ maxLength: 120 }))
  .map(([version, length, rest]) => ({
    kind: "broken TLS",
    bytes: Buffer.concat([Buffer.from([0x16, 3, version, length >> 8, length & 255]), rest]),
  }));
