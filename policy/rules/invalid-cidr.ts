import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const invalidCidr = pathRule({
  name: "invalid-cidr",
  description: "Ranges in the rules of security groups are ranges.",
  severity: "high",
  level: "mandatory",
  remediation: "Write a range with its prefix length, e.g. 203.0.113.0/24.",
  source: sources.securityGroupRules,
  on: ["loadBalancerGroup", "taskGroup"],
  write: (names) =>
    `Write ranges with their prefix length, e.g. 203.0.113.0/24, in the rules of the security group ${names.loadBalancerGroup}.`,
});
