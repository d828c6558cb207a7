import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const directHttp1Clients464 = pathRule({
  name: "direct-http1-clients-464",
  description:
    "Clients that call a target group of version HTTP2 without CloudFront all speak HTTP/2.",
  severity: "low",
  level: "advisory",
  remediation:
    'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup where HTTP/1.1 clients, probes or WebSockets matter.',
  source: sources.albStatusCodes,
  on: ["targetGroup"],
  write: (names) =>
    `Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup ${names.targetGroup} where HTTP/1.1 clients, probes or WebSockets matter.`,
  // Where only CloudFront gets in, no other client is answered; a GRPC group is for gRPC only.
  applies: (spec) =>
    spec.target.protocolVersion === "HTTP2" &&
    !spec.listener.admits.some((source) => source.kind === "cloudfront"),
});
