/** Findings about connections that one side closes while the other still uses them. */
import { sources } from "../sources";
import type { Drawn, Rule } from "./rule";

export const timeoutRules: readonly Rule[] = [
  {
    // The side that opens connections must be the first to close an idle one; else it sends a
    // request into a connection that is just being closed, and the sender gets 502.
    code: "idle-timeout-order",
    draw: ({ edge, listener, container }) => {
      const idle = listener.idleSeconds;
      const found: Drawn[] = [];
      if (container.keepAliveSeconds <= idle)
        found.push({
          severity: "error",
          message:
            `The container closes idle connections after ${container.keepAliveSeconds} s, the load balancer ` +
            `reuses them for ${idle} s: now and then a request meets a closed connection and gets 502.`,
          change: `Keep connections in the container for more than ${idle} s (keepalive_timeout), or lower the load balancer's idle timeout.`,
          source: sources.albStatusCodes,
        });
      if (edge && edge.keepAliveSeconds >= idle)
        found.push({
          severity: "warning",
          message:
            `CloudFront reuses idle connections for ${edge.keepAliveSeconds} s, the load balancer closes ` +
            `them after ${idle} s: now and then a request meets a closed connection.`,
          change: `Set CloudFront's keep-alive (origin.timeouts.keepAlive) below ${idle} s.`,
          source: sources.edgeOrigin,
        });
      return found;
    },
  },
];
