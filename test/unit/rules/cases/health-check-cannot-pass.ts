import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "HTTP codes for gRPC": [
      sound({ tasks: { protocolVersion: "GRPC" } }),
      "tasks",
      /gRPC codes, 0 to 99/,
    ],
    "gRPC codes for HTTP": [
      sound({ tasks: { healthCheck: { matcher: "0-99" } } }),
      "tasks",
      /HTTP codes, 200 to 499/,
    ],
    "a path that is no gRPC method": [
      sound({
        tasks: { protocolVersion: "GRPC", healthCheck: { path: "/healthz", matcher: "0" } },
      }),
      "tasks",
      /UNIMPLEMENTED/,
    ],
    "plain HTTP to TLS, because it is the default": [
      sound({ tasks: { protocol: "HTTPS", healthCheck: { path: "/" } } }),
      "tasks",
      /healthCheck.protocol: "HTTPS"/,
    ],
    "TLS to plain HTTP": [
      sound({ tasks: { healthCheck: { protocol: "HTTPS" } } }),
      "tasks",
      /speaks HTTPS/,
    ],
  },
  fine: {
    "gRPC's own default": sound({
      tasks: {
        protocolVersion: "GRPC",
        healthCheck: { path: "/AWS.ALB/healthcheck", matcher: "12" },
      },
    }),
    "waiting for the 12 of a path that is no gRPC method": sound({
      tasks: { protocolVersion: "GRPC", healthCheck: { path: "/healthz", matcher: "12" } },
    }),
    "a gRPC method": sound({
      tasks: {
        protocolVersion: "GRPC",
        healthCheck: { path: "/grpc.health.v1.Health/Check", matcher: "0" },
      },
    }),
    "TLS on a port of its own": sound({
      tasks: { healthCheck: { protocol: "HTTPS", port: "8443" } },
    }),
    "waiting for the 400 of a TLS port": sound({
      tasks: { protocol: "HTTPS", healthCheck: { matcher: "400" } },
    }),
    "a network load balancer's": sound({
      tasks: { protocol: "TCP", healthCheck: { protocol: "HTTPS" } },
    }),
  },
  unknown: { "the matcher": sound({ tasks: { healthCheck: { matcher: unknown } } }) },
};
