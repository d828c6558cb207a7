import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const noSecretHeader = pathRule({
  code: "no-secret-header",
  severity: "warning",
  access: true,
  holds:
    "A load balancer that every distribution can reach asks for a header that only the program's own distribution sends.",
  fix: "Send a random value in customHeaders of the origin, forward only requests that have it (an aws.lb.ListenerRule with an httpHeader condition), and answer the rest with a fixed 403.",
  source: sources.restrictAlb,
  on: ["listener"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge?.origin !== "public" || listener.requiresSecretHeader) return undefined;
    const sent = edge.sendsSecretHeader
      ? " CloudFront sends a custom header, but no listener rule asks for it."
      : "";
    return {
      message: `All CloudFront customers share CloudFront's addresses, so any distribution can call ${the.loadBalancer}.${sent}`,
      fix: `Send a random value in customHeaders of the origin of ${code.distribution}; forward only what has it, with an aws.lb.ListenerRule; let defaultActions of ${code.listener} answer 403.`,
    };
  },
});
