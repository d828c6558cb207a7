/** The connections of a path, first to last. */
import { edgeToOrigin, effectivePolicy } from "./edgeToOrigin";
import { edgeOffers, frontOffers, frontTls, listenerOffers, targetSpeaks } from "./protocols";
import type { EdgeSpec, Hop, HttpProtocol, ListenerSpec, PathSpec, Source } from "./types";

const anyone: readonly Source[] = [
  { kind: "cidr", cidr: "0.0.0.0/0" },
  { kind: "cidr", cidr: "::/0" },
];

/** Every hop that the spec describes, whether or not requests survive it. */
export function hopsOf(spec: PathSpec): Hop[] {
  return [...front(spec), taskHop(spec), ...appHop(spec)];
}

function front(spec: PathSpec): Hop[] {
  const { edge, listener } = spec;
  const toListener = {
    to: "load-balancer",
    admits: listener.admits,
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-scheme
    ...(listener.scheme === "internal" && ({ internal: true } as const)),
  } as const;
  if (edge === undefined) {
    const protocols = listenerOffers(listener);
    const tls = listener.protocol === "HTTPS";
    const why =
      (protocols.includes("HTTP/2")
        ? "The HTTPS listener offers HTTP/2 in the TLS handshake; a load balancer has no HTTP/3."
        : `The listener ${tls ? "has HTTP/2 switched off" : "is HTTP, and HTTP/2 needs TLS"}.`) +
      certificateWhy("Clients", listener);
    return [{ from: "viewer", ...toListener, port: listener.port, protocols, tls, why }];
  }
  return [
    {
      from: "viewer",
      to: "cloudfront",
      protocols: frontOffers(spec),
      ...(frontTls(spec) ? { tls: true, port: 443 } : { tls: false, port: 80 }),
      admits: anyone,
      why: viewerWhy(edge),
    },
    {
      from: "cloudfront",
      ...toListener,
      protocols: originProtocols(edge, listener),
      ...originSocket(edge, listener),
      why: originWhy(edge, listener),
    },
  ];
}

/**
 * Whether CloudFront connects to this listener with TLS, and on which port. With `match-viewer` and
 * viewers both with and without TLS, those that the listener is for are shown.
 */
function originSocket(edge: EdgeSpec, listener: ListenerSpec): Pick<Hop, "tls" | "port"> {
  const policy = effectivePolicy(edge);
  const tls = policy === "match-viewer" ? listener.protocol === "HTTPS" : policy === "https-only";
  return { tls, port: edge.originPorts?.[tls ? "https" : "http"] ?? listener.port };
}

function viewerWhy(edge: EdgeSpec): string {
  const offers = `The distribution offers ${edgeOffers[edge.httpVersion].join(", ")}`;
  const certificates = certificateWhy("Viewers", edge);
  switch (edge.viewerProtocolPolicy) {
    case "redirect-to-https":
      return `${offers} and redirects HTTP to HTTPS.${certificates}`;
    case "https-only":
      return `${offers} and answers plain HTTP with 403.${certificates}`;
    case "allow-all":
      return `${offers}, and HTTP/1.1 without TLS on port 80.`;
  }
}

/** What is asked of callers in the TLS handshake, as a further sentence. */
function certificateWhy(
  callers: "Clients" | "Viewers",
  { clientCertificates }: Pick<EdgeSpec | ListenerSpec, "clientCertificates">,
): string {
  if (clientCertificates === undefined) return "";
  const does = {
    required: "have to show a client certificate that is trusted",
    optional: "may show a client certificate, which has to be trusted",
    passthrough: "may show a client certificate, which only the tasks verify",
  }[clientCertificates];
  return ` ${callers} ${does}.`;
}

/** What ordinary requests and, if a viewer's gRPC request could use it, gRPC go over. */
function originProtocols(edge: EdgeSpec, listener: ListenerSpec): HttpProtocol[] {
  const request = { protocol: "HTTP/2", method: "POST" } as const;
  const viewers = [true, false].filter((tls) =>
    edge.viewerTls === undefined
      ? tls || edge.viewerProtocolPolicy === "allow-all"
      : tls === edge.viewerTls,
  );
  const used = [
    ...viewers.map((tls) => edgeToOrigin(edge, { ...request, kind: "grpc", tls }, listener)),
    ...viewers.map((tls) => edgeToOrigin(edge, { ...request, kind: "http", tls }, listener)),
  ].map(({ protocol }) => protocol);
  return (["HTTP/2", "HTTP/1.1"] as const).filter((protocol) => used.includes(protocol));
}

function originWhy(edge: EdgeSpec, listener: ListenerSpec): string {
  const by = edge.origin === "vpc" ? "through a VPC origin" : "over the internet";
  const request = { kind: "http", protocol: "HTTP/2", method: "GET", tls: true } as const;
  const { protocol, why } = edgeToOrigin(edge, request, listener);
  if (protocol === "HTTP/2")
    return `CloudFront speaks HTTP/2 to this origin, ${by}: ${why}. Where it no longer does, CloudFront speaks HTTP/1.1 without an error.`;
  const grpc = originProtocols(edge, listener).includes("HTTP/2");
  const ordinary =
    edge.originHttpVersion === "http2"
      ? `${why}, ${by}`
      : `CloudFront speaks HTTP/1.1 to this origin, ${by}, because originHttpVersion is not http2`;
  return `${ordinary}${grpc ? "; only gRPC goes over HTTP/2" : ""}.`;
}

function taskHop({ target, container }: PathSpec): Hop {
  if (target.lambda)
    return {
      ...{ from: "load-balancer", to: "container", protocols: [], admits: target.admits },
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
      why: "The load balancer invokes the function with each request as an event in JSON.",
    };
  const accepts = container.accepts.join(" and ");
  return {
    from: "load-balancer",
    to: "container",
    protocols: [targetSpeaks(target.protocolVersion)],
    tls: target.protocol === "HTTPS",
    port: target.port,
    admits: target.admits,
    why: `The target group's version is ${target.protocolVersion}; the container accepts ${accepts}.`,
  };
}

/** To the app: one hop for ordinary requests, one for gRPC, as far as the path is for them. */
function appHop({ appPort, grpc, mustWork }: PathSpec): Hop[] {
  const hop = (port: number, kind: "requests" | "gRPC"): Hop => ({
    from: "container",
    to: "app",
    protocols: [kind === "gRPC" ? "HTTP/2" : "HTTP/1.1"],
    tls: false,
    port,
    admits: [],
    why: `The container passes ${kind} to the app inside the task, over the loopback address.`,
  });
  const calls = mustWork.includes("grpc") ? grpc?.port : undefined;
  const onlyCalls = grpc !== undefined && mustWork.every((kind) => kind === "grpc");
  return [
    ...(appPort === undefined || onlyCalls ? [] : [hop(appPort, "requests")]),
    ...(calls === undefined ? [] : [hop(calls, "gRPC")]),
  ];
}
