import { grpc, grpcGroup, sound, type Case, unknown } from "../caseParts";
import { behaviour } from "../program";

export const cases: Case = {
  broken: {
    "a GRPC group": [sound({ tasks: grpcGroup }), "tasks", /464.*grpcConfig/s],
    "a GRPC group behind two behaviours, one with gRPC off and one with it on": [
      sound({
        tasks: grpcGroup,
        cdn: {
          defaultCacheBehavior: behaviour(grpc),
          orderedCacheBehaviors: [{ ...behaviour(), pathPattern: "/web/*" }],
        },
      }),
      "tasks",
      /the behaviour has gRPC off/,
    ],
  },
  fine: {
    "a GRPC group for gRPC": sound({
      tasks: grpcGroup,
      cdn: { defaultCacheBehavior: behaviour(grpc) },
    }),
  },
  unknown: {
    "whether the behaviour has gRPC on": sound({
      tasks: grpcGroup,
      cdn: { defaultCacheBehavior: behaviour({ grpcConfig: { enabled: unknown } }) },
    }),
  },
};
