import { direct, grpc, grpcGroup, sound, type Case, unknown } from "../caseParts";
import { behaviour } from "../program";

export const cases: Case = {
  broken: {
    "gRPC without HTTP/2 among the viewers' versions": [
      sound({
        tasks: grpcGroup,
        cdn: { httpVersion: "http1.1", defaultCacheBehavior: behaviour(grpc) },
      }),
      "https",
      /A gRPC request/,
    ],
    "gRPC without POST": [
      sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour({ ...grpc, allowedMethods: ["GET", "HEAD"] }) },
      }),
      "https",
      /A gRPC request/,
    ],
    "gRPC to an HTTP1 group": [
      sound({ cdn: { defaultCacheBehavior: behaviour(grpc) } }),
      "https",
      /464/,
    ],
  },
  fine: {
    "gRPC with all its conditions": sound({
      tasks: grpcGroup,
      cdn: { defaultCacheBehavior: behaviour(grpc) },
    }),
    "a group that admits whom nobody knows": sound({
      "from-cloudfront": {
        prefixListId: undefined,
        referencedSecurityGroupId: "sg-cloudfront-vpc-origins",
      },
    }),
    "clients inside of the VPC": direct({
      alb: { internal: true },
      "from-cloudfront": { cidrIpv4: undefined, referencedSecurityGroupId: "sg-other" },
    }),
  },
  unknown: {
    "which methods are allowed": sound({
      tasks: grpcGroup,
      cdn: { defaultCacheBehavior: behaviour({ ...grpc, allowedMethods: unknown }) },
    }),
  },
};
