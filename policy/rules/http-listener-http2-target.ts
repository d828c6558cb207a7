import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const httpListenerHttp2Target = pathRule({
  name: "http-listener-http2-target",
  description: "A listener in front of a target group of version HTTP2 or GRPC is HTTPS.",
  severity: "critical",
  level: "mandatory",
  remediation:
    'Set protocol: "HTTPS" and a certificateArn on the aws.lb.Listener, or protocolVersion: "HTTP1" on the target group.',
  source: sources.targetProtocolVersion,
  on: ["listener"],
  write: (names) =>
    `Set protocol: "HTTPS" and a certificateArn on the aws.lb.Listener ${names.listener}, or protocolVersion: "HTTP1" on the aws.lb.TargetGroup ${names.targetGroup}.`,
});
