import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const vpcOriginGrpc = pathRule({
  name: "vpc-origin-grpc",
  description:
    "A behaviour that leads to a VPC origin has no gRPC: CloudFront does not support it there.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Leave grpcConfig of the behaviour out, or reach the load balancer through a public origin.",
  source: sources.vpcOrigins,
  on: ["distribution"],
  write: (names) =>
    `Leave grpcConfig of the behaviour of the aws.cloudfront.Distribution ${names.distribution} out, or give the origin a customOriginConfig in place of the VPC origin ${names.vpcOrigin}.`,
});
