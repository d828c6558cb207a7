/** Names of gRPC. */

/**
 * A service's full name: identifiers with dots between, the last one the service's own.
 * https://protobuf.dev/reference/protobuf/proto3-spec/#identifiers
 */
export const grpcServiceName = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;
