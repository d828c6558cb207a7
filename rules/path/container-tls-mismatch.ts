import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const containerTlsMismatch = pathRule({
  code: "container-tls-mismatch",
  severity: "error",
  holds: "The target group and the container agree on TLS.",
  fix: "Set protocol of the aws.lb.TargetGroup to HTTPS where the container's port speaks TLS, otherwise to HTTP.",
  source: sources.albStatusCodes,
  on: ["targetGroup"],
  check: ({ target, container }, { the, code }) => {
    if ((target.protocol === "HTTPS") === container.tls) return undefined;
    const wanted = container.tls ? "HTTPS" : "HTTP";
    const state = container.tls ? "off" : "on";
    return {
      message: container.tls
        ? `The port of ${the.container} expects TLS, but the load balancer sends none, because the protocol of ${the.targetGroup} is HTTP: every request fails.`
        : `The load balancer sends TLS, because the protocol of ${the.targetGroup} is HTTPS, but the port of ${the.container} speaks none: every request gets 502.`,
      fix: `Set protocol: "${wanted}" on ${code.targetGroup}, or switch TLS ${state} in ${the.container} (the image of hopwise: HOPWISE_TLS "${state}" in containerDefinitions of ${code.taskDefinition}).`,
      settings: `Set origin.protocol to http, or remove service.app.behindNginx: only nginx has a certificate.`,
    };
  },
});
