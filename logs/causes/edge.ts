/**
 * Errors in CloudFront's logs that are not simply the origin's: CloudFront's own, those on its way
 * to the origin, and statuses that only a load balancer makes. AWS's page of the error types:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html#BasicDistributionFileFormat
 */
import { sources } from "../../path/sources";
import type { EdgeEntry } from "../edge/entry";
import { own, type Advice, type Cause } from "./cause";
import { firstThatHolds } from "./condition";
import type { EdgeLogFacts } from "./edgeFacts";
import { originCauses } from "./edgeOrigin";

const is = (status: number) => ({ field: "status", is: status }) as const;
const detail = (...oneOf: string[]) => ({ field: "detailedResult", oneOf }) as const;
const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/";
const troubleshooting = `${guide}troubleshooting-response-errors.html`;
const functions = `${guide}edge-functions-logs.html`;
const logFields = `${guide}standard-logs-reference.html#BasicDistributionFileFormat`;

const failures = ["InternalError", "CapacityExceeded", "LimitExceeded"] as const;
const failed = {
  code: "edge-cloudfront-failed",
  severity: "error",
  title: "CloudFront failed, or a limit was reached",
  why: "CloudFront itself answered with an error.",
  advice: own(
    "Compare the traffic with CloudFront's quotas; if it continues, ask AWS with the request ids.",
    troubleshooting,
  ),
} as const;

const edgeToTarget: readonly Advice[] = [
  { rule: "edge-http1-to-http2-target" },
  { rule: "edge-http1-to-grpc-target" },
  { rule: "edge-grpc-only-target" },
];

/**
 * Results of requests that CloudFront itself made no error of, as AWS's list has them, and those that
 * logs have without being in it. `-` reads as empty.
 */
const ordinaryResults = [
  ...["", "Error", "OriginError", "Hit", "RefreshHit", "Miss", "Redirect", "OriginShieldHit"],
  ...["MissGeneratedResponse", "LambdaGeneratedResponse", "FunctionGeneratedResponse"],
] as const;

export const edgeCauses: readonly Cause<EdgeLogFacts>[] = [
  {
    code: "edge-464-grpc",
    severity: "error",
    when: [is(464), { field: "protocol", is: "grpcs" }],
    title: "the load balancer refused gRPC",
    why: "The viewer spoke gRPC, and the load balancer's target group is of version HTTP1, or CloudFront passed the call on as HTTP/1.1.",
    advice: [
      {
        rule: "request-kind-cannot-work",
        change:
          'Forward gRPC to an aws.lb.TargetGroup with protocolVersion: "GRPC" or "HTTP2", and meet all of CloudFront\'s conditions: grpcConfig: { enabled: true } and POST in the behaviour, HTTP/2 for viewers, HTTPS to the origin.',
        source: sources.edgeGrpc,
      },
      { rule: "vpc-origin-grpc" },
    ],
  },
  {
    code: "edge-464-post",
    severity: "error",
    when: [is(464), { field: "method", is: "POST" }],
    title: "the load balancer refused a POST of CloudFront's",
    why: "Either the POST carries gRPC, which a behaviour without gRPC passes on over HTTP/1.1, or the load balancer's target group takes no HTTP/1.1 at all (version HTTP2 or GRPC). CloudFront passes the 464 on.",
    advice: [{ cause: "464-grpc-over-http1-from-cloudfront" }, ...edgeToTarget],
  },
  {
    code: "edge-464-http1",
    severity: "error",
    when: [is(464)],
    title: "the load balancer refused CloudFront's HTTP/1.1",
    why: "The load balancer's target group is of version HTTP2 or GRPC. CloudFront calls an origin over HTTP/1.1, whatever viewers speak, unless the origin is set to HTTP/2; where HTTP/2 cannot be negotiated, it falls back to HTTP/1.1 silently. CloudFront passes the 464 on.",
    advice: edgeToTarget,
  },
  {
    code: "edge-load-balancer-status",
    severity: "error",
    when: [{ field: "status", oneOf: [460, 463, 561, 562] }],
    title: "a status of the load balancer, passed on",
    why: "Only load balancers answer so; their access log says why.",
    advice: own(
      "Run `hopwise explain` on the load balancer's access log of that time.",
      sources.albStatusCodes,
    ),
  },
  {
    code: "edge-viewer-gone",
    severity: "note",
    when: [is(0)],
    title: "the viewer closed before the answer came",
    why: "The viewer closed the connection before CloudFront could answer.",
    advice: own("Nothing, unless there are many: then look at `time-taken`.", troubleshooting),
  },
  {
    code: "edge-web-acl-challenge",
    severity: "note",
    when: [is(202), detail("Error")],
    title: "a challenge of the web ACL, most likely",
    why: "202 with an error type is what the Challenge action of an AWS WAF web ACL answers.",
    advice: own("Nothing, where the web ACL is to challenge these viewers.", sources.waf),
  },
  {
    code: "edge-web-acl-or-origin",
    severity: "note",
    when: [{ field: "status", oneOf: [403, 405] }, detail("Error")],
    title: "the web ACL, or the origin",
    why: "The log does not say who answered: a web ACL blocks with 403 and asks for a CAPTCHA with 405; an origin answers so as well.",
    advice: own(
      "Look for the requests in the web ACL's log; those that are not there were answered by the origin.",
      sources.waf,
    ),
  },
  ...originCauses,
  {
    code: "edge-viewer-slow",
    severity: "warning",
    when: [detail("SlowReaderOriginError")],
    title: "the viewer read too slowly",
    why: "CloudFront could not send on what came from the origin, because the viewer did not read it; the origin's connection ended in an error.",
    advice: own(
      "Nothing, unless there are many: then look at how large these answers are.",
      logFields,
    ),
  },
  {
    code: "edge-geo-blocked",
    severity: "warning",
    when: [detail("ClientGeoBlocked")],
    title: "the viewer's country is not served",
    why: "The distribution's geographic restriction refused the viewer.",
    advice: own(
      "Look at restrictions.geoRestriction of the aws.cloudfront.Distribution where these viewers should be served.",
      `${guide}georestrictions.html`,
    ),
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
    advice: own(
      "Look into the function's log in CloudWatch (us-east-1), and test it with the event of an example.",
      functions,
    ),
  },
  {
    code: "edge-lambda-function",
    severity: "error",
    when: [
      { field: "detailedResult", begins: "Lambda" },
      { field: "detailedResult", ends: "Error" },
    ],
    title: "a Lambda@Edge function failed",
    why: "The function threw, was throttled, took too long, or returned what CloudFront cannot use.",
    advice: own(
      "Look into the function's log in CloudWatch, in the region near the viewer.",
      functions,
    ),
  },
  {
    code: "edge-invalid-request",
    severity: "warning",
    when: [{ field: "detailedResult", begins: "InvalidRequest" }],
    title: "a request that CloudFront could not take",
    why: "Malformed, too large, blocked, or a method or a body that is not allowed.",
    advice: own(
      "Look at the viewers in the examples; scanners of the internet send such requests all day.",
      troubleshooting,
    ),
  },
  {
    code: "edge-viewer-broke-off",
    severity: "warning",
    when: [detail("ClientCommError", "ClientHungUpRequest")],
    title: "the viewer broke off",
    why: "The connection to the viewer ended during a request or an answer.",
    advice: own(
      "Nothing, unless there are many: then look at `time-taken` and at how large the answers are.",
      troubleshooting,
    ),
  },
  { ...failed, when: [{ field: "detailedResult", oneOf: failures }] },
  { ...failed, when: [{ field: "result", oneOf: failures }] },
  {
    code: "edge-url-too-long",
    severity: "warning",
    when: [{ field: "status", oneOf: [414, 494] }],
    title: "a URL or headers over CloudFront's limits",
    why: "URLs may have 8,192 bytes, the whole request 32,768.",
    advice: own("Send what is in the query or in cookies as a body.", troubleshooting),
  },
  {
    code: "edge-unknown-result",
    severity: "warning",
    when: [{ field: "detailedResult", noneOf: ordinaryResults }],
    title: "CloudFront or the origin: the result type is not known",
    why: "x-edge-detailed-result-type has a value that hopwise does not know, such as one that AWS added later, so it cannot say whether CloudFront or the origin made the error.",
    advice: own("Look for the value (see the reasons) in AWS's list of result types.", logFields),
  },
  {
    code: "edge-detail-missing",
    severity: "warning",
    when: [
      { field: "detailedResult", absent: true },
      { field: "status", oneOf: [400, 403, 405, 416, 421, 500, 502, 503, 504] },
    ],
    title: "CloudFront or the origin: the log does not say which",
    why: "Only the field x-edge-detailed-result-type says whether CloudFront or the origin made an error, and this log does not have it.",
    advice: own(
      "Add x-edge-detailed-result-type to the fields of the log (recordFields of the aws.cloudwatch.LogDelivery). Legacy logs have it since December 2019.",
      logFields,
    ),
  },
];

/** The cause of an error; undefined where it is the origin's own answer. */
export function edgeCauseOf(entry: EdgeEntry): Cause<EdgeLogFacts> | undefined {
  return firstThatHolds(edgeCauses, entry as EdgeLogFacts);
}
