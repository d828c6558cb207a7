import { http2ToOrigin } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const vpcOriginGrpc = pathRule({
  code: "vpc-origin-grpc",
  severity: "error",
  holds:
    "A behaviour that leads to a VPC origin carries no gRPC: CloudFront does not support it there.",
  fix: "Leave grpcConfig of the behaviour out, or reach the load balancer through a public origin.",
  source: sources.vpcOrigins,
  on: ["distribution"],
  check: (spec, { the, code }) => {
    const { edge } = spec;
    if (edge?.origin !== "vpc") return undefined;
    if (!edge.grpc && !spec.mustWork.includes("grpc")) return undefined;
    // AWS's page is older than HTTP/2 to origins: `request-kind-not-known`.
    if (http2ToOrigin(edge, spec.listener)) return undefined;
    return {
      message: `CloudFront does not support gRPC through a VPC origin: gRPC requests do not get through ${the.vpcOrigin}.`,
      fix: `Leave grpcConfig of the behaviour of ${code.distribution} out, or give its origin a customOriginConfig in place of vpcOriginConfig.`,
      settings: "Set origin.access: prefix-list, or leave grpc.services out.",
    };
  },
});
