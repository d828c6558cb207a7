import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { resourceRule } from "../rule";
import { token } from "../../topology/tokens";

export const listenerWithoutCertificate = resourceRule({
  name: "listener-without-certificate",
  description: "An HTTPS listener has a certificate.",
  severity: "critical",
  level: "mandatory",
  remediation: "Set certificateArn on the aws.lb.Listener.",
  source: sources.albCertificates,
  types: [token.listener],
  check: ({ name, props }) => {
    if (text(props, "protocol")?.toUpperCase() !== "HTTPS") return undefined;
    // One that is not known yet is one.
    if ("certificateArn" in props) return undefined;
    return { message: `The HTTPS listener ${name} has no certificate: AWS refuses to create it.` };
  },
});
