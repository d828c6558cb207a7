import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const vpcOriginWithoutSecretHeader = pathRule({
  code: "vpc-origin-without-secret-header",
  severity: "note",
  holds: "A load balancer behind a VPC origin asks for a header that only one distribution sends.",
  fix: "Where the account has several distributions, send a random value in customHeaders of the origin, and forward only requests that have it (an aws.lb.ListenerRule with an httpHeader condition).",
  source: sources.vpcOrigins,
  on: ["listener"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge?.origin !== "vpc" || listener.requiresSecretHeader) return undefined;
    const sent = edge.sendsSecretHeader
      ? " CloudFront sends a custom header, but no listener rule asks for it."
      : "";
    return {
      message: `Requests of every distribution that can use ${the.vpcOrigin} are forwarded by ${the.listener}.${sent}`,
      fix: `Where the account has several distributions, send a random value in customHeaders of the origin of ${code.distribution}, and let an aws.lb.ListenerRule of ${the.listener} with an httpHeader condition forward only what has it.`,
    };
  },
});
