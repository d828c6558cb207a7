/** What the paths of any program are for. */
import { http2ToOrigin } from "../path/edgeToOrigin";
import type { EdgeSpec, ListenerSpec, RequestKind } from "../path/types";
import { requestLimits } from "./requestLimits";
import type { Route } from "./routes";
import type { TargetGroup } from "./types";

/**
 * What a path is for: gRPC if its target group only takes gRPC, or its behaviour forwards it, or
 * viewers call the load balancer themselves, and the container is known to take gRPC (`calls`).
 */
export function mustWork(
  group: TargetGroup,
  edge: EdgeSpec | undefined,
  { rule, grpcTaken }: Route,
  listener: ListenerSpec,
  calls: boolean,
): readonly RequestKind[] {
  const { takes } = requestLimits(rule?.conditions ?? []);
  if (takes !== undefined) return takes;
  const direct = calls && edge === undefined && group.protocolVersion === "HTTP2";
  // CloudFront forwards gRPC only to viewers with TLS.
  const byEdge = edge?.grpc === true && edge.viewerTls !== false && grpcTaken !== true;
  const grpc = direct || byEdge;
  // Over HTTP/1.1 to the load balancer nothing but gRPC can reach a group of version HTTP2.
  const http2 = edge !== undefined && http2ToOrigin(edge, listener);
  if (
    group.protocolVersion === "GRPC" ||
    (edge?.grpc && grpc && !http2 && group.protocolVersion === "HTTP2")
  )
    return ["grpc"];
  return grpc ? ["http", "grpc"] : ["http"];
}
