import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const containerTlsMismatch = pathRule({
  name: "container-tls-mismatch",
  description: "The target group and the container agree on TLS.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Set protocol of the aws.lb.TargetGroup to HTTPS where the container's port speaks TLS, else to HTTP.",
  source: sources.albStatusCodes,
  on: ["targetGroup"],
  write: (names) =>
    `Let protocol of the aws.lb.TargetGroup ${names.targetGroup} and HOPWISE_TLS in the containerDefinitions of ${names.taskDefinition} say the same.`,
});
