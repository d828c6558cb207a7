import { sources } from "../../path/sources";
import { pathRule } from "../rule";
import { targetPortText } from "../words";

export const loadBalancerWithoutEgress = pathRule({
  code: "load-balancer-without-egress",
  severity: "error",
  lacks: "a rule of a security group",
  holds: "The security group of a load balancer lets it connect to its targets.",
  fix: "Write an egress rule for the load balancer's aws.ec2.SecurityGroup that leads to the targets' port: the provider removes the rule of AWS that lets everything out.",
  source: sources.albSecurityGroups,
  on: ["loadBalancerEgress", "loadBalancer"],
  check: ({ target }, { the, code }) => {
    const { port, noEgressTo = [] } = target;
    if (!noEgressTo.includes(port)) return undefined;
    const ports = targetPortText(target);
    return {
      message: `No rule of ${the.loadBalancerGroup} lets ${the.loadBalancer} connect to ${the.targetGroup} on ${ports}: every request gets 504, and every health check fails. AWS lets everything out of a new group, but the provider removes that rule.`,
      fix: `Add an egress rule to ${code.loadBalancerGroup}: protocol tcp, ${ports}, to the security group of the targets.`,
    };
  },
});
