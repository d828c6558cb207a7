import { sources } from "../../path/sources";
import { pathRule } from "../rule";

/** See `idle-timeout-order`: here CloudFront opens the connections. */
export const edgeIdleTimeoutOrder = pathRule({
  code: "edge-idle-timeout-order",
  severity: "warning",
  holds: "The load balancer keeps idle connections for longer than CloudFront reuses them.",
  fix: "Let originKeepaliveTimeout of the origin be below idleTimeout of the aws.lb.LoadBalancer.",
  source: sources.edgeOrigin,
  on: ["distribution", "loadBalancer"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge === undefined) return undefined;
    const { keepAliveSeconds: reused } = edge;
    const idle = listener.idleSeconds;
    if (reused < idle) return undefined;
    return {
      message: `Now and then a request meets a closed connection: CloudFront reuses idle connections for ${reused} s, but ${the.loadBalancer} closes them after ${idle} s.`,
      fix: `Set originKeepaliveTimeout of the origin of ${code.distribution} below ${idle}, or raise idleTimeout of ${code.loadBalancer}.`,
      settings: `Set origin.timeouts.keepAlive below origin.timeouts.idle, which is ${idle}.`,
    };
  },
});
