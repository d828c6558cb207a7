import { sources } from "../../path/sources";
import type { RequestKind } from "../../path/types";
import { answerTypical, meantFor } from "../../path/typical";
import type { Naming } from "../naming";
import { pathRule } from "../rule";
import { requestNames } from "../words";

export const requestKindNotKnown = pathRule({
  code: "request-kind-not-known",
  severity: "warning",
  holds: "AWS documents that the requests a path is for work on it.",
  fix: "Send such requests through a separate behaviour and origin, without originHttpVersion; for gRPC with grpcConfig: { enabled: true }.",
  source: sources.edgeOriginHttpVersion,
  on: ["distribution"],
  unless: ["origin-mtls-requests"],
  check: (spec, names) =>
    [...new Set(spec.mustWork)].flatMap((kind) => {
      const { got } = answerTypical(spec, kind, meantFor);
      if (got.outcome !== "unknown") return [];
      const shown = spec.edge?.showsCertificate && spec.listener.clientCertificates === "required";
      if (shown === true)
        return [
          {
            message: `${requestNames[kind]} of a viewer may not reach ${names.the.container}: ${got.why}.`,
            fix: `Test it before you rely on it: the CA of clientCertificateArn of ${names.code.distribution}'s origin has to be in the trust store of ${names.the.listener}.`,
            source: sources.edgeOriginMtls,
          },
        ];
      return [
        {
          message: `${requestNames[kind]} of a viewer may not reach ${names.the.container}: ${got.why}.`,
          fix: fixOf(kind, names),
        },
      ];
    }),
});

function fixOf(kind: RequestKind, { code }: Naming): string {
  return kind === "grpc"
    ? `Set grpcConfig: { enabled: true } on the behaviour of ${code.distribution} that carries gRPC, with a customOriginConfig origin, httpVersion: "http2" and all seven allowedMethods. Otherwise try it before you rely on it.`
    : `Send them by a behaviour of ${code.distribution} and a separate origin, without originHttpVersion. Otherwise test it before you rely on it.`;
}
