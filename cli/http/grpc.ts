/** A gRPC call with the command's HTTP client. */
import type { HttpRequest, HttpResult } from "./types";

/** A call with an empty message: not compressed, length 0. */
export const emptyCall = {
  method: "POST",
  headers: { "content-type": "application/grpc", te: "trailers" },
  body: Buffer.alloc(5),
} as const satisfies Partial<HttpRequest>;

/** The status of a call, which only a gRPC server sends: at the end, or without a message at once. */
export function grpcStatusOf(got: HttpResult): string | undefined {
  if (got.outcome !== "answered") return undefined;
  return got.trailers["grpc-status"] ?? got.headers["grpc-status"];
}
