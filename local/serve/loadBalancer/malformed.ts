/** A load balancer's responses to bytes that Node's HTTP parser rejects. Pure. */
import type { Header } from "../http/headers";
import { wireErrors } from "../http/acceptorOptions";
import type { DesyncMode } from "../../../topology/types";
import { type Classification, type RequestHead, classify, unsupportedCoding } from "./desync";

/** One of the load balancer's own statuses, and why. */
export interface MalformedAnswer {
  readonly status: 400 | 405 | 408 | 414 | 501 | 505;
  readonly why: string;
  readonly classification: Classification;
}

const unclassified: { readonly classification: Classification } = {
  classification: { tier: "Compliant" },
};

/** A client that sent nothing, or only the beginning of a request. */
export const requestTimeout: MalformedAnswer = {
  ...unclassified,
  status: 408,
  why: "the client sent no whole request before the idle timeout",
};

/** Maximum length of a request's first line. */
export const maxLineBytes = 16 * 1024;

/**
 * Judges what could not be read. AWS would forward some of it in the modes `monitor` and
 * `defensive`; here none of it reaches a target, since Node could not parse it.
 *
 * @param code Node's code of the error
 * @param bytes the packet with the error
 */
export function answerMalformed(code: string, bytes: Buffer, mode: DesyncMode): MalformedAnswer {
  if (code === "HPE_PAUSED_H2_UPGRADE") {
    return { ...unclassified, status: 505, why: "HTTP/2 on a connection that speaks HTTP/1.1" };
  }
  if (code === wireErrors.connect) {
    return { ...unclassified, status: 405, why: "load balancers do not take CONNECT" };
  }
  if (code === wireErrors.plainHttp) {
    return { ...unclassified, status: 400, why: "plain HTTP came to an HTTPS port" };
  }
  if (code === wireErrors.host) {
    return { ...unclassified, status: 400, why: "HTTP/1.1 needs one Host header" };
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return requestTimeout;
  if (code === "HPE_HEADER_OVERFLOW") {
    return bytes.includes("\r\n")
      ? { ...unclassified, status: 400, why: "the headers are larger than 64 KB" }
      : { ...unclassified, status: 414, why: "the URL is longer than 16 KB" };
  }
  const head = readHead(bytes);
  const classification = head ? classify(head) : unclassified.classification;
  if (head && unsupportedCoding(head.headers)) {
    const { reason } = classification;
    // A header that only looks like a transfer coding is an attack, refused unless nothing is.
    if (reason !== "BadTransferEncoding" || mode === "monitor") {
      return {
        status: 501,
        why: "Transfer-Encoding is neither chunked nor identity",
        classification,
      };
    }
  }
  const { tier, reason } = classification;
  const what = reason === undefined ? `no HTTP/1.1 (${code})` : `${tier}: ${reason}`;
  return { status: 400, why: `what came is ${what}`, classification };
}

/**
 * Reads a request's head as tolerantly as possible, to say what is wrong with it.
 *
 * @returns undefined if the bytes do not begin with something like a request line
 */
export function readHead(bytes: Buffer): RequestHead | undefined {
  const text = bytes.toString("latin1").replace(/^(\r?\n)+/, "");
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const [line = "", ...rest] = text.slice(0, end).split("\n").map(withoutCr);
  const parts = /^(\S*) (.*?)(?: (HTTP\/.*))?$/s.exec(line);
  if (!parts) return undefined;
  const [, method = "", uri = "", version = ""] = parts;
  return { method, uri, version, headers: rest.map(headerOf) };
}

function withoutCr(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function headerOf(line: string): Header {
  const colon = line.indexOf(":");
  return colon < 0
    ? [line, ""]
    : [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
}
