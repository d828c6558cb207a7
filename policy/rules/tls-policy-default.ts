import { loadBalancerTlsPolicies } from "../../path/tlsPolicies";
import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { resourceRule } from "../rule";
import { token } from "../../topology/tokens";

/** What the API takes where nothing is said; the console's default is newer. */
const apiDefault = "ELBSecurityPolicy-2016-08";

export const tlsPolicyDefault = resourceRule({
  name: "tls-policy-default",
  description: "An HTTPS listener names its TLS policy: the API's own default is of 2016.",
  severity: "high",
  level: "advisory",
  remediation: `Set sslPolicy: "${loadBalancerTlsPolicies["1.2"]}" on the aws.lb.Listener.`,
  source: sources.albTlsPolicies,
  types: [token.listener],
  check: ({ name, props }) => {
    if (text(props, "protocol")?.toUpperCase() !== "HTTPS") return undefined;
    const policy = text(props, "sslPolicy");
    if (policy !== undefined && policy !== apiDefault) return undefined;
    const how = policy === undefined ? "names no TLS policy, which means" : "has the TLS policy";
    return { message: `The listener ${name} ${how} ${apiDefault}: it accepts TLS 1.0 and 1.1.` };
  },
});
