import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const secretHeaderNotSent = pathRule({
  name: "secret-header-not-sent",
  description: "CloudFront sends the header that the listener asks for.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Send the header in customHeaders of the origin, with a value that the listener rule's condition has.",
  source: sources.restrictAlb,
  on: ["distribution"],
  write: (names) =>
    `Put the header and value of the listener rule's httpHeader condition into customHeaders of the origin of the aws.cloudfront.Distribution ${names.distribution}.`,
  // Whoever calls a load balancer without CloudFront may well know the header.
  applies: (spec) => spec.edge !== undefined,
});
