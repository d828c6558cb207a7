/** A viewer's client as most are: what the path offers decides what it speaks. */
import { answer } from "./answer";
import { albMethods, frontOffers, frontTls } from "./protocols";
import type { HttpProtocol, Method, PathAnswer, PathRequest, PathSpec, RequestKind } from "./types";

/**
 * The request of a kind that a well-made client sends: over TLS where the path has it, gRPC as a
 * POST over HTTP/2, WebSocket as an HTTP/1.1 upgrade, all else in the newest version offered
 * (except HTTP/3, which clients only use after a response has advertised it).
 */
function typicalRequest(spec: PathSpec, kind: RequestKind): PathRequest {
  return {
    protocol: typicalProtocol(frontOffers(spec), kind),
    tls: frontTls(spec),
    kind,
    method: typicalMethod(spec, kind),
    entry: "front",
  };
}

/**
 * What the typical request of a kind gets. Where viewers call the load balancer itself, the caller
 * is one whom the security group admits, if there is any: a path closed to the internet on purpose
 * is judged by those it is meant for.
 */
export function answerTypical(
  spec: PathSpec,
  kind: RequestKind,
  change: Partial<PathRequest> = {},
): { readonly request: PathRequest; readonly got: PathAnswer } {
  const request = { ...typicalRequest(spec, kind), ...change };
  const tries = callers(spec).map((from) => {
    const asked = { ...request, from };
    return { request: asked, got: answer(spec, asked) };
  });
  const first = { request, got: answer(spec, request) };
  return tries.find(({ got }) => got.outcome !== "dropped") ?? first;
}

/**
 * What sets requests apart that must work: their senders have signed in, nothing keeps them out, and
 * where viewers call the load balancer themselves they send the header that its rule asks for.
 */
export const meantFor: Partial<PathRequest> = { signedIn: true, meant: true, secretHeader: true };

/** True where viewers are asked for a client certificate, whether or not they have to show one. */
export function asksForCertificates({ edge, listener }: PathSpec): boolean {
  return (edge ?? listener).clientCertificates !== undefined;
}

/** GET where the listener rule takes it, else the first method that it asks for. */
function typicalMethod({ listener: { methods } }: PathSpec, kind: RequestKind): Method {
  if (kind === "grpc") return "POST";
  if (methods === undefined || methods.includes("GET")) return "GET";
  return albMethods.find((method) => methods.includes(method)) ?? "GET";
}

/** True for a kind of request that the path's listener rule asks for. */
export function takesKind({ listener: { takes } }: PathSpec, kind: RequestKind): boolean {
  return takes === undefined || takes.includes(kind);
}

/** What a well-made client speaks in a request of a kind, to what offers these protocols. */
export function typicalProtocol(
  offered: readonly HttpProtocol[],
  kind: RequestKind,
): Exclude<HttpProtocol, "HTTP/3"> {
  if (kind === "grpc") return "HTTP/2";
  if (kind === "websocket") return "HTTP/1.1";
  return offered.includes("HTTP/2") ? "HTTP/2" : "HTTP/1.1";
}

/** The internet, the VPC, and the first address of every admitted range. */
function callers(spec: PathSpec): PathRequest["from"][] {
  const ranges = spec.listener.admits.flatMap((source): PathRequest["from"][] =>
    source.kind === "cidr" ? [{ address: source.cidr.replace(/\/.*/, "") }] : [],
  );
  return [undefined, "vpc", ...ranges];
}
