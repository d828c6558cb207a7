import { block, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

/** gRPC's UNIMPLEMENTED: the answer to a method that the server does not have. */
const unimplemented = 12;

export const healthCheckCannotPass = resourceRule({
  code: "health-check-cannot-pass",
  severity: "error",
  holds: "A target group's health check can pass in the group's own protocol.",
  fix: "Write healthCheck of the aws.lb.TargetGroup for its protocol and protocolVersion: gRPC codes and a /package.Service/method with GRPC, HTTP codes otherwise, and the protocol that the port speaks.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  refusedAs: { code: "ValidationError", message: /^Health check matcher/ },
  types: [token.targetGroup],
  check: ({ name, props }) => {
    const protocol = text(props, "protocol");
    if (protocol !== "HTTP" && protocol !== "HTTPS") return undefined;
    const check = block(props, "healthCheck") ?? {};
    const found = wrongCodes(props, check) ?? wrongTls(props, check);
    return (
      found && {
        stops: "no target is healthy, because health checks cannot pass",
        message: `The health check of the target group ${name} ${found.does}`,
        fix: `Set ${found.set} on the aws.lb.TargetGroup ${name}.`,
      }
    );
  },
});

/** What a health check does, and what to set. */
interface Wrong {
  readonly does: string;
  readonly set: string;
}

function wrongCodes(props: Props, check: Props): Wrong | undefined {
  const grpc = text(props, "protocolVersion") === "GRPC";
  const matcher = text(check, "matcher");
  if (matcher === undefined || matcher === "") return undefined;
  const ranges = matcher.split(",").map((range) => range.split("-").map(Number));
  const [least, most] = grpc ? [0, 99] : [200, 499];
  if (ranges.flat().some((code) => !(code >= least && code <= most)))
    return {
      does: `waits for ${matcher}, but a group of version ${grpc ? "GRPC" : "HTTP1 or HTTP2"} takes ${grpc ? "gRPC" : "HTTP"} codes, ${least} to ${most}: AWS refuses it.`,
      set: grpc ? 'healthCheck.matcher: "0", or "0-99",' : 'healthCheck.matcher: "200"',
    };
  const path = text(check, "path") ?? "";
  const passes = ranges.some(
    ([from = 0, to = from]) => from <= unimplemented && unimplemented <= to,
  );
  if (grpc && !passes && path !== "" && !/^\/[^/]+\/[^/]+$/.test(path))
    return {
      does: `calls ${path}, which is no gRPC method, so servers answer 12 (UNIMPLEMENTED), but it waits for ${matcher}: no target becomes healthy.`,
      set: 'healthCheck.path: "/grpc.health.v1.Health/Check"',
    };
  return undefined;
}

function wrongTls(props: Props, check: Props): Wrong | undefined {
  const group = text(props, "protocol") ?? "HTTP";
  // The default is HTTP, whatever the group's own protocol is.
  const checked = text(check, "protocol") ?? "HTTP";
  const port = text(check, "port") ?? "traffic-port";
  const same = port === "traffic-port" || Number(port) === number(props, "port");
  if (!same || checked === group) return undefined;
  // A server that speaks TLS answers plain HTTP with 400, which a check can wait for.
  if (checked === "HTTP" && /400|4\d\d-/.test(text(check, "matcher") ?? "")) return undefined;
  return {
    does: `speaks ${checked} to a port on which requests are ${group}: no target becomes healthy.`,
    set: `healthCheck.protocol: "${group}"`,
  };
}
