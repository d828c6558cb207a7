import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const listenerHttp2Off = pathRule({
  name: "listener-http2-off",
  description: "A load balancer in front of a target group of version HTTP2 or GRPC has HTTP/2 on.",
  severity: "critical",
  level: "mandatory",
  remediation: "Leave enableHttp2 of the aws.lb.LoadBalancer out, or set it to true.",
  source: sources.albListeners,
  on: ["loadBalancer"],
  write: (names) =>
    `Leave enableHttp2 of the aws.lb.LoadBalancer ${names.loadBalancer} out, or set it to true; or set protocolVersion: "HTTP1" on the aws.lb.TargetGroup ${names.targetGroup}.`,
});
