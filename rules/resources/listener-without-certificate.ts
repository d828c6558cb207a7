import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

const settings =
  "Set domain.name, to have a certificate made, or domain.loadBalancerCertificateArn.";

export const listenerWithoutCertificate = resourceRule({
  code: "listener-without-certificate",
  severity: "error",
  holds: "An HTTPS or TLS listener has a certificate.",
  fix: "Set certificateArn on the aws.lb.Listener.",
  source: sources.albCertificates,
  refusedAs: { code: "ValidationError", message: /^A certificate must be specified/ },
  types: [token.listener],
  check: ({ name, props }) => {
    const protocol = text(props, "protocol")?.toUpperCase();
    if (protocol !== "HTTPS" && protocol !== "TLS") return undefined;
    // A certificate whose ARN is not known yet counts as well.
    if (Object.getOwnPropertyDescriptor(props, "certificateArn")?.value !== undefined)
      return undefined;
    return {
      message: `The ${protocol} listener ${name} has no certificate: AWS refuses to create it.`,
      fix: `Set certificateArn on the aws.lb.Listener ${name}.`,
      settings,
    };
  },
  planned: ({ listener, target }) =>
    listener.protocol === "HTTPS" && listener.certificateNames?.length === 0
      ? {
          message:
            target.protocolVersion === "HTTP1"
              ? "The HTTPS listener has no certificate: AWS refuses to create it."
              : "The HTTPS listener has no certificate: AWS refuses to create it. Without TLS a load balancer offers no HTTP/2.",
          settings,
        }
      : undefined,
});
