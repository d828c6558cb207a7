import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const plainTextInsideAws = pathRule({
  code: "plain-text-inside-aws",
  severity: "note",
  holds: "CloudFront calls a load balancer behind a VPC origin over TLS.",
  fix: "Nothing has to change. With a certificate and an HTTPS listener on the load balancer this connection is encrypted.",
  source: sources.vpcOrigins,
  on: ["listener"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge?.origin !== "vpc" || listener.protocol !== "HTTP") return undefined;
    return {
      message: `CloudFront calls ${the.loadBalancer} through ${the.vpcOrigin} over HTTP, on port ${listener.port}: the connection never leaves AWS's network, but it is plain text there.`,
      fix: `Nothing has to change. To encrypt this connection, set protocol: "HTTPS" and a certificateArn on ${code.listener}, and originProtocolPolicy: "https-only" on ${code.vpcOrigin}.`,
      settings:
        "Nothing has to change. With domain.name the load balancer has a certificate, and this connection is HTTPS.",
    };
  },
});
