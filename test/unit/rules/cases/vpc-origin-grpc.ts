import { grpc, grpcGroup, sound, type Case, unknown, vpc } from "../caseParts";
import { behaviour } from "../program";

export const cases: Case = {
  broken: {
    "gRPC on": [
      vpc({ cdn: { defaultCacheBehavior: behaviour(grpc) } }),
      "cdn",
      /does not support gRPC through a VPC origin/,
    ],
  },
  fine: {
    "gRPC over a public origin": sound({
      tasks: grpcGroup,
      cdn: { defaultCacheBehavior: behaviour(grpc) },
    }),
    "no gRPC": vpc({}),
  },
  unknown: {
    "whether gRPC is on": vpc({
      cdn: { defaultCacheBehavior: behaviour({ grpcConfig: unknown }) },
    }),
  },
};
