import type { Props } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const [subnetId, tableId] = ["subnet-0aaaaaaaaaaaaaaaa", "rtb-0aaaaaaaaaaaaaaaa"];
const backId = "subnet-0bbbbbbbbbbbbbbbb";
const gatewayId = "igw-0aaaaaaaaaaaaaaaa";
const inSubnet = (routes: unknown, alb: Props = {}, routeTableId: unknown = tableId) =>
  plus(
    sound({ alb: { subnets: [subnetId], ...alb } }),
    resource("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" }, { id: vpcId }),
    resource("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId }, { id: gatewayId }),
    resource(
      "aws:ec2/subnet:Subnet",
      "front",
      { vpcId, cidrBlock: "10.0.1.0/24" },
      { id: subnetId },
    ),
    resource("aws:ec2/routeTable:RouteTable", "table", { vpcId, routes }, { id: tableId }),
    resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "of-front", {
      ...{ subnetId, routeTableId },
    }),
  );
const all = (target: Props): Props[] => [{ cidrBlock: "0.0.0.0/0", ...target }];

export const cases: Case = {
  broken: {
    "no route": [
      inSubnet([]),
      "alb",
      /no answer from the load balancer alb in its subnet front: there is no route/,
    ],
    "a NAT gateway": [
      inSubnet(all({ natGatewayId: "nat-0123456789abcdef0" })),
      "alb",
      /NAT gateway, which lets nobody in/,
    ],
    "no route from two subnets, which is said once": [
      plus(
        inSubnet([], { subnets: [subnetId, backId] }),
        resource(
          "aws:ec2/subnet:Subnet",
          "back",
          { vpcId, cidrBlock: "10.0.2.0/24" },
          { id: backId },
        ),
        resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "of-back", {
          ...{ subnetId: backId, routeTableId: tableId },
        }),
      ),
      "alb",
      /in its subnets front and back: .*\n.*aws\.ec2\.Subnets front and back/,
    ],
    "a subnet mapping": [
      inSubnet([], { subnets: undefined, subnetMappings: [{ subnetId }] }),
      "alb",
      /subnet front/,
    ],
  },
  fine: {
    "an internet gateway": inSubnet(all({ gatewayId })),
    "a firewall's endpoint, behind which nobody knows what is": inSubnet(
      all({ vpcEndpointId: "vpce-0123456789abcdef0" }),
    ),
    "an internal load balancer": inSubnet([], { internal: true }),
    "a Gateway Load Balancer": inSubnet([], { loadBalancerType: "gateway" }),
    "subnets of another program": sound({ alb: { subnets: ["subnet-given"] } }),
  },
  fix: "an internet gateway",
  unknown: {
    "the routes": inSubnet(unknown),
    "whether it is internal": inSubnet([], { internal: unknown }),
    "the table of the subnet": inSubnet([], {}, unknown),
  },
};
