import { grpc, grpcGroup, http2Origin, sound, type Case, unknown, vpc } from "../caseParts";
import { behaviour, origin } from "../program";

const viaVpc = origin(undefined, {
  customOriginConfig: undefined,
  vpcOriginConfig: { vpcOriginId: "vo_AbCdEf12345", originHttpVersion: "http2" },
});

export const cases: Case = {
  broken: {
    "gRPC without grpcConfig": [
      sound({ tasks: grpcGroup, ...http2Origin() }),
      "cdn",
      /do not say whether CloudFront forwards gRPC/,
    ],
    "gRPC through a VPC origin": [
      vpc({
        tasks: grpcGroup,
        cdn: { origins: [viaVpc], defaultCacheBehavior: behaviour(grpc) },
      }),
      "cdn",
      /do not say whether CloudFront forwards gRPC/,
    ],
  },
  fine: {
    "gRPC under CloudFront's conditions": sound({
      tasks: grpcGroup,
      ...http2Origin({}, { defaultCacheBehavior: behaviour(grpc) }),
    }),
    HTTP: sound(http2Origin()),
    "gRPC without grpcConfig over HTTP/1.1, which is an error": sound({ tasks: grpcGroup }),
  },
  unknown: {
    "what CloudFront asks the origin for": sound({
      tasks: grpcGroup,
      ...http2Origin({ originHttpVersion: unknown }),
    }),
  },
};
