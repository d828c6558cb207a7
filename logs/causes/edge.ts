/**
 * Errors in CloudFront's logs that are not simply the origin's: CloudFront's own, those on its way
 * to the origin, and statuses that only a load balancer makes.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html#BasicDistributionFileFormat
 */
import { sources } from "../../path/sources";
import type { EdgeEntry } from "../edge/entry";
import type { Cause } from "./cause";
import { firstThatHolds } from "./condition";

/** What causes are told apart by. */
export type EdgeFacts = Pick<EdgeEntry, "status" | "detailedResult" | "protocol" | "method">;

const detail = (...oneOf: string[]) => ({ field: "detailedResult", oneOf }) as const;
const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/";
const troubleshooting = `${guide}troubleshooting-response-errors.html`;
const functions = `${guide}edge-functions-logs.html`;

export const edgeCauses: readonly Cause<EdgeFacts>[] = [
  {
    code: "edge-464-grpc",
    severity: "error",
    when: [
      { field: "status", is: 464 },
      { field: "protocol", is: "grpcs" },
    ],
    title: "the load balancer turned gRPC away",
    why: "The viewer spoke gRPC, and the load balancer's target group is of version HTTP1, or CloudFront passed the call on as HTTP/1.1.",
    change:
      'A target group of version "GRPC" or "HTTP2" and all of CloudFront\'s conditions: `grpcConfig: { enabled: true }` and POST in the behaviour, HTTP/2 for viewers, HTTPS to the origin, no VPC origin.',
    findings: ["vpc-origin-grpc", "request-kind-cannot-work"],
    source: sources.edgeGrpc,
  },
  {
    code: "edge-464-http1-to-http2-target",
    severity: "error",
    when: [{ field: "status", is: 464 }],
    title: "the load balancer turned CloudFront's HTTP/1.1 away",
    why: "CloudFront speaks HTTP/1.1 to its origins, whatever viewers speak to CloudFront, and the load balancer's target group is of version HTTP2 or GRPC. CloudFront passes the 464 on.",
    change:
      'Set `protocolVersion: "HTTP1"` on the target group and let the container speak HTTP/1.1 (in hopwise: `variant: h1-via-cloudfront`). Where HTTP/2 must reach the container, leave CloudFront out (`variant: h2-direct`).',
    findings: ["edge-http1-to-http2-target", "edge-http1-to-grpc-target"],
    source: sources.edgeToOrigin,
  },
  {
    code: "edge-load-balancer-status",
    severity: "error",
    when: [{ field: "status", oneOf: [460, 463, 561, 562] }],
    title: "a status of the load balancer's own, passed on",
    why: "Only load balancers answer so; their access log says why.",
    change: "Run `hopwise explain` on the load balancer's access log of that time.",
    source: sources.albStatusCodes,
  },
  {
    code: "edge-viewer-gone",
    severity: "note",
    when: [{ field: "status", is: 0 }],
    title: "the viewer went before the answer came",
    why: "The viewer closed the connection before CloudFront could answer.",
    change: "Nothing, unless there are many: then look at `time-taken`.",
    source: troubleshooting,
  },
  {
    code: "edge-origin-unreachable",
    severity: "error",
    when: [detail("OriginConnectError")],
    title: "CloudFront cannot connect to the origin",
    why: "No TCP connection, or no TLS handshake: a security group that does not admit CloudFront, a port without a listener, or a certificate that does not name the origin's domain.",
    change:
      "Admit CloudFront's managed prefix list on the listener's port, compare `originProtocolPolicy` and port with the listener, and let its certificate name the origin's domain (or the viewer's Host, where that is sent on).",
    findings: [
      "origin-certificate-name-mismatch",
      "origin-protocol-mismatch",
      "public-origin-internal-load-balancer",
    ],
    source: sources.edge502,
  },
  {
    code: "edge-origin-dns",
    severity: "error",
    when: [detail("OriginDnsError")],
    title: "the origin's name does not resolve",
    why: "DNS gave CloudFront no address for the origin's domain name.",
    change:
      "Compare the origin's `domainName` with the load balancer's `dnsName` or the record that points to it.",
    source: sources.edge502,
  },
  {
    code: "edge-origin-timeout",
    severity: "error",
    when: [
      { field: "status", is: 504 },
      detail("OriginCommError", "OriginReadError", "OriginWriteError"),
    ],
    title: "the origin did not answer CloudFront in time",
    why: "The connection stood, and no answer came within the origin's read timeout (30 seconds by default).",
    change:
      "Find out what takes so long. Where it may: `originReadTimeout` (in hopwise `origin.timeouts.read`), and the load balancer's `idleTimeout`.",
    findings: ["idle-timeout-order"],
    source: sources.edge504,
  },
  {
    code: "edge-origin-broke-off",
    severity: "error",
    when: [detail("OriginCommError", "OriginReadError", "OriginWriteError", "AbortedOrigin")],
    title: "the connection to the origin broke off",
    why: "The origin ended the connection in the middle of a request or an answer.",
    change:
      "Let CloudFront be the first to close idle connections: `originKeepaliveTimeout` below the load balancer's `idleTimeout` (in hopwise `origin.timeouts.keepAlive` and `idle`).",
    findings: ["idle-timeout-order"],
    source: sources.edge502,
  },
  {
    code: "edge-origin-invalid",
    severity: "error",
    when: [
      detail("OriginInvalidResponseError", "OriginHeaderTooBigError", "OriginZeroSizeObjectError"),
    ],
    title: "CloudFront could not use the origin's answer",
    why: "The answer was malformed, or its headers were too large.",
    change: "Call the origin yourself and look at the headers, cookies above all.",
    source: sources.edge502,
  },
  {
    code: "edge-geo-blocked",
    severity: "warning",
    when: [detail("ClientGeoBlocked")],
    title: "the viewer's country is not served",
    why: "The distribution's geographic restriction turned the viewer away.",
    change: "Look at `restrictions.geoRestriction` where these viewers should be served.",
    source: `${guide}georestrictions.html`,
  },
  {
    code: "edge-function",
    severity: "error",
    when: [
      { field: "detailedResult", begins: "Function" },
      { field: "detailedResult", ends: "Error" },
    ],
    title: "a CloudFront function failed",
    why: "The function threw, was throttled, or returned what CloudFront cannot use.",
    change:
      "Look into the function's log in CloudWatch (us-east-1), and test it with the event of an example.",
    source: functions,
  },
  {
    code: "edge-function",
    severity: "error",
    when: [
      { field: "detailedResult", begins: "Lambda" },
      { field: "detailedResult", ends: "Error" },
    ],
    title: "a Lambda@Edge function failed",
    why: "The function threw, was throttled, took too long, or returned what CloudFront cannot use.",
    change: "Look into the function's log in CloudWatch, in the region near the viewer.",
    source: functions,
  },
  {
    code: "edge-invalid-request",
    severity: "warning",
    when: [{ field: "detailedResult", begins: "InvalidRequest" }],
    title: "a request that CloudFront could not take",
    why: "Malformed, too large, a method or a body that is not allowed.",
    change:
      "Look at the viewers in the examples; scanners of the internet send such requests all day.",
    source: troubleshooting,
  },
  {
    code: "edge-viewer-broke-off",
    severity: "warning",
    when: [detail("ClientCommError", "ClientHungUpRequest")],
    title: "the viewer broke off",
    why: "The connection to the viewer ended in the middle of a request or an answer.",
    change:
      "Nothing, unless there are many: then look at `time-taken` and at how large the answers are.",
    source: troubleshooting,
  },
  {
    code: "edge-cloudfront-failed",
    severity: "error",
    when: [detail("InternalError", "CapacityExceeded", "LimitExceeded")],
    title: "CloudFront failed, or a limit was reached",
    why: "CloudFront itself answered with an error.",
    change:
      "Compare the traffic with CloudFront's quotas; ask AWS with the request ids where it goes on.",
    source: troubleshooting,
  },
  {
    code: "edge-url-too-long",
    severity: "warning",
    when: [{ field: "status", oneOf: [414, 494] }],
    title: "a URL or headers over CloudFront's limits",
    why: "URLs may have 8,192 bytes, the whole request 32,768.",
    change: "Send what is in the query or in cookies as a body.",
    source: troubleshooting,
  },
];

/** The cause of an error; undefined where it is the origin's own answer (or a web ACL's 403). */
export function edgeCauseOf(entry: EdgeEntry): Cause<EdgeFacts> | undefined {
  return firstThatHolds(edgeCauses, entry as EdgeFacts);
}
