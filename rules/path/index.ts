/** Every rule that a path alone can break, in the order of a path. */
import { pathRule, type Rule } from "../rule";
import { sources } from "../../path/sources";
import { edgeHttp1ToHttp2Target } from "./edge-http1-to-http2-target";
import { noSecretHeader } from "./no-secret-header";

const stub = (code: string, severity: "error" | "warning" = "error"): Rule =>
  pathRule({
    ...{ code, severity, holds: `${code} holds.`, fix: `Do what ${code} says.` },
    ...{ source: sources.albStatusCodes, on: ["targetGroup"], check: () => undefined },
  });

export const pathRules: readonly Rule[] = [
  edgeHttp1ToHttp2Target,
  noSecretHeader,
  stub("edge-grpc-only-target", "warning"),
  stub("direct-http1-clients-464", "warning"),
  stub("edge-idle-timeout-order", "warning"),
  stub("viewers-plain-http", "warning"),
  stub("load-balancer-open-behind-edge", "warning"),
  ...[
    "edge-http1-to-grpc-target",
    "request-kind-cannot-work",
    "container-lacks-protocol",
    "container-tls-mismatch",
    "container-port-mismatch",
    "idle-timeout-order",
    "target-group-without-targets",
    "service-without-tasks",
    "tasks-closed-to-load-balancer",
    "secret-header-not-sent",
    "listener-http2-off",
    "vpc-origin-grpc",
    "load-balancer-closed-to-edge",
    "origin-protocol-mismatch",
    "origin-certificate-name-mismatch",
    "public-origin-internal-load-balancer",
  ].map((code) => stub(code)),
];
