import { sources } from "../../path/sources";
import type { PathAnswer, RequestKind } from "../../path/types";
import { answerTypical, meantFor } from "../../path/typical";
import type { Naming } from "../naming";
import { pathRule } from "../rule";
import { requestNames } from "../words";

/** What must work is asked of `answer`, so that no rule is written twice. */
export const requestKindCannotWork = pathRule({
  code: "request-kind-cannot-work",
  severity: "error",
  holds: "What a path is for works on it: its requests get from viewers to the container.",
  fix: "Change what the message names as the reason.",
  source: sources.albStatusCodes,
  on: ["listener"],
  // Each of these already explains why requests do not get through.
  unless: [
    ...["edge-http1-to-http2-target", "edge-http1-to-grpc-target", "http-listener-http2-target"],
    ...["listener-http2-off", "container-lacks-protocol", "container-port-mismatch"],
    ...["vpc-origin-grpc", "origin-protocol-mismatch", "origin-certificate-name-mismatch"],
    ...["container-tls-mismatch", "listener-without-certificate", "secret-header-not-sent"],
    ...["vpc-origin-public-load-balancer", "public-origin-internal-load-balancer"],
    ...["tasks-closed-to-load-balancer", "load-balancer-closed-to-edge", "host-rule-behind-edge"],
    "client-certificate-behind-edge",
  ],
  // Who else is in a group that a security group admits is not known. The rules about security
  // groups judge them; here they admit everybody.
  assuming: {
    "listener.admits": [
      { kind: "cloudfront", ipVersion: 4 },
      { kind: "cidr", cidr: "0.0.0.0/0" },
      { kind: "load-balancer" },
    ],
    "target.admits": [{ kind: "load-balancer" }],
    "target.noEgressTo": [],
    "listener.closedPorts": [],
  },
  check: (spec, names) =>
    [...new Set(spec.mustWork)].flatMap((kind) => {
      const { request, got } = answerTypical(spec, kind, meantFor);
      if (got.reaches || got.outcome === "unknown") return [];
      const sent = `${request.method} over ${request.protocol}${request.tls ? " with TLS" : ""}`;
      return [
        {
          message: `${requestNames[kind]} of a viewer (${sent}) does not reach ${names.the.container}: ${verdict(got, names)}, because ${got.why}.`,
          fix: fixOf(kind, got, names),
          source: got.at === "cloudfront" ? sources.edgeToOrigin : sources.albStatusCodes,
        },
      ];
    }),
});

function verdict(got: PathAnswer, { the }: Naming): string {
  const places: Readonly<Record<PathAnswer["at"], string>> = {
    cloudfront: "CloudFront",
    "security-group": the.loadBalancerGroup,
    "load-balancer": the.loadBalancer,
    container: the.container,
  };
  if (got.status !== undefined) return `${places[got.at]} answers it with ${got.status}`;
  return `${places[got.at]} ${got.outcome === "dropped" ? "drops" : "refuses"} it`;
}

function fixOf(kind: RequestKind, got: PathAnswer, { the, code }: Naming): string | undefined {
  if (got.at === "security-group" || got.outcome === "dropped")
    return `Admit those who are to call in the ingress of ${code.loadBalancerGroup}.`;
  if (got.at === "cloudfront" && got.status === 504)
    return `Admit CloudFront over IPv4 in the ingress of ${code.loadBalancerGroup}.`;
  if (got.at === "cloudfront" && kind === "grpc")
    return `For gRPC, set httpVersion: "http2" on ${code.distribution}, and POST among the allowedMethods of the behaviour (all seven methods).`;
  if (kind === "grpc" && got.status === 464)
    return `For gRPC, forward to an aws.lb.TargetGroup with protocolVersion: "GRPC" by a behaviour, with grpcConfig: { enabled: true } and originProtocolPolicy: "https-only", and a separate listener rule; where no client speaks it, leave grpcConfig out.`;
  if (kind === "grpc")
    return `For gRPC, set protocol: "HTTPS" and a certificateArn on ${code.listener}.`;
  if (got.status === 464)
    return `Set protocolVersion: "HTTP1" on ${code.targetGroup} and let ${the.container} speak HTTP/1.1.`;
  return undefined;
}
