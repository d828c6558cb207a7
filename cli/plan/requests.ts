/** The requests that show what a path does, with their results, which `answer` decides. */
import { answer } from "../../path/answer";
import { frontOffers, frontTls, listenerOffers } from "../../path/protocols";
import { answerTypical, asksForCertificates, takesKind } from "../../path/typical";
import type { PathRequest, PathSpec, RequestKind } from "../../path/types";
import type { PlanRequest } from "./types";

/** A request, with its title. */
interface Asked {
  readonly title: string;
  readonly kind: RequestKind;
  readonly change: Partial<PathRequest>;
}

/** A viewer's requests by protocol and kind, then those of callers that bypass CloudFront. */
export function requestsOf(spec: PathSpec): PlanRequest[] {
  const viewers = [...byProtocol(spec), ...byKind(spec), ...atTheFront(spec)]
    .filter(({ kind }) => takesKind(spec, kind))
    .map(({ title, kind, change }) => {
      // Those without one have a request of their own.
      const typical = {
        clientCertificate: true,
        ...(asksForHeader(spec) && { secretHeader: true }),
      };
      const { request, got } = answerTypical(spec, kind, { ...typical, ...change });
      return described(title, request, got);
    });
  const bypassed = spec.edge !== undefined && takesKind(spec, "http");
  return bypassed ? [...viewers, ...bypassing(spec)] : viewers;
}

function byProtocol(spec: PathSpec): Asked[] {
  const tls = frontTls(spec);
  // Without a redirect nothing listens on port 80.
  const redirected = spec.edge !== undefined || spec.listener.redirectsHttp;
  const kind = "http";
  return [
    ...frontOffers(spec).map((protocol) => {
      const title = tls || !spec.edge ? `a viewer, ${protocol}` : "a viewer, without TLS";
      return { title, kind, change: { protocol } } as const;
    }),
    ...(tls && spec.edge?.viewerTls === undefined
      ? [
          {
            title: redirected
              ? "a viewer, without TLS"
              : `plain HTTP to port ${spec.listener.port}`,
            kind,
            change: { protocol: "HTTP/1.1", tls: false },
          } as const,
        ]
      : []),
  ];
}

/** gRPC if it must work or its target group could accept it; WebSocket always. */
function byKind(spec: PathSpec): Asked[] {
  const grpc = spec.mustWork.includes("grpc") || spec.target.protocolVersion !== "HTTP1";
  return [
    ...(grpc ? [{ title: "gRPC", kind: "grpc", change: {} } as const] : []),
    { title: "a WebSocket", kind: "websocket", change: {} },
  ];
}

/** A code that ISO 3166-1 gives to no country, in place of all that are not listed. */
const noCountry = "ZZ";
const otherCountry = "a viewer in any other country";

/** Title of the request of those whom nothing keeps out. */
export const letThrough = "a viewer who is let through";

/** Title of the request of those who show no client certificate, where one is asked for. */
export const withoutCertificate = "a viewer without a client certificate";

/** Title of the request of those who leave out the header that the listener rule asks for. */
export const withoutHeader = "a viewer without the header";

/** True where viewers themselves send the header by which the listener rule knows them. */
const asksForHeader = ({ edge, listener }: PathSpec): boolean =>
  edge === undefined && listener.requiresSecretHeader;

/** A viewer of a refused country, and one whom nothing keeps out. */
function atTheFront(spec: PathSpec): Asked[] {
  const kind = "http";
  const { front = {}, countries } = spec.edge ?? {};
  const { allowedCidrs, maintenance, password } = front;
  const closed =
    allowedCidrs !== undefined ||
    (maintenance?.allowedCidrs ?? []).length > 0 ||
    password !== undefined;
  const refused = countries?.kind === "only" ? noCountry : countries?.countries[0];
  return [
    ...(refused === undefined
      ? []
      : [
          {
            title: refused === noCountry ? otherCountry : `a viewer in ${refused}`,
            kind,
            change: { country: refused },
          } as const,
        ]),
    ...(asksForCertificates(spec)
      ? [
          {
            title: withoutCertificate,
            kind: spec.mustWork[0] ?? kind,
            change: { clientCertificate: false },
          } as const,
        ]
      : []),
    ...(asksForHeader(spec)
      ? [{ title: withoutHeader, kind, change: { secretHeader: false } } as const]
      : []),
    ...(closed ? [{ title: letThrough, kind, change: { meant: true } } as const] : []),
  ];
}

/** Callers that bypass the program's distribution: in every protocol that the listener offers. */
function bypassing(spec: PathSpec): PlanRequest[] {
  const tls = spec.listener.protocol === "HTTPS";
  const direct = (protocol: "HTTP/1.1" | "HTTP/2"): PathRequest => ({
    protocol,
    tls,
    kind: "http",
    method: "GET",
    entry: "load-balancer",
  });
  const other: PathRequest = { ...direct("HTTP/1.1"), from: "cloudfront" };
  return [
    ...listenerOffers(spec.listener).map((protocol) =>
      described(
        `anybody, bypassing CloudFront, ${protocol}`,
        direct(protocol),
        answer(spec, direct(protocol)),
      ),
    ),
    described("another CloudFront distribution", other, answer(spec, other)),
  ];
}

function described(
  title: string,
  { kind, protocol, tls, entry }: PathRequest,
  { reaches, status, outcome, at, travelled, why }: ReturnType<typeof answer>,
): PlanRequest {
  return { title, kind, protocol, tls, entry, reaches, status, outcome, at, travelled, why };
}
