import { sources } from "../../path/sources";
import { answerTypical, takesKind } from "../../path/typical";
import { pathRule } from "../rule";

export const directHttp1Clients464 = pathRule({
  code: "direct-http1-clients-464",
  severity: "warning",
  holds: "Clients that call a target group of version HTTP2 without CloudFront all speak HTTP/2.",
  fix: 'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup where HTTP/1.1 clients, probes or WebSockets matter.',
  source: sources.albStatusCodes,
  on: ["targetGroup"],
  unless: ["http-listener-http2-target", "listener-http2-off"],
  check: (spec, { the, code }) => {
    // A group of version GRPC is there for gRPC only.
    if (spec.edge !== undefined || spec.target.protocolVersion !== "HTTP2") return undefined;
    if (!takesKind(spec, "http")) return undefined;
    // Where only a CloudFront of another program gets in, no other client is answered.
    if (spec.listener.admits.some(({ kind }) => kind === "cloudfront")) return undefined;
    const { got } = answerTypical(spec, "http", { protocol: "HTTP/1.1", meant: true });
    if (got.status !== 464) return undefined;
    return {
      message: `Every HTTP/1.1 client gets 464, because the version of ${the.targetGroup} is HTTP2 and a load balancer does not turn HTTP/1.1 into HTTP/2.`,
      fix: `Call it with HTTP/2 clients only, as browsers are. Where old clients, probes or WebSockets matter, set protocolVersion: "HTTP1" on ${code.targetGroup}.`,
      settings:
        "Call it with HTTP/2 clients only, as browsers are. Where old clients, probes or WebSockets matter, use the variant h1-via-cloudfront.",
    };
  },
});
