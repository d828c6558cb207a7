/** Which viewers may use HTTP/3, and how it is advertised to them. */
import type { Distribution } from "../../../topology/types";

/** Whether viewers of a distribution may use HTTP/3: `http3` and `http2and3`. */
export function hasHttp3({ httpVersion }: Distribution): boolean {
  return httpVersion.endsWith("3");
}

/**
 * The header that advertises HTTP/3 on a UDP port of the same name (RFC 7838). CloudFront
 * sends it with port 443 and this lifetime.
 */
export function altSvc(port: number): string {
  return `h3=":${port}"; ma=86400`;
}
