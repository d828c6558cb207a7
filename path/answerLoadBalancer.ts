/** What the load balancer, and the task behind it, do with a request. */
import { isPrivateAddress } from "./networks";
import { albMethods, clientRequest, listenerOffers, matrixRow } from "./protocols";
import { admits, type Caller } from "./securityGroups";
import type { HttpProtocol, Method, PathAnswer, PathSpec, RequestKind } from "./types";

/** A request as it arrives at the load balancer, from a client or from CloudFront. */
export interface Arrival {
  readonly protocol: HttpProtocol;
  readonly tls: boolean;
  readonly kind: RequestKind;
  readonly method: Method;
  readonly caller: Caller;
  readonly secretHeader: boolean;
  readonly signedIn: boolean;
  /** Whether the sender shows a trusted client certificate; undefined where that is not known. */
  readonly clientCertificate: boolean | undefined;
  /** True for a request of those for whom the path is meant, also during maintenance. */
  readonly meant: boolean;
  /** True for a request that the path's own CloudFront sends. */
  readonly viaEdge?: true;
  /** Protocols of the connections before this one. */
  readonly travelled: readonly HttpProtocol[];
}

/** Checks in AWS's order: network, port and TLS, protocol, method, listener rule, target group. */
export function answerAtLoadBalancer(spec: PathSpec, arrival: Arrival): PathAnswer {
  return (
    notConnected(spec, arrival) ??
    notNegotiated(spec, arrival) ??
    notForwarded(spec, arrival) ??
    answerAtTask(spec, arrival)
  );
}

/** The security group, and whether the load balancer has a public address. */
function notConnected({ listener }: PathSpec, arrival: Arrival): PathAnswer | undefined {
  const { caller, travelled } = arrival;
  const dropped = { reaches: false, outcome: "dropped", travelled } as const;
  const toRedirect = !arrival.tls && listener.protocol === "HTTPS" && listener.redirectsHttp;
  const port = toRedirect ? 80 : listener.port;
  if (listener.closedPorts?.includes(port) === true)
    return {
      ...dropped,
      at: "security-group",
      why: `the load balancer's security group does not open port ${port}`,
    };
  if (!admits(listener.admits, caller))
    return {
      ...dropped,
      at: "security-group",
      why: `the load balancer's security group does not admit ${callerText(caller)}`,
    };
  if (
    listener.scheme === "internal" &&
    caller.kind === "address" &&
    !isPrivateAddress(caller.address)
  )
    return {
      ...dropped,
      at: "load-balancer",
      why: "an internal load balancer has no address on the internet",
    };
  return undefined;
}

/** Port, TLS and HTTP version: errors before a request can be read. */
function notNegotiated({ listener }: PathSpec, arrival: Arrival): PathAnswer | undefined {
  const { protocol, tls, travelled } = arrival;
  const refused = (why: string): PathAnswer => ({
    reaches: false,
    outcome: "refused",
    at: "load-balancer",
    travelled,
    why,
  });
  if (protocol === "HTTP/3") return refused("a load balancer does not speak HTTP/3");
  if (!tls && protocol === "HTTP/2")
    // AWS documents no status for HTTP/2 without TLS, so none is given.
    return refused("a load balancer speaks HTTP/2 only over TLS");
  if (tls && listener.protocol === "HTTP") return refused("the listener is HTTP, without TLS");
  if (tls && listener.certificateNames?.length === 0)
    return refused("the listener has no certificate");
  if (!tls && listener.protocol === "HTTPS" && listener.redirectsHttp)
    return answered(arrival, 301, "the listener on port 80 redirects to HTTPS");
  if (!tls && listener.protocol === "HTTPS")
    // Not in AWS's documentation, but awselb/2.0 has answered like this for years.
    return answered(arrival, 400, "a plain HTTP request to an HTTPS port");
  if (!listenerOffers(listener).includes(protocol))
    return refused("the listener offers HTTP/1.1 only: HTTP/2 is switched off");
  return withoutCertificate(listener, arrival);
}

/** The TLS handshake of a listener that verifies client certificates. */
function withoutCertificate(
  { clientCertificates }: PathSpec["listener"],
  { clientCertificate, travelled }: Arrival,
): PathAnswer | undefined {
  if (clientCertificates !== "required" || clientCertificate === true) return undefined;
  const at = { reaches: false, at: "load-balancer", travelled } as const;
  return clientCertificate === false
    ? {
        ...at,
        outcome: "refused",
        why: "the listener asks for a client certificate, and ends connections without a trusted one",
      }
    : {
        ...at,
        outcome: "unknown",
        why: "only AWS knows whether the listener's trust store has the CA of CloudFront's client certificate",
      };
}

/** Method and listener rule. */
function notForwarded({ edge, listener }: PathSpec, arrival: Arrival): PathAnswer | undefined {
  if (arrival.method === "TRACE")
    return answered(arrival, 405, "a load balancer answers TRACE with 405");
  if (!albMethods.includes(arrival.method) || websocketOverHttp2(arrival))
    // AWS documents no status for either, so none is given.
    return {
      reaches: false,
      outcome: "refused",
      at: "load-balancer",
      travelled: [...arrival.travelled, arrival.protocol],
      why: websocketOverHttp2(arrival)
        ? "a load balancer upgrades to WebSocket only over HTTP/1.1"
        : `a load balancer does not take ${arrival.method}`,
    };
  if (listener.answersAll !== undefined && !arrival.meant)
    return answered(arrival, listener.answersAll, "a listener rule answers every request itself");
  if (listener.requiresSecretHeader && !arrival.secretHeader)
    return answered(
      arrival,
      listener.withoutHeader ?? 403,
      edge
        ? "only requests with CloudFront's secret header are forwarded"
        : "the listener rule asks for a header",
    );
  if (arrival.viaEdge && listener.missedHost) return missed(listener.missedHost, arrival);
  if (listener.signIn === undefined || arrival.signedIn) return undefined;
  return answered(arrival, listener.signIn, "the listener asks callers to sign in first");
}

/** The answer to a request whose host does not match the listener rule. */
function missed(
  { asked, sent, status }: NonNullable<PathSpec["listener"]["missedHost"]>,
  arrival: Arrival,
): PathAnswer {
  const why = `CloudFront sends the host ${sent.join(" or ")}, and the listener rule asks for ${asked.join(" or ")}`;
  if (status !== undefined) return answered(arrival, status, why);
  return { ...answered(arrival, 200, `${why}: another target group answers`), at: "container" };
}

/** The target group and the container behind it. */
function answerAtTask({ target, container }: PathSpec, arrival: Arrival): PathAnswer {
  const client = clientRequest(arrival.protocol === "HTTP/2" ? "HTTP/2" : "HTTP/1.1", arrival.kind);
  const row = matrixRow(client, target.protocolVersion, arrival.method);
  if (row.forwardedAs === undefined) return answered(arrival, 464, row.why);
  if (target.lambda) return answerOfFunction(arrival);
  if (target.none !== undefined) return answered(arrival, 503, target.none);
  if (target.noEgressTo?.includes(target.port) === true)
    return answered(
      arrival,
      504,
      `the load balancer's security group lets nothing out to port ${target.port}`,
    );
  if (!admits(target.admits, { kind: "load-balancer" }))
    return answered(arrival, 504, "the tasks' security group does not admit the load balancer");
  if (target.port !== container.port)
    return answered(arrival, 502, `nothing listens on port ${target.port} of the container`);
  if ((target.protocol === "HTTPS") !== container.tls)
    return answered(
      arrival,
      502,
      container.tls
        ? "the container's port expects TLS, the target group sends none"
        : "the target group sends TLS, the container's port expects none",
    );
  if (!container.accepts.includes(row.forwardedAs))
    return answered(arrival, 502, `the container's port does not accept ${row.forwardedAs}`);
  return {
    reaches: true,
    status: 200,
    outcome: "answered",
    at: "container",
    travelled: [...arrival.travelled, arrival.protocol, row.forwardedAs],
    why: row.why,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
function answerOfFunction(arrival: Arrival): PathAnswer {
  if (arrival.kind === "websocket")
    return answered(arrival, 400, "a Lambda function takes no WebSocket");
  const why = "the load balancer invokes the function";
  return { ...answered(arrival, 200, why), reaches: true, at: "container" };
}

function websocketOverHttp2(arrival: Arrival): boolean {
  return arrival.kind === "websocket" && arrival.protocol !== "HTTP/1.1";
}

function answered(arrival: Arrival, status: number, why: string): PathAnswer {
  return {
    reaches: false,
    status,
    outcome: "answered",
    at: "load-balancer",
    travelled: [...arrival.travelled, arrival.protocol],
    why,
  };
}

function callerText(caller: Caller): string {
  switch (caller.kind) {
    case "address":
      return caller.address;
    case "cloudfront":
      return `CloudFront over IPv${caller.ipVersion}`;
    case "load-balancer":
      return "the load balancer";
  }
}
