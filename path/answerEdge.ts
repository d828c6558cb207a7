/** What CloudFront does with a viewer's request. */
import { answerAtLoadBalancer } from "./answerLoadBalancer";
import { edgeAcceptsCertificate } from "./certificates";
import { originHttp2 } from "./changes";
import { showsCertificate } from "./clientCertificates";
import { edgeSpeaksTls, edgeToOrigin } from "./edgeToOrigin";
import { edgeMethods, edgeOffers } from "./protocols";
import { countryRefused, frontAnswer } from "./front";
import { admits, callerOf } from "./securityGroups";
import type { EdgeSpec, ListenerSpec, PathAnswer, PathRequest, PathSpec } from "./types";

/** CloudFront's own refusals first, then the origin's response. */
export function answerAtEdge(spec: PathSpec, edge: EdgeSpec, request: PathRequest): PathAnswer {
  return refusedAtEdge(edge, request) ?? answerOfOrigin(spec, edge, request);
}

/** What CloudFront answers without asking the origin; undefined where it asks. */
export function refusedAtEdge(edge: EdgeSpec, request: PathRequest): PathAnswer | undefined {
  return (
    notNegotiated(edge, request) ??
    (request.meant ? undefined : fromRefusedCountry(edge, request)) ??
    notAllowed(edge, request) ??
    (request.meant ? undefined : stoppedByFront(edge, request))
  );
}

function fromRefusedCountry({ countries }: EdgeSpec, request: PathRequest): PathAnswer | undefined {
  if (countries === undefined || !countryRefused(countries, request.country)) return undefined;
  return atEdge(request, 403, "the geographic restriction refuses this country");
}

/** The CloudFront Function of the behaviour, which comes after CloudFront's own checks. */
function stoppedByFront(edge: EdgeSpec, request: PathRequest): PathAnswer | undefined {
  const { front, ownFunction } = edge;
  if (ownFunction !== undefined)
    return {
      ...atEdge(request, 0, `the function ${ownFunction} may answer, or change the request`),
      status: undefined,
      outcome: "unknown",
    };
  if (front === undefined) return undefined;
  const caller = callerOf(request.from);
  const { host, path, method, password } = request;
  const address = caller.kind === "address" ? caller.address : undefined;
  const stopped = frontAnswer(front, { address, host, path, method, password });
  return stopped && atEdge(request, stopped.status, stopped.why);
}

function notNegotiated(edge: EdgeSpec, request: PathRequest): PathAnswer | undefined {
  const offered = request.tls ? edgeOffers[edge.httpVersion] : ["HTTP/1.1"];
  const refused = { reaches: false, outcome: "refused", at: "cloudfront", travelled: [] } as const;
  if (!offered.includes(request.protocol))
    return {
      ...refused,
      why: `CloudFront offers ${offered.join(", ")} here, not ${request.protocol}`,
    };
  if (request.tls && edge.clientCertificates === "required" && !showsCertificate(request))
    return {
      ...refused,
      why: "CloudFront asks viewers for a client certificate, and ends connections without a trusted one",
    };
  if (request.kind === "websocket" && request.protocol !== "HTTP/1.1")
    return { ...refused, why: "CloudFront takes WebSockets only over HTTP/1.1" };
  return undefined;
}

function notAllowed(edge: EdgeSpec, request: PathRequest): PathAnswer | undefined {
  if (!request.tls && edge.viewerProtocolPolicy === "redirect-to-https") {
    // 307 keeps the method and the body, where 301 would turn a POST into a GET.
    const status = ["GET", "HEAD"].includes(request.method) ? 301 : 307;
    return atEdge(request, status, "CloudFront redirects HTTP to HTTPS");
  }
  if (!request.tls && edge.viewerProtocolPolicy === "https-only")
    return atEdge(request, 403, "the behaviour takes HTTPS only");
  if (!edgeMethods.includes(request.method) || !edge.allowedMethods.includes(request.method))
    return atEdge(request, 403, `the behaviour does not allow ${request.method}`);
  return undefined;
}

/** For a failure between CloudFront and the load balancer: 504 for the network, 502 for TLS. */
function answerOfOrigin(spec: PathSpec, edge: EdgeSpec, request: PathRequest): PathAnswer {
  const { listener } = spec;
  if ((edge.origin === "vpc") !== (listener.scheme === "internal"))
    return atEdge(
      request,
      504,
      edge.origin === "vpc"
        ? "a VPC origin reaches internal load balancers only"
        : "an internal load balancer cannot be reached over the internet",
    );
  const tls = edgeSpeaksTls(edge, request.tls);
  const toOrigin = edgeToOrigin(edge, request, listener);
  const inner = answerAtLoadBalancer(spec, {
    protocol: toOrigin.protocol,
    tls,
    kind: request.kind,
    method: request.method,
    caller: { kind: "cloudfront", ipVersion: ipVersionTo(edge, listener) },
    secretHeader: edge.sendsSecretHeader,
    signedIn: request.signedIn ?? false,
    // The viewer's ends at CloudFront.
    clientCertificate: edge.showsCertificate ? undefined : false,
    meant: request.meant ?? false,
    travelled: [request.protocol],
    viaEdge: true,
  });
  if (toOrigin.notKnown !== undefined && depends(inner))
    return {
      reaches: false,
      outcome: "unknown",
      at: "cloudfront",
      travelled: [request.protocol],
      why: `AWS's documents do not say ${toOrigin.notKnown} (looked at on ${originHttp2.checked})`,
    };
  if (edge.showsCertificate === true && request.kind !== "http" && inner.reaches)
    return {
      ...{ reaches: false, outcome: "unknown", at: "cloudfront", travelled: [request.protocol] },
      why: `CloudFront does not support ${request.kind === "grpc" ? "gRPC" : "WebSockets"} to origins with origin mTLS, and AWS does not document what such a request gets`,
    };
  if (inner.outcome === "unknown") return inner;
  if (inner.outcome === "dropped") return atEdge(request, 504, inner.why);
  if (inner.outcome === "refused") return atEdge(request, 502, inner.why);
  if (tls && !edgeAcceptsCertificate(edge, listener.certificateNames))
    return atEdge(request, 502, "the load balancer's certificate lacks the name CloudFront checks");
  return inner.status === 464 ? { ...inner, why: `${toOrigin.why}; ${inner.why}` } : inner;
}

/** True where the response depends on what CloudFront speaks to the load balancer. */
function depends(inner: PathAnswer): boolean {
  return inner.reaches || inner.status === 464;
}

function atEdge(request: PathRequest, status: number, why: string): PathAnswer {
  return {
    reaches: false,
    status,
    outcome: "answered",
    at: "cloudfront",
    travelled: [request.protocol],
    why,
  };
}

/**
 * Over IPv4, unless the origin's settings say otherwise; a VPC origin has nothing else. With both,
 * over the one that the load balancer admits.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
function ipVersionTo({ originAddresses = "ipv4" }: EdgeSpec, { admits: admitted }: ListenerSpec) {
  if (originAddresses !== "dualstack") return originAddresses === "ipv6" ? 6 : 4;
  return admits(admitted, { kind: "cloudfront", ipVersion: 4 }) ? 4 : 6;
}
