import { isReserved, reservedRange } from "../../path/vpcs";
import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

export const vpcRangeReserved = resourceRule({
  code: "vpc-range-reserved",
  severity: "warning",
  holds: `The range of a VPC lies outside ${reservedRange}, which is reserved.`,
  fix: "Set cidrBlock of the aws.ec2.Vpc to a private range, e.g. 10.0.0.0/16.",
  source:
    "https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml",
  types: [token.vpc],
  check: ({ name, props }) => {
    const cidr = text(props, "cidrBlock");
    if (cidr === undefined || !isReserved(cidr)) return undefined;
    return {
      message: `The VPC ${name} has ${cidr}, of a range that is reserved for a use to come: AWS's page does not say that it is taken, and many systems drop its packets.`,
      fix: `Set cidrBlock of the aws.ec2.Vpc ${name} to a private range, e.g. 10.0.0.0/16.`,
      settings: "Set network.cidr to a private range, e.g. 10.0.0.0/16.",
    };
  },
});
