/** Target groups: protocol, choice of targets, and health checks. */
import type { Props } from "./resource";
import { type ResourceIndex, block, boolean, merged, number, allowedOrFirst, text } from "./props";
import type { Stickiness, TargetGroup } from "./types";
import { token } from "./tokens";

/** Every target group, by ARN. */
export function readTargetGroups(inventory: ResourceIndex): Map<string, TargetGroup> {
  const groups = new Map<string, TargetGroup>();
  for (const resource of inventory.of(token.targetGroup)) {
    const props = merged(resource);
    const check = block(props, "healthCheck") ?? {};
    const version = allowedOrFirst(text(props, "protocolVersion"), ["HTTP1", "HTTP2", "GRPC"]);
    const arn = text(props, "arn") ?? resource.id;
    const protocol = text(props, "protocol") === "HTTPS" ? "HTTPS" : "HTTP";
    const grpc = version === "GRPC";
    groups.set(arn, {
      arn,
      name: resource.name,
      targetType: allowedOrFirst(text(props, "targetType"), ["instance", "ip", "lambda", "alb"]),
      port: number(props, "port") ?? 80,
      protocol,
      protocolVersion: version,
      deregistrationSeconds: number(props, "deregistrationDelay") ?? 300,
      algorithm: text(props, "loadBalancingAlgorithmType") ?? "round_robin",
      ...readStickiness(block(props, "stickiness") ?? {}),
      slowStartSeconds: number(props, "slowStart") ?? 0,
      minimumHealthy: readMinimumHealthy(props),
      healthCheck: {
        enabled: boolean(check, "enabled") ?? true,
        protocol: (text(check, "protocol") ?? "HTTP") === "HTTPS" ? "HTTPS" : "HTTP",
        path: text(check, "path") ?? (grpc ? "/AWS.ALB/healthcheck" : "/"),
        port: text(check, "port") ?? "traffic-port",
        matcher: text(check, "matcher") ?? (grpc ? "12" : "200"),
        intervalSeconds: number(check, "interval") ?? 30,
        timeoutSeconds: number(check, "timeout") ?? 5,
        healthyThreshold: number(check, "healthyThreshold") ?? 5,
        unhealthyThreshold: number(check, "unhealthyThreshold") ?? 2,
      },
    });
  }
  return groups;
}

/** A day, AWS's default for both kinds of cookie. */
const day = 86_400;

function readStickiness(block: Props): { stickiness?: Stickiness } {
  // The provider's block is on unless it says otherwise.
  if (text(block, "type") === undefined || boolean(block, "enabled") === false) return {};
  const seconds = number(block, "cookieDuration") ?? day;
  if (text(block, "type") !== "app_cookie") return { stickiness: { type: "lb_cookie", seconds } };
  const cookieName = text(block, "cookieName") ?? "";
  return { stickiness: { type: "app_cookie", seconds, cookieName } };
}

/**
 * The number below which the load balancer "fails open". By default one healthy target is enough.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
function readMinimumHealthy(props: Props): { count: number; percent: number } {
  const routing = block(block(props, "targetGroupHealth") ?? {}, "unhealthyStateRouting") ?? {};
  return {
    count: number(routing, "minimumHealthyTargetsCount") ?? 1,
    // `off` is not a number.
    percent: number(routing, "minimumHealthyTargetsPercentage") ?? 0,
  };
}
