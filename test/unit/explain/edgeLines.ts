/** Lines of CloudFront's logs with known causes. */
import { edgeFields } from "../../../logs/edge/fields";

export type Values = Readonly<Record<string, string>>;

/** A request that the origin answered. */
export const miss: Values = {
  date: "2026-11-20",
  time: "10:15:30",
  "x-edge-location": "FRA56-P4",
  "c-ip": "203.0.113.7",
  "cs-method": "GET",
  "cs(Host)": "d111111abcdef8.cloudfront.net",
  "cs-uri-stem": "/orders/17",
  "sc-status": "200",
  "cs(User-Agent)": "Mozilla/5.0%20(X11;%20Linux%20x86_64)",
  "x-edge-result-type": "Miss",
  "x-host-header": "app.example.com",
  "cs-protocol": "https",
  "cs-protocol-version": "HTTP/2.0",
  "x-edge-response-result-type": "Miss",
  "x-edge-detailed-result-type": "Miss",
};

/** A line of an answer that CloudFront made. */
export const failed = (status: number, detail = "Error", more: Values = {}): Values => ({
  ...miss,
  "sc-status": String(status).padStart(3, "0"),
  "x-edge-result-type": "Error",
  "x-edge-response-result-type": "Error",
  "x-edge-detailed-result-type": detail,
  ...more,
});

export const line = (values: Values, fields: readonly string[] = edgeFields): string =>
  fields.map((field) => values[field] ?? "-").join("\t");
export const header = (fields: readonly string[]): string =>
  `#Version: 1.0\n#Fields: ${fields.join(" ")}`;

/** A line for every cause. */
export const cases: readonly (readonly [cause: string, values: Values])[] = [
  ["edge-464-http1", failed(464)],
  ["edge-464-post", failed(464, "Error", { "cs-method": "POST" })],
  ["edge-464-grpc", failed(464, "Error", { "cs-protocol": "grpcs", "cs-method": "POST" })],
  ["edge-load-balancer-status", failed(460)],
  ["edge-load-balancer-status", failed(561)],
  ["edge-viewer-gone", failed(0, "ClientCommError")],
  ["edge-origin-unreachable", failed(502, "OriginConnectError")],
  ["edge-origin-unreachable", failed(504, "OriginConnectError")],
  ["edge-origin-dns", failed(502, "OriginDnsError")],
  ["edge-origin-timeout", failed(504, "OriginCommError")],
  ["edge-origin-timeout", failed(504, "OriginCommError", { "time-taken": "30.019" })],
  ["edge-origin-timeout", failed(504, "OriginCommError", { "time-taken": "10.004" })],
  ["edge-origin-slow", failed(504, "OriginCommError", { "time-taken": "60.101" })],
  ["edge-origin-slow", failed(504, "OriginReadError", { "time-taken": "30.01" })],
  ["edge-origin-broke-off", failed(502, "OriginCommError")],
  ["edge-origin-broke-off", failed(200, "AbortedOrigin")],
  ["edge-origin-invalid", failed(502, "OriginHeaderTooBigError")],
  ["edge-origin-invalid", failed(502, "OriginContentRangeLengthError")],
  ["edge-viewer-slow", failed(504, "SlowReaderOriginError")],
  ["edge-web-acl-or-origin", failed(403)],
  ["edge-web-acl-or-origin", failed(405)],
  ["edge-web-acl-challenge", failed(202)],
  ["edge-geo-blocked", failed(403, "ClientGeoBlocked")],
  ["edge-function", failed(503, "FunctionExecutionError")],
  ["edge-lambda-function", failed(503, "LambdaTimeoutError")],
  ["edge-invalid-request", failed(400, "InvalidRequestMethod")],
  ["edge-viewer-broke-off", failed(200, "ClientHungUpRequest")],
  ["edge-cloudfront-failed", failed(503, "CapacityExceeded")],
  ["edge-cloudfront-failed", { ...failed(503, "-"), "x-edge-result-type": "LimitExceeded" }],
  ["edge-url-too-long", failed(414)],
  ["edge-unknown-result", failed(502, "OriginQuantumError")],
  ["edge-unknown-result", failed(403, "LambdaQuotaExceeded")],
]; // prettier-ignore
