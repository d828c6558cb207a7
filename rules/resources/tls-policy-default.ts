import { sources } from "../../path/sources";
import { loadBalancerTlsPolicies } from "../../path/tlsPolicies";
import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

/** The API's default; the console's is newer. */
const apiDefault = "ELBSecurityPolicy-2016-08";

export const tlsPolicyDefault = resourceRule({
  code: "tls-policy-default",
  severity: "warning",
  holds: "An HTTPS listener names its TLS policy: the API's default dates from 2016.",
  fix: `Set sslPolicy: "${loadBalancerTlsPolicies["1.2"]}" on the aws.lb.Listener.`,
  source: sources.albTlsPolicies,
  types: [token.listener],
  check: ({ name, props }) => {
    if (text(props, "protocol")?.toUpperCase() !== "HTTPS") return undefined;
    const policy = text(props, "sslPolicy");
    if (policy !== undefined && policy !== apiDefault) return undefined;
    const has = policy === undefined ? "names no TLS policy, so it has" : "has the TLS policy";
    return {
      message: `The listener ${name} ${has} ${apiDefault}: it accepts TLS 1.0 and 1.1.`,
      fix: `Set sslPolicy: "${loadBalancerTlsPolicies["1.2"]}" on the aws.lb.Listener ${name}.`,
    };
  },
});
