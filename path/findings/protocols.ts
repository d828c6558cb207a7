/** Findings about HTTP versions that do not fit together. */
import { listenerOffers, targetSpeaks } from "../protocols";
import { sources } from "../sources";
import type { PathSpec, TargetProtocolVersion } from "../types";
import { type Drawn, rule, type Rule } from "./rule";

export const protocolRules: readonly Rule[] = [
  rule("edge-http1-to-http2-target", (spec) => edgeToTarget(spec, "HTTP2")),

  rule("edge-http1-to-grpc-target", (spec) => edgeToTarget(spec, "GRPC")),

  rule("http-listener-http2-target", ({ listener, target }) =>
    listener.protocol === "HTTP" && target.protocolVersion !== "HTTP1"
      ? {
          severity: "error",
          message:
            `An HTTP listener cannot forward to a target group of version ${target.protocolVersion}: ` +
            "AWS refuses it with InvalidLoadBalancerAction when the listener is created.",
          change: `Give the load balancer a certificate, so that its listener is HTTPS, or set the target group's version to HTTP1.`,
          source: sources.targetProtocolVersion,
        }
      : undefined,
  ),

  rule("listener-http2-off", ({ listener, target }) =>
    listener.protocol === "HTTPS" && !listener.http2 && target.protocolVersion !== "HTTP1"
      ? {
          severity: "error",
          message:
            `The listener has HTTP/2 switched off (routing.http2.enabled), so every client speaks HTTP/1.1, ` +
            `and a target group of version ${target.protocolVersion} answers each with 464.`,
          change:
            "Switch HTTP/2 on for the load balancer, or set the target group's version to HTTP1.",
          source: sources.albListeners,
        }
      : undefined,
  ),

  rule("container-lacks-protocol", ({ target, container }) => {
    const spoken = targetSpeaks(target.protocolVersion);
    return container.accepts.includes(spoken)
      ? undefined
      : {
          severity: "error",
          message:
            `The load balancer speaks ${spoken} to a target group of version ${target.protocolVersion}, ` +
            `but the container accepts ${container.accepts.join(" and ") || "nothing"}: every request gets 502 ` +
            "and every health check fails.",
          change:
            spoken === "HTTP/2"
              ? "Switch `http2 on` in nginx (HOPWISE_HTTP2=on), or set the target group's version to HTTP1."
              : "Let the container accept HTTP/1.1, or set the target group's version to HTTP2.",
          source: spoken === "HTTP/2" ? sources.nginxHttp2 : sources.targetProtocolVersion,
        };
  }),

  rule("container-port-mismatch", ({ target, container }) =>
    target.port === container.port
      ? undefined
      : {
          severity: "error",
          message: `The target group sends to port ${target.port}, the container listens on ${container.port}: every request gets 502.`,
          change: `Give both the same port, ${container.port} for instance.`,
          source: sources.albStatusCodes,
        },
  ),

  rule("vpc-origin-grpc", ({ edge, mustWork }) =>
    edge?.origin === "vpc" && (edge.grpc || mustWork.includes("grpc"))
      ? {
          severity: "error",
          message: "CloudFront does not support gRPC through a VPC origin.",
          change:
            "Use a public origin (origin.access: prefix-list) for gRPC, or take gRPC out of what must work.",
          source: sources.vpcOrigins,
        }
      : undefined,
  ),
];

/**
 * The failure that this project was born from. A distribution whose only traffic is gRPC is the one
 * exception, and even there every other request gets 464: a warning.
 */
function edgeToTarget(spec: PathSpec, version: TargetProtocolVersion): Drawn | undefined {
  const { edge, target, listener } = spec;
  if (edge === undefined || target.protocolVersion !== version) return undefined;
  const onlyGrpc =
    edge.grpc && spec.mustWork.length > 0 && spec.mustWork.every((k) => k === "grpc");
  const viewers = listenerOffers(listener).includes("HTTP/2")
    ? " That viewers speak HTTP/2 to CloudFront, and the load balancer offers it, changes nothing."
    : "";
  return {
    severity: onlyGrpc ? "warning" : "error",
    message:
      "CloudFront speaks HTTP/1.1 to its origins, and a load balancer answers an HTTP/1.1 request to " +
      `a target group of version ${version} with 464: ` +
      `${onlyGrpc ? "every request that is not gRPC" : "every request"} fails.${viewers}`,
    change:
      "Set the target group's version to HTTP1 and let nginx speak HTTP/1.1 (variant h1-via-cloudfront); " +
      "where HTTP/2 must reach the container, leave CloudFront out (variant h2-direct).",
    source: sources.edgeToOrigin,
  };
}
