import { sources } from "../../path/sources";
import { pathRule } from "../rule";

/**
 * The side that opens connections must be the first to close an idle one. Otherwise it sends a
 * request into a connection that is just being closed.
 */
export const idleTimeoutOrder = pathRule({
  code: "idle-timeout-order",
  severity: "error",
  holds: "The container keeps idle connections for longer than the load balancer reuses them.",
  fix: "Let idleTimeout of the aws.lb.LoadBalancer be below the container's keep-alive.",
  source: sources.albStatusCodes,
  on: ["loadBalancer"],
  check: ({ listener, container }, { the, code }) => {
    const { keepAliveSeconds: kept } = container;
    const idle = listener.idleSeconds;
    if (kept > idle) return undefined;
    return {
      message: `Now and then a request gets 502: ${the.loadBalancer} reuses idle connections for ${idle} s, but ${the.container} closes them after ${kept} s.`,
      fix: `Let ${the.container} keep idle connections for more than ${idle} s (nginx: keepalive_timeout; the image of hopwise: HOPWISE_KEEPALIVE_SECONDS in containerDefinitions of ${code.taskDefinition}), or set idleTimeout of ${code.loadBalancer} below ${kept}.`,
      settings: `Let the app keep idle connections for more than ${idle} s (service.app.keepAliveSeconds), or set origin.timeouts.idle below ${kept}.`,
    };
  },
});
