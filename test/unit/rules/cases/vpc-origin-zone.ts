import type { Props } from "../../../../topology/resource";
import { plus, type Case, unknown, vpc } from "../caseParts";
import { resource } from "../program";

const [a, b] = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"];
const vpcId = "vpc-0a1b2c3d4e5f60718";
const region = "us-east-1";
const subnet = (name: string, id: string, cidrBlock: string, inputs: Props) =>
  resource("aws:ec2/subnet:Subnet", name, { vpcId, region, cidrBlock, ...inputs }, { id });

/** A load balancer with two subnets, in a region. */
const inZones = (zoneA: Props, zoneB: Props, alb: Props = {}) =>
  plus(
    // Its group and its logs are in another region.
    vpc({
      alb: { region, subnets: [a, b], securityGroups: [], accessLogs: undefined, ...alb },
    }),
    resource("aws:ec2/vpc:Vpc", "network", { region, cidrBlock: "10.0.0.0/16" }, { id: vpcId }),
    resource(
      "aws:ec2/internetGateway:InternetGateway",
      "gateway",
      { region, vpcId },
      { id: "igw-1" },
    ),
    subnet("one", a, "10.0.0.0/24", zoneA),
    subnet("two", b, "10.0.1.0/24", zoneB),
  );
const is = (availabilityZoneId: unknown): Props => ({ availabilityZoneId });
const named: Props = { availabilityZone: "us-east-1e" };

export const cases: Case = {
  broken: {
    "a subnet in the zone": [
      inZones(is("use1-az1"), is("use1-az3")),
      "inside",
      /in use1-az3, .*load balancer alb behind the VPC origin inside has the subnet two there/,
    ],
    "a subnet mapping in the zone": [
      inZones(is("use1-az3"), is("use1-az1"), {
        subnets: undefined,
        subnetMappings: [{ subnetId: a }, { subnetId: b }],
      }),
      "inside",
      /the subnet one/,
    ],
    "one in the zone, of the other only the name is known": [
      inZones(named, is("use1-az3")),
      "inside",
      /the subnet two/,
    ],
  },
  fine: {
    "other zones": inZones(is("use1-az1"), is("use1-az2")),
    "a region in which every zone is supported": inZones(named, {}, { region: "eu-west-1" }),
    "subnets of another program": vpc({ alb: { region, subnets: ["subnet-given"] } }),
  },
  fix: "other zones",
  unknown: {
    "the zone's id": inZones(is("use1-az1"), is(unknown)),
    "the zone by its name": inZones(is("use1-az1"), named),
    "the zone that AWS chooses": inZones(is("use1-az1"), {}),
    "the subnets": inZones(is("use1-az1"), is("use1-az3"), { subnets: unknown }),
  },
};
