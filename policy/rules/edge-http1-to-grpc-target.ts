import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const edgeHttp1ToGrpcTarget = pathRule({
  name: "edge-http1-to-grpc-target",
  description:
    "A target group of version GRPC behind CloudFront is reached by gRPC only, through a behaviour that has it on.",
  severity: "critical",
  level: "mandatory",
  remediation:
    'Set grpcConfig: { enabled: true } on the behaviour that carries gRPC, or protocolVersion: "HTTP1" on the target group.',
  source: sources.edgeGrpc,
  on: ["targetGroup"],
  write: (names) =>
    `Where the clients speak gRPC, set grpcConfig: { enabled: true } on their behaviour of the aws.cloudfront.Distribution ${names.distribution}; else set protocolVersion: "HTTP1" on the aws.lb.TargetGroup ${names.targetGroup}.`,
  // With gRPC on and nothing else meant to work, it is as it has to be.
  warnings: false,
});
