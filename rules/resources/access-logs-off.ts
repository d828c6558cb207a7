import { block, boolean, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

export const accessLogsOff = resourceRule({
  code: "access-logs-off",
  severity: "note",
  holds: "A load balancer writes access logs: a 464 is recorded nowhere else.",
  fix: "Set accessLogs: { enabled: true, bucket } on the aws.lb.LoadBalancer, with a bucket whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
  types: [token.loadBalancer],
  check: ({ name, props }) => {
    if ((text(props, "loadBalancerType") ?? "application") !== "application") return undefined;
    const logs = block(props, "accessLogs");
    if (logs && boolean(logs, "enabled") === true) return undefined;
    return {
      message: `The load balancer ${name} writes no access logs: why it answered a request with 464, 502 or 503 cannot be looked up afterwards.`,
      fix: `Set accessLogs: { enabled: true, bucket } on the aws.lb.LoadBalancer ${name}, with a bucket whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write.`,
      settings: "Set logs.access: true.",
    };
  },
});
