/** Responses that a load balancer itself makes. */
import type { Header } from "../http/headers";
import type { Listener } from "../../../topology/types";

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Authorization Required",
  403: "Forbidden",
  405: "Method Not Allowed",
  408: "Request Time-out",
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  463: "",
  464: "",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
  505: "HTTP Version Not Supported",
  507: "Insufficient Storage",
  561: "Authentication Error",
};

/** A complete response: headers and body. */
export interface OwnAnswer {
  readonly headers: readonly Header[];
  readonly body: string;
}

/**
 * The response for a status. 463 and 464 have no body, as observed with `awselb/2.0`
 * (https://dev.classmethod.jp/articles/cloudfront-and-alb-464-error/).
 */
export function ownAnswer(
  status: number,
  listener: Pick<Listener, "serverHeader" | "responseHeaders">,
): OwnAnswer {
  const reason = reasons[status] ?? "";
  return {
    headers: [
      ...serverHeader(listener),
      ...(reason ? [["content-type", "text/html"] as const] : []),
    ],
    body: reason
      ? `<html>\r\n<head><title>${status} ${reason}</title></head>\r\n<body>\r\n<center><h1>${status} ${reason}</h1></center>\r\n</body>\r\n</html>\r\n`
      : "",
  };
}

/** Headers of every response that the load balancer itself makes. */
export function serverHeader(
  listener: Pick<Listener, "serverHeader" | "responseHeaders">,
): readonly Header[] {
  return [
    ...(listener.serverHeader ? [["server", "awselb/2.0"] as const] : []),
    ...listener.responseHeaders,
  ];
}

/**
 * A response as HTTP/1.1 text, for input that is not a request. The connection ends with it.
 *
 * @param received what was sent, from its beginning if that is known
 */
export function writtenAnswer(
  status: number,
  listener: Pick<Listener, "serverHeader" | "responseHeaders">,
  received: Buffer,
): string {
  const { headers, body } = ownAnswer(status, listener);
  const lines = [
    `HTTP/1.1 ${status} ${reasons[status] ?? ""}`,
    ...headers.map(([n, v]) => `${n}: ${v}`),
    `date: ${new Date().toUTCString()}`,
    `content-length: ${body.length}`,
    "connection: close",
  ];
  // A client that sent HEAD would read a body as the next response.
  const asked = received.subarray(0, 5).toString("latin1") === "HEAD " ? "" : body;
  return `${lines.join("\r\n")}\r\n\r\n${asked}`;
}
