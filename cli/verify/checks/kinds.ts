/** gRPC and WebSocket, if they are promised or requested. */
import { defaults } from "../../../path/defaults";
import { emptyCall, grpcStatusOf } from "../../http/grpc";
import { gotText } from "../answers";
import { compared, result, withChanges, type Context, type Result } from "../context";

/** Paths from the command line. */
export interface KindPaths {
  readonly grpc?: string;
  readonly websocket?: string;
}

export async function kindChecks(context: Context, paths: KindPaths): Promise<Result[]> {
  const promised = context.promised?.spec.mustWork ?? [];
  const grpc =
    paths.grpc ?? (promised.includes("grpc") ? defaults.grpc.healthCheckPath : undefined);
  return [
    ...(grpc === undefined ? [] : [await grpcCheck(context, grpc)]),
    ...(paths.websocket === undefined ? [] : [await websocketCheck(context, paths.websocket)]),
  ];
}

async function grpcCheck(context: Context, path: string): Promise<Result> {
  const got = await context.send({
    endpoint: context.targets.front,
    protocol: "HTTP/2",
    path,
    ...emptyCall,
  });
  const request = { protocol: "HTTP/2", kind: "grpc", method: "POST" } as const;
  const expected = context.expected({ ...request, tls: context.targets.front.tls });
  const faults = context.faults(request, got);
  const title = `gRPC, ${path}`;
  if (expected !== undefined && !expected.reaches)
    return compared("grpc", title, expected, got, faults);
  const status = grpcStatusOf(got);
  const actual = `${gotText(got)}${status === undefined ? "" : `, grpc-status ${status}`}`;
  // Only a gRPC server sends a gRPC status.
  const verdict = status === undefined ? "fail" : "pass";
  return withChanges(
    result("grpc", title, verdict, "a gRPC status", actual, expected?.why),
    faults,
  );
}

async function websocketCheck(context: Context, path: string): Promise<Result> {
  const got = await context.send({
    endpoint: context.targets.front,
    protocol: "HTTP/1.1",
    path,
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.from("hopwise-verifies").toString("base64"),
    },
  });
  const request = { kind: "websocket" } as const;
  const expected = context.expected({ ...request, tls: context.targets.front.tls });
  const faults = context.faults(request, got);
  const title = `a WebSocket, ${path}`;
  if (expected !== undefined && !expected.reaches)
    return compared("websocket", title, expected, got, faults);
  const verdict = got.outcome === "answered" && got.status === 101 ? "pass" : "fail";
  return withChanges(
    result("websocket", title, verdict, "101", gotText(got), expected?.why),
    faults,
  );
}
