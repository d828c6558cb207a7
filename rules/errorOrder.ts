/** Which of several errors is shown first: the one that a deployment, and then a request, meets first. */

/** Codes of every rule that is an error, in the order in which they are met. */
export const errorOrder: readonly string[] = [
  // AWS refuses the resource, or the deployment of it ends in an error.
  ...["invalid-cidr", "name-too-long", "tag-keys-differ-in-case", "prefix-list-quota"],
  "target-group-quota",
  ...["task-definition-too-large", "listener-without-certificate", "http-listener-http2-target"],
  ...["origin-without-config", "edge-certificate-region", "target-type-not-ip"],
  ...["target-type-not-instance", "function-not-permitted"],
  ...["service-target-missing", "service-target-group-unused"],
  ...["vpc-origin-zone", "vpc-origin-without-internet-gateway"],
  // CloudFront answers, or cannot connect: 504.
  ...["distribution-disabled", "vpc-origin-public-load-balancer"],
  ...["public-origin-internal-load-balancer", "load-balancer-without-internet-route"],
  ...["listener-port-closed", "load-balancer-closed-to-edge"],
  // No common protocol, or no certificate that CloudFront accepts: 502.
  ...["origin-protocol-mismatch", "listener-http2-off", "origin-certificate-name-mismatch"],
  "client-certificate-behind-edge",
  // The load balancer's own answers: the listener rule, then the target group's version.
  ...["secret-header-not-sent", "host-rule-behind-edge"],
  ...["sign-in-behind-edge", "sign-in-without-egress"],
  ...["edge-http1-to-http2-target", "edge-http1-to-grpc-target", "vpc-origin-grpc"],
  "origin-mtls-requests",
  "deployment-protocol-versions-differ",
  // No target gets requests: 503.
  ...["tasks-without-route", "service-without-room"],
  ...["health-check-cannot-pass", "health-check-port-closed"],
  // No connection to the container (504), or one without a common protocol (502).
  ...["load-balancer-without-egress", "tasks-closed-to-load-balancer"],
  ...["container-port-mismatch", "container-tls-mismatch", "container-lacks-protocol"],
  // Some requests fail.
  ...["idle-timeout-order", "request-kind-cannot-work"],
];
