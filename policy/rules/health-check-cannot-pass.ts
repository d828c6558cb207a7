import { block, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { resourceRule } from "../rule";
import { token } from "../../topology/tokens";

/** gRPC's UNIMPLEMENTED: what a server answers to a method that it has not. */
const unimplemented = 12;

export const healthCheckCannotPass = resourceRule({
  name: "health-check-cannot-pass",
  description: "A target group's health check can pass in the group's own protocol.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Write healthCheck of the aws.lb.TargetGroup for its protocol and protocolVersion: gRPC codes and a /package.Service/method with GRPC, HTTP codes else, and the protocol that the port speaks.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  types: [token.targetGroup],
  check: ({ name, props }) => {
    const protocol = text(props, "protocol");
    if (protocol !== "HTTP" && protocol !== "HTTPS") return undefined;
    const check = block(props, "healthCheck") ?? {};
    const found = wrongCodes(props, check) ?? wrongTls(props, check);
    return found === undefined
      ? undefined
      : { message: `The health check of the target group ${name} ${found}` };
  },
});

function wrongCodes(props: Props, check: Props): string | undefined {
  const grpc = text(props, "protocolVersion") === "GRPC";
  const matcher = text(check, "matcher");
  if (matcher === undefined || matcher === "") return undefined;
  const ranges = matcher.split(",").map((range) => range.split("-").map(Number));
  const [least, most] = grpc ? [0, 99] : [200, 499];
  if (ranges.flat().some((code) => !(code >= least && code <= most)))
    return (
      `waits for ${matcher}, but a group of version ${grpc ? "GRPC" : "HTTP1 or HTTP2"} takes ${grpc ? "gRPC" : "HTTP"} codes, ${least} to ${most}: AWS refuses it. ` +
      (grpc ? 'Set matcher: "0", or "0-99".' : 'Set matcher: "200".')
    );
  const path = text(check, "path") ?? "";
  const passes = ranges.some(
    ([from = 0, to = from]) => from <= unimplemented && unimplemented <= to,
  );
  if (grpc && !passes && path !== "" && !/^\/[^/]+\/[^/]+$/.test(path))
    return `calls ${path}, which is no gRPC method, so that servers answer 12 (UNIMPLEMENTED), and waits for ${matcher}: no target becomes healthy. Set path: "/grpc.health.v1.Health/Check".`;
  return undefined;
}

function wrongTls(props: Props, check: Props): string | undefined {
  const group = text(props, "protocol") ?? "HTTP";
  // The default is HTTP, whatever the group's own protocol is.
  const checked = text(check, "protocol") ?? "HTTP";
  const port = text(check, "port") ?? "traffic-port";
  const same = port === "traffic-port" || Number(port) === number(props, "port");
  if (!same || checked === group) return undefined;
  // A server that speaks TLS answers plain HTTP with 400, which a check can wait for.
  if (checked === "HTTP" && /400|4\d\d-/.test(text(check, "matcher") ?? "")) return undefined;
  return `speaks ${checked} to the port on which requests are ${group}: no target becomes healthy. Set healthCheck.protocol: "${group}".`;
}
