/** The requests that tell a path's story, and what they get. `answer` decides, nothing here. */
import { answer } from "../../path/answer";
import { edgeOffers, listenerOffers } from "../../path/protocols";
import { answerTypical } from "../../path/typical";
import type { HttpProtocol, PathRequest, PathSpec, RequestKind } from "../../path/types";
import type { PlanRequest } from "./types";

/** A request by what it shows. */
interface Asked {
  readonly title: string;
  readonly kind: RequestKind;
  readonly change: Partial<PathRequest>;
}

/** A viewer's requests by protocol and kind, then those of callers who pass CloudFront by. */
export function requestsOf(spec: PathSpec): PlanRequest[] {
  const viewers = [...byProtocol(spec), ...byKind(spec)].map(({ title, kind, change }) => {
    const { request, got } = answerTypical(spec, kind, change);
    return told(title, request, got);
  });
  return spec.edge === undefined ? viewers : [...viewers, ...passingBy(spec)];
}

function byProtocol(spec: PathSpec): Asked[] {
  const offered: readonly HttpProtocol[] = spec.edge
    ? edgeOffers[spec.edge.httpVersion]
    : listenerOffers(spec.listener);
  const tls = spec.edge !== undefined || spec.listener.protocol === "HTTPS";
  // Without a redirect there is nobody on port 80.
  const redirected = spec.edge !== undefined || spec.listener.redirectsHttp;
  const kind = "http";
  return [
    ...offered.map(
      (protocol) => ({ title: `a viewer, ${protocol}`, kind, change: { protocol } }) as const,
    ),
    ...(tls
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

/** gRPC where it is meant to work or its target group could take it; WebSocket always. */
function byKind(spec: PathSpec): Asked[] {
  const grpc = spec.mustWork.includes("grpc") || spec.target.protocolVersion !== "HTTP1";
  return [
    ...(grpc ? [{ title: "gRPC", kind: "grpc", change: {} } as const] : []),
    { title: "a WebSocket", kind: "websocket", change: {} },
  ];
}

function passingBy(spec: PathSpec): PlanRequest[] {
  const request: PathRequest = {
    protocol: "HTTP/1.1",
    tls: spec.listener.protocol === "HTTPS",
    kind: "http",
    method: "GET",
    entry: "load-balancer",
  };
  const other: PathRequest = { ...request, from: "cloudfront" };
  return [
    told("anybody, past CloudFront", request, answer(spec, request)),
    told("another CloudFront distribution", other, answer(spec, other)),
  ];
}

function told(
  title: string,
  { kind, protocol, tls, entry }: PathRequest,
  { reaches, status, outcome, at, travelled, why }: ReturnType<typeof answer>,
): PlanRequest {
  return { title, kind, protocol, tls, entry, reaches, status, outcome, at, travelled, why };
}
