/** What several rules say of HTTP/2 between CloudFront and its origin. */
import { edgeToOrigin, missingForHttp2, type Http2Condition } from "../path/edgeToOrigin";
import type { EdgeSpec, PathSpec } from "../path/types";
import type { Naming } from "./naming";

/** An ordinary request, as most viewers send it. */
const ordinary = { kind: "http", protocol: "HTTP/2", method: "GET", tls: true } as const;

/** What CloudFront speaks to the load balancer for ordinary requests, and why. */
export function ordinaryToOrigin(edge: EdgeSpec, { listener }: PathSpec): string {
  return edgeToOrigin(edge, ordinary, listener).why;
}

/**
 * What to write so that CloudFront and the load balancer negotiate HTTP/2, as one sentence. To be
 * asked where something is missing for it.
 */
export function changesForHttp2(edge: EdgeSpec, { listener }: PathSpec, { code }: Naming): string {
  const endpoint =
    edge.origin === "vpc"
      ? `vpcOriginEndpointConfig of ${code.vpcOrigin}`
      : `customOriginConfig of the origin of ${code.distribution}`;
  const changes: Readonly<Record<Http2Condition, string>> = {
    originHttpVersion: `originHttpVersion: "http2" in the ${edge.origin === "vpc" ? "vpcOriginConfig" : "customOriginConfig"} of the origin of ${code.distribution}`,
    tls: `originProtocolPolicy: "https-only" in the ${endpoint}`,
    tls12: `originSslProtocols with TLSv1.2 in the ${endpoint}`,
    "https-listener": `protocol: "HTTPS" and a certificateArn on ${code.listener}`,
    enableHttp2: `enableHttp2: true on ${code.loadBalancer}`,
  };
  const missing = missingForHttp2(edge, listener).map(({ id }) => changes[id]);
  return `Set ${missing.join(", and ")}`;
}

/**
 * The same in the settings of our own components, as a clause: their listener is HTTPS where there
 * is a certificate. Undefined where something else is missing.
 */
export function settingsForHttp2(edge: EdgeSpec, { listener }: PathSpec): string | undefined {
  return missingForHttp2(edge, listener).some(({ id }) => id === "https-listener")
    ? "Set domain.name, to have a certificate made for the load balancer, or domain.loadBalancerCertificateArn"
    : undefined;
}
