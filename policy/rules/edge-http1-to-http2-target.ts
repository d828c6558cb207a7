import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const edgeHttp1ToHttp2Target = pathRule({
  name: "edge-http1-to-http2-target",
  description:
    "Nothing that CloudFront calls ends at a target group of version HTTP2: CloudFront speaks HTTP/1.1 to its origins, and the load balancer answers 464.",
  severity: "critical",
  level: "mandatory",
  remediation:
    'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup, and let the container speak HTTP/1.1.',
  source: sources.edgeToOrigin,
  on: ["targetGroup"],
  write: (names) =>
    `Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup ${names.targetGroup} and let the container speak HTTP/1.1; where HTTP/2 must reach the container, let viewers call the load balancer without CloudFront.`,
  // With gRPC on and nothing else meant to work, it is as it has to be.
  warnings: false,
});
