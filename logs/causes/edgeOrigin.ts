/** Between CloudFront and the origin: what OriginConnectError, OriginCommError and their like mean. */
import { sources } from "../../path/sources";
import { own, type Cause } from "./cause";
import type { EdgeLogFacts } from "./edgeFacts";

const is = (status: number) => ({ field: "status", is: status }) as const;
const detail = (...oneOf: string[]) => ({ field: "detailedResult", oneOf }) as const;

const communication = ["OriginCommError", "OriginReadError", "OriginWriteError"] as const;

/**
 * Longest that connecting can take: three attempts of 10 seconds each, and some time on top.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
const longestConnecting = 32;

const slow = {
  code: "edge-origin-slow",
  severity: "error",
  title: "the origin took too long to answer",
  why: "CloudFront was connected (the origin's first byte came, or it took longer than three attempts to connect), and the answer did not come in time: within the origin's read timeout (30 seconds by default) or the load balancer's idle timeout (60 seconds).",
  advice: own(
    "Find out what takes so long. Where it may, raise originReadTimeout of the origin, and idleTimeout of the aws.lb.LoadBalancer.",
    sources.edge504,
  ),
} as const;

/** Errors on CloudFront's way to the origin. */
export const originCauses: readonly Cause<EdgeLogFacts>[] = [
  {
    code: "edge-origin-unreachable",
    severity: "error",
    when: [detail("OriginConnectError")],
    title: "CloudFront cannot connect to the origin",
    why: "No TCP connection, or no TLS handshake: a security group that does not admit CloudFront, a port without a listener, or a certificate that does not name the origin's domain.",
    advice: [
      { rule: "load-balancer-closed-to-edge" },
      { rule: "origin-protocol-mismatch" },
      { rule: "origin-certificate-name-mismatch" },
      { rule: "public-origin-internal-load-balancer" },
    ],
  },
  {
    code: "edge-origin-dns",
    severity: "error",
    when: [detail("OriginDnsError")],
    title: "the origin's name does not resolve",
    why: "DNS gave CloudFront no address for the origin's domain name.",
    advice: own(
      "Compare domainName of the origin with the load balancer's dnsName, or with the record that points to it.",
      sources.edge502,
    ),
  },
  {
    ...slow,
    when: [is(504), detail(...communication), { field: "originFirstByte", atLeast: 0 }],
  },
  {
    ...slow,
    when: [is(504), detail(...communication), { field: "timeTaken", atLeast: longestConnecting }],
  },
  { ...slow, when: [is(504), detail("OriginReadError", "OriginWriteError")] },
  {
    code: "edge-origin-timeout",
    severity: "error",
    when: [is(504), detail("OriginCommError")],
    title: "no connection to the origin, or no answer, in time",
    why: "OriginCommError is a timeout while connecting or while reading. By default CloudFront makes three attempts to connect, 10 seconds each (10, 20 or 30 seconds in `time-taken`); the read timeout is 30 seconds by default, too.",
    advice: [
      { rule: "load-balancer-closed-to-edge", unanswered: true },
      { rule: "public-origin-internal-load-balancer", unanswered: true },
      {
        change:
          "Where other requests to this origin are answered, find out what takes so long. Where it may, raise originReadTimeout of the origin.",
        source: sources.edge504,
      },
    ],
  },
  {
    code: "edge-origin-broke-off",
    severity: "error",
    when: [detail(...communication, "AbortedOrigin")],
    title: "the connection to the origin broke off",
    why: "The origin closed the connection during a request or an answer.",
    advice: [
      { rule: "edge-idle-timeout-order" },
      {
        change:
          "Look at the load balancer's access log of that time: whether the target closed the connection (502), or the load balancer did.",
        source: sources.edge502,
      },
    ],
  },
  {
    code: "edge-origin-invalid",
    severity: "error",
    when: [
      detail(
        "OriginInvalidResponseError",
        "OriginHeaderTooBigError",
        "OriginZeroSizeObjectError",
        "OriginContentRangeLengthError",
      ),
    ],
    title: "CloudFront could not use the origin's answer",
    why: "The answer was malformed, its headers were too large, or its Content-Length did not fit its Content-Range.",
    advice: own(
      "Call the origin yourself and look at the headers: cookies, and Content-Length and Content-Range where ranges are asked for.",
      sources.edge502,
    ),
  },
];
