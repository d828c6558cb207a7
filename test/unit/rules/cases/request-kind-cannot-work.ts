import { direct, grpc, grpcGroup, sound, type Case, unknown } from "../caseParts";
import { behaviour } from "../program";

export const cases: Case = {
  broken: {
    "gRPC to an HTTP1 group": [
      sound({ cdn: { defaultCacheBehavior: behaviour(grpc) } }),
      "https",
      /load balancer alb answers it with 464.*protocolVersion: "GRPC"/s,
    ],
    "gRPC without HTTP/2 among the viewers' versions": [
      sound({
        tasks: grpcGroup,
        cdn: { httpVersion: "http1.1", defaultCacheBehavior: behaviour(grpc) },
      }),
      "https",
      /A gRPC request.*CloudFront refuses it.*set httpVersion: "http2" on the aws\.cloudfront\.Distribution cdn/s,
    ],
    "gRPC without POST": [
      sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour({ ...grpc, allowedMethods: ["GET", "HEAD"] }) },
      }),
      "https",
      /CloudFront answers it with 403, because the behaviour does not allow POST.*POST among/s,
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
    "a load balancer that nobody can reach, which another rule says": sound({
      "from-cloudfront": undefined,
    }),
    "tasks that nobody can reach, which another rule says": sound({
      "task-group": { ingress: undefined },
    }),
    "clients that know the header": sound({ cdn: undefined, origin: undefined }),
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
