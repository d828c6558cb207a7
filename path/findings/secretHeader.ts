/** Findings about the secret header that tells one's own distribution from all others. */
import { sources } from "../sources";
import { rule, type Rule } from "./rule";

export const secretHeaderRules: readonly Rule[] = [
  rule("no-secret-header", ({ edge, listener }) => {
    if (edge === undefined || listener.requiresSecretHeader) return undefined;
    const sent = edge.sendsSecretHeader
      ? " CloudFront sends a secret header, but no listener rule asks for it."
      : "";
    return edge.origin === "public"
      ? {
          severity: "error",
          message: `CloudFront's prefix list admits every CloudFront customer, so anybody's distribution can call this load balancer.${sent}`,
          change:
            "Let CloudFront add a secret header, and let the listener forward only what has it, with a fixed 403 for the rest.",
          source: sources.restrictAlb,
        }
      : {
          severity: "note",
          message: `The listener forwards requests of every distribution that can use this VPC origin.${sent}`,
          change:
            "Let the listener ask for a secret header where the account has several distributions.",
          source: sources.vpcOrigins,
        };
  }),

  rule("secret-header-not-sent", ({ edge, listener }) =>
    listener.requiresSecretHeader && edge?.sendsSecretHeader !== true
      ? {
          severity: "error",
          message: `The listener forwards only requests with the secret header, and ${edge ? "CloudFront does not send it" : "viewers do not know it"}: every request gets 403.`,
          change: edge
            ? "Let CloudFront add the header to its requests to the origin."
            : "Let the listener's default action forward; without CloudFront nobody sends the header.",
          source: sources.restrictAlb,
        }
      : undefined,
  ),
];
