/**
 * Lines of health check logs: 10 fields each.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html
 */
import type { TargetGroup } from "../../../topology/types";
import { logTime } from "./logFile";
import type { HealthCheckRecord } from "./target";

/** One line, without its end. */
export function formatHealthCheck(
  { protocolVersion, healthCheck, arn }: TargetGroup,
  target: string,
  check: HealthCheckRecord,
  node: { readonly loadBalancer: string; readonly nodeAddress: string },
): string {
  const type = { HTTP1: healthCheck.protocol.toLowerCase(), HTTP2: "h2", GRPC: "grpc" };
  return [
    type[protocolVersion],
    logTime(check.started),
    (check.milliseconds / 1000).toFixed(3),
    target,
    arn.split(":").at(-1) ?? arn,
    check.passed ? "PASS" : "FAIL",
    check.code ?? "-",
    check.logReason ?? "-",
    node.loadBalancer,
    node.nodeAddress,
  ].join(" ");
}
