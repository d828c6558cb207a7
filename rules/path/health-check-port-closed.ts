import { admits } from "../../path/securityGroups";
import { pathRule } from "../rule";
import { sourcesText } from "../words";

export const healthCheckPortClosed = pathRule({
  code: "health-check-port-closed",
  severity: "error",
  lacks: "a rule of a security group",
  holds: "The security groups let health checks through, on whichever port they use.",
  fix: "Admit the load balancer's security group on healthCheck.port in the ingress of the tasks' group, or leave healthCheck.port of the aws.lb.TargetGroup out, so that checks use the port of requests.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  on: ["taskGroup", "targetGroup"],
  unless: ["invalid-cidr", "load-balancer-without-egress"],
  check: ({ target }, { the, code, targets }) => {
    const { healthCheck: check } = target;
    if (check === undefined) return undefined;
    const fails = `no target of ${the.targetGroup} becomes healthy${targets === "tasks" ? ", and ECS stops every task again" : ""}`;
    const stops = "no target is healthy, because health checks do not get through";
    const without = `leave healthCheck.port of ${code.targetGroup} out, so that checks use port ${target.port}`;
    if (!admits(check.admits, { kind: "load-balancer" })) {
      const admitted = check.admits.length > 0 ? sourcesText(check.admits) : "nobody";
      return {
        stops,
        message: `The health checks of ${the.loadBalancer} are dropped, because ${the.taskGroup} admits ${admitted} on their port ${check.port}: ${fails}.`,
        fix: `In the ingress of ${code.taskGroup}, admit ${the.loadBalancerGroup} on port ${check.port}; or ${without}.`,
      };
    }
    if (target.noEgressTo?.includes(check.port) !== true) return undefined;
    return {
      stops,
      message: `No rule of ${the.loadBalancerGroup} lets health checks out to their port ${check.port}: ${fails}.`,
      fix: `Add an egress rule to ${code.loadBalancerGroup} for port ${check.port}; or ${without}.`,
    };
  },
});
