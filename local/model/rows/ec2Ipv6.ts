/** IPv6 ranges of VPCs and subnets. */
import { cidrContains, cidrsOverlap, parseNetwork } from "../../../path/networks";
import { token } from "../../../topology/tokens";
import { textAt } from "../props";
import { AccountView, Candidate } from "../row";
import { LocalResource, Props, Refusal } from "../types";
import { dependants, ec2Api } from "./ec2Parts";

const ipv6Page = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html";

/** The /56 that AWS gives a VPC; here of the range for documentation. */
export function ipv6Of(candidate: Candidate): Props {
  if (candidate.inputs.assignGeneratedIpv6CidrBlock !== true) return {};
  return {
    ipv6CidrBlock: `2001:db8:${candidate.hex(4, "ipv6")}:${candidate.hex(2, "ipv6 56")}00::/56`,
    ipv6AssociationId: `vpc-cidr-assoc-0${candidate.hex(16, "ipv6")}`,
  };
}

/** AWS takes a range back only once nothing uses it. */
export function refuseIpv6Loss({ id, inputs }: Candidate, account: AccountView): Refusal[] {
  if (id === undefined || inputs.assignGeneratedIpv6CidrBlock === true) return [];
  const users = dependants(account, id, { [token.subnet]: ["vpcId"] }).filter(
    ({ outputs }) => textAt(outputs, "ipv6CidrBlock") !== undefined,
  );
  if (users.length === 0) return [];
  return [
    {
      code: "DependencyViolation",
      message: `The IPv6 range of ${id} is used by ${users.map(({ name }) => name).join(", ")}.`,
      property: "assignGeneratedIpv6CidrBlock",
      source: `${ec2Api}/API_DisassociateVpcCidrBlock.html`,
    },
  ];
}

/** An IPv6 range of a subnet: a /64 of the VPC's, and no other subnet's. */
export function refuseSubnetIpv6(
  { inputs }: Candidate,
  ofVpc: Props,
  siblings: readonly LocalResource[],
): Refusal[] {
  const property = "ipv6CidrBlock";
  const text = textAt(inputs, property);
  const refusal = (code: string, message: string): Refusal[] => [
    { code, message, property, source: ipv6Page },
  ];
  if (text === undefined) {
    if (inputs.assignIpv6AddressOnCreation !== true) return [];
    return refusal(
      "InvalidParameterValue",
      "The subnet has no IPv6 range, from which interfaces could get addresses (assignIpv6AddressOnCreation).",
    );
  }
  const own = parseNetwork(text);
  if (own?.ipVersion !== 6 || own.prefix < 44 || own.prefix > 64 || own.prefix % 4 !== 0)
    return refusal("InvalidSubnet.Range", `The CIDR '${text}' is invalid: it has /44 to /64.`);
  const whole = parseNetwork(textAt(ofVpc, property) ?? "");
  if (ofVpc.cidrBlock !== undefined && (whole === undefined || !cidrContains(whole, own)))
    return refusal("InvalidSubnet.Range", `The CIDR '${text}' is not within the VPC's IPv6 range.`);
  const other = siblings.find(({ outputs }) => {
    const range = parseNetwork(textAt(outputs, property) ?? "");
    return range !== undefined && cidrsOverlap(own, range);
  });
  if (other === undefined) return [];
  return refusal(
    "InvalidSubnet.Conflict",
    `The CIDR '${text}' conflicts with another subnet: ${other.name}`,
  );
}
