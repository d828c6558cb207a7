/** Findings about encryption and certificates, hop by hop. */
import { edgeAcceptsCertificate } from "../certificates";
import { sources } from "../sources";
import type { EdgeSpec } from "../types";
import { rule, type Rule } from "./rule";

export const tlsRules: readonly Rule[] = [
  rule("viewers-plain-http", ({ edge, listener }) => {
    const plain = edge ? edge.viewerProtocolPolicy === "allow-all" : listener.protocol === "HTTP";
    return plain
      ? {
          severity: "warning",
          message: `Viewers can call ${edge ? "CloudFront" : "the load balancer"} without TLS: what they send can be read and changed on the way.`,
          change: edge
            ? "Set the viewer protocol policy to redirect-to-https."
            : "Give the load balancer a certificate and an HTTPS listener.",
          source: edge ? sources.edgeViewerHttps : sources.albCertificates,
        }
      : undefined;
  }),

  rule("listener-without-certificate", ({ listener, target }) =>
    listener.protocol === "HTTPS" && listener.certificateNames?.length === 0
      ? {
          severity: "error",
          message:
            "The HTTPS listener has no certificate, so AWS refuses to create it" +
            (target.protocolVersion === "HTTP1"
              ? "."
              : ", and without TLS a load balancer offers no HTTP/2."),
          change:
            "Give a domain (domain.name and its hosted zone) or an existing certificate (domain.loadBalancerCertificateArn).",
          source: sources.albCertificates,
        }
      : undefined,
  ),

  rule("origin-protocol-mismatch", ({ edge, listener }) => {
    if (edge === undefined) return undefined;
    const wanted = listener.protocol === "HTTPS" ? "https-only" : "http-only";
    const policy = effectivePolicy(edge);
    if (policy === wanted) return undefined;
    return {
      severity: "error",
      message:
        `CloudFront's origin protocol policy is ${edge.originProtocolPolicy}` +
        (policy === "match-viewer"
          ? `, but viewers may come with and without TLS and the listener is ${listener.protocol} only.`
          : `, but the listener is ${listener.protocol}` +
            (edge.originProtocolPolicy === "match-viewer"
              ? " and every viewer that gets past CloudFront uses TLS."
              : ".")),
      change: `Set the origin protocol policy to ${wanted}.`,
      source: sources.edgeOrigin,
    };
  }),

  rule("plain-http-to-public-load-balancer", ({ edge, listener }) =>
    edge && listener.scheme === "internet-facing" && edge.originProtocolPolicy !== "https-only"
      ? {
          severity: "error",
          message:
            "CloudFront would call an internet-facing load balancer over plain HTTP: requests, and the " +
            "secret header with them, cross the internet in plain text.",
          change:
            "Give the load balancer a certificate (domain.name, or domain.loadBalancerCertificateArn) and " +
            "use https-only, or reach it inside the VPC (origin.access: vpc-origin).",
          source: sources.edgeOriginHttps,
        }
      : undefined,
  ),

  rule("origin-certificate-name-mismatch", ({ edge, listener }) => {
    const names = listener.certificateNames;
    if (edge === undefined || effectivePolicy(edge) === "http-only") return undefined;
    if (listener.protocol !== "HTTPS" || names === undefined || names.length === 0)
      return undefined;
    if (edgeAcceptsCertificate(edge, names)) return undefined;
    const checked = [edge.originName, ...(edge.forwardsHost ? edge.viewerNames : [])];
    return {
      severity: "error",
      message:
        `The load balancer's certificate names ${names.join(", ")}, but CloudFront checks for ` +
        `${[...new Set(checked)].join(" or ")}: every request gets 502.`,
      change:
        `Put ${edge.originName} on the load balancer's certificate, or give the origin a name that is on it` +
        (edge.forwardsHost ? "." : ", or forward the viewer's Host header if that name is on it."),
      source: sources.edgeOriginHttps,
    };
  }),

  rule("container-tls-mismatch", ({ target, container }) =>
    (target.protocol === "HTTPS") === container.tls
      ? undefined
      : {
          severity: "error",
          message: container.tls
            ? "The container's port expects TLS, but the target group's protocol is HTTP: every request fails."
            : "The target group's protocol is HTTPS, but the container's port speaks no TLS: every request gets 502.",
          change: `Set the target group's protocol to ${container.tls ? "HTTPS" : "HTTP"}, or switch TLS ${container.tls ? "off" : "on"} in the container.`,
          source: sources.albStatusCodes,
        },
  ),

  rule("plain-text-inside-aws", ({ edge, listener }) =>
    edge?.origin === "vpc" && listener.protocol === "HTTP"
      ? {
          severity: "note",
          message:
            `CloudFront reaches the load balancer through a VPC origin over HTTP on port ${listener.port}: ` +
            "this hop never leaves AWS's network, but it is plain text there.",
          change:
            "Nothing has to change; with a certificate on the load balancer (domain.name) this hop is HTTPS.",
          source: sources.vpcOrigins,
        }
      : undefined,
  ),

  rule("plain-text-shared-vpc", ({ target, sharedVpc }) =>
    sharedVpc && target.protocol === "HTTP"
      ? {
          severity: "warning",
          message:
            "The VPC was given, so other systems may share it, and the load balancer speaks to the tasks in plain text.",
          change: "Set origin.protocol to https, unless nothing else runs in this VPC.",
          source: sources.encryptInTransit,
        }
      : undefined,
  ),
];

/** `match-viewer` behind a behaviour that lets only TLS through is `https-only`. */
function effectivePolicy(edge: EdgeSpec): EdgeSpec["originProtocolPolicy"] {
  return edge.originProtocolPolicy === "match-viewer" && edge.viewerProtocolPolicy !== "allow-all"
    ? "https-only"
    : edge.originProtocolPolicy;
}
