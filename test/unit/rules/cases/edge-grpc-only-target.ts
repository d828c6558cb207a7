import { direct, grpc, grpcGroup, sound, type Case, unknown, vpc } from "../caseParts";
import { behaviour } from "../program";

const cdn = { defaultCacheBehavior: behaviour(grpc) };

export const cases: Case = {
  broken: {
    "a GRPC group": [sound({ tasks: grpcGroup, cdn }), "tasks", /464.*GRPC/],
    "an HTTP2 group": [sound({ tasks: { protocolVersion: "HTTP2" }, cdn }), "tasks", /464.*HTTP2/],
  },
  fine: {
    "a GRPC group that has gRPC off, which is an error": sound({ tasks: grpcGroup }),
    "a GRPC group behind a VPC origin, which is an error": vpc({ tasks: grpcGroup, cdn }),
    "a GRPC group without CloudFront": direct({ tasks: grpcGroup }),
    "gRPC and other requests to an HTTP1 group": sound({ cdn }),
  },
  unknown: {
    "whether the behaviour has gRPC on": sound({
      tasks: grpcGroup,
      cdn: { defaultCacheBehavior: behaviour({ grpcConfig: { enabled: unknown } }) },
    }),
  },
};
