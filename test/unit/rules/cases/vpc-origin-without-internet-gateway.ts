import type { DeclaredResource } from "../../../../topology/resource";
import { plus, type Case, unknown, vpc } from "../caseParts";
import { resource } from "../program";

const subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"];
const vpcId = "vpc-0a1b2c3d4e5f60718";
const inVpc = (...gateways: DeclaredResource[]) => of(vpcId, ...gateways);
const of = (id: unknown, ...gateways: DeclaredResource[]) =>
  plus(
    vpc({ alb: { subnets } }),
    resource("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" }, { id: vpcId }),
    ...subnets.map((subnetId, i) =>
      resource(
        "aws:ec2/subnet:Subnet",
        `subnet-${i}`,
        { vpcId: id, cidrBlock: `10.0.${i}.0/24` },
        { id: subnetId },
      ),
    ),
    ...gateways,
  );
const gateway = (of: unknown) =>
  resource("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId: of }, { id: "igw-1" });

export const cases: Case = {
  broken: {
    "no gateway": [
      inVpc(),
      "inside",
      /through the VPC origin inside: the VPC network of the load balancer alb has no internet gateway/,
    ],
    "the gateway of another VPC": [inVpc(gateway("vpc-0fffffffffffffff0")), "inside", /network/],
  },
  fine: {
    "a gateway": inVpc(gateway(vpcId)),
    "a gateway that is attached": inVpc(
      gateway(undefined),
      resource("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "attached", {
        vpcId,
        internetGatewayId: "igw-1",
      }),
    ),
    "a VPC of another program": of("vpc-0fffffffffffffff0"),
    "subnets of another program": vpc({ alb: { subnets: ["subnet-given"] } }),
  },
  fix: "a gateway",
  unknown: {
    "whose gateway it is": inVpc(gateway(unknown)),
    "the VPC of the subnet": of(unknown),
    "the subnets": vpc({ alb: { subnets: unknown } }),
  },
};
