import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const originMtlsRequests = pathRule({
  code: "origin-mtls-requests",
  severity: "error",
  holds:
    "No gRPC and no WebSocket goes to an origin to which CloudFront shows a client certificate: it supports neither there.",
  fix: "Send gRPC and WebSockets through an origin without originMtlsConfig, or leave originMtlsConfig out.",
  source: sources.edgeOriginMtlsLimits,
  on: ["distribution"],
  check: ({ edge, mustWork }, { the, code }) => {
    if (edge?.showsCertificate !== true) return undefined;
    const kinds = [
      ...(edge.grpc || mustWork.includes("grpc") ? ["gRPC"] : []),
      ...(mustWork.includes("websocket") ? ["WebSockets"] : []),
    ].join(" and ");
    if (kinds === "") return undefined;
    return {
      message: `CloudFront does not support ${kinds} to an origin with origin mTLS, and ${the.distribution} shows ${the.loadBalancer} a client certificate.`,
      fix: `Remove originMtlsConfig from the origin of ${code.distribution}, or give ${kinds} a behaviour and an origin without it.`,
    };
  },
});
