/** What must work is asked of `answer`, so that no rule is written twice. */
import { sources } from "../sources";
import type { PathAnswer, RequestKind } from "../types";
import { answerTypical } from "../typical";
import type { Rule } from "./rule";

const names: Readonly<Record<RequestKind, string>> = {
  http: "An HTTP request",
  grpc: "A gRPC request",
  websocket: "A WebSocket upgrade",
};

const places: Readonly<Record<PathAnswer["at"], string>> = {
  cloudfront: "CloudFront",
  "security-group": "the security group",
  "load-balancer": "the load balancer",
  container: "the container",
};

export const requestRules: readonly Rule[] = [
  {
    code: "request-kind-cannot-work",
    draw: (spec) =>
      [...new Set(spec.mustWork)].flatMap((kind) => {
        const { request, got } = answerTypical(spec, kind);
        if (got.reaches) return [];
        return [
          {
            severity: "error" as const,
            message:
              `${names[kind]} of a viewer (${request.protocol}${request.tls ? " over TLS" : ""}, ${request.method}) must work, ` +
              `but ${verdict(got)}: ${got.why}.`,
            change: `Mend what stands in its way, or take "${kind}" out of what must work.`,
            source: got.at === "cloudfront" ? sources.edgeToOrigin : sources.albStatusCodes,
          },
        ];
      }),
  },
];

function verdict(got: PathAnswer): string {
  const place = places[got.at];
  return got.status === undefined
    ? `${place} ${got.outcome === "dropped" ? "drops" : "refuses"} it`
    : `gets ${got.status} from ${place}`;
}
