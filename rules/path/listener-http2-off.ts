import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const listenerHttp2Off = pathRule({
  code: "listener-http2-off",
  severity: "error",
  holds: "A load balancer in front of a target group of version HTTP2 or GRPC has HTTP/2 on.",
  fix: "Leave enableHttp2 of the aws.lb.LoadBalancer out, or set it to true.",
  source: sources.albListeners,
  on: ["loadBalancer"],
  // Their change makes the target group HTTP1, for which HTTP/2 may be off.
  unless: ["edge-http1-to-http2-target", "edge-http1-to-grpc-target"],
  check: ({ listener, target }, { the, code }) => {
    if (target.protocolVersion === "HTTP1") return undefined;
    if (listener.protocol !== "HTTPS" || listener.http2) return undefined;
    return {
      message: `HTTP/2 is off at ${the.loadBalancer}, so every client speaks HTTP/1.1 to it. The load balancer answers every HTTP/1.1 request to ${the.targetGroup} with 464, because the group's version is ${target.protocolVersion}.`,
      fix: `Leave enableHttp2 of ${code.loadBalancer} out, or set it to true; or set protocolVersion: "HTTP1" on ${code.targetGroup} and let ${the.container} speak HTTP/1.1.`,
    };
  },
});
