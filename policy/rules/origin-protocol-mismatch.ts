import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const originProtocolMismatch = pathRule({
  name: "origin-protocol-mismatch",
  description: "CloudFront calls the load balancer with the protocol that its listener has.",
  severity: "critical",
  level: "mandatory",
  remediation:
    'Set originProtocolPolicy: "https-only" for an HTTPS listener, "http-only" for an HTTP one.',
  source: sources.edgeOrigin,
  on: ["vpcOrigin", "distribution"],
  write: (names) =>
    `Set originProtocolPolicy of the origin of ${names.distribution} to what the aws.lb.Listener ${names.listener} speaks: "https-only" or "http-only".`,
});
