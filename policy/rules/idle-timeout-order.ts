import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const idleTimeoutOrder = pathRule({
  name: "idle-timeout-order",
  description:
    "Who opens a connection closes it first: CloudFront before the load balancer, the load balancer before the container.",
  severity: "medium",
  level: "mandatory",
  remediation:
    "Let originKeepaliveTimeout of the origin be below idleTimeout of the aws.lb.LoadBalancer, and that below the container's keep-alive.",
  source: sources.edgeOrigin,
  on: ["loadBalancer"],
  write: (names) =>
    `Let originKeepaliveTimeout of the origin be below idleTimeout of the aws.lb.LoadBalancer ${names.loadBalancer}, and that below the container's keep-alive (HOPWISE_KEEPALIVE_SECONDS).`,
});
