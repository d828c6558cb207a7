import { grpc, grpcGroup, sound, type Case, unknown, viaOrigin } from "../caseParts";
import type { Props } from "../../../../topology/resource";
import { behaviour } from "../program";

const clientCertificateArn =
  "arn:aws:acm:us-east-1:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000003";
const shows = (originMtlsConfig: unknown, cdn: Props = {}): Props => ({
  cdn: { ...(viaOrigin({ originMtlsConfig }).cdn as Props), ...cdn },
});
const certificate = { clientCertificateArn };
const withGrpc = { defaultCacheBehavior: behaviour(grpc) };

export const cases: Case = {
  broken: {
    "gRPC on": [
      sound({ tasks: grpcGroup, ...shows(certificate, withGrpc) }),
      "cdn",
      /does not support gRPC to an origin with origin mTLS/,
    ],
  },
  fix: "gRPC without a certificate",
  fine: {
    "gRPC without a certificate": sound({ tasks: grpcGroup, cdn: withGrpc }),
    "a certificate without gRPC": sound(shows(certificate)),
  },
  unknown: {
    "whether gRPC is on": sound(
      shows(certificate, { defaultCacheBehavior: behaviour({ grpcConfig: unknown }) }),
    ),
    "whether a certificate is shown": sound({ tasks: grpcGroup, ...shows(unknown, withGrpc) }),
  },
};
