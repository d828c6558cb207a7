/** An existing VPC or a created one, not a mixture. */
import { parseCidr } from "../../path/networks";
import type { KeyName } from "../keys";
import type { View } from "../view";
import type { Breach, Rule } from "./rule";

const onlyCreated = [
  "network.cidr",
  "network.availabilityZones",
  "network.egress",
] as const satisfies KeyName[];

const subnetLists = ["network.loadBalancerSubnetIds", "network.taskSubnetIds"] as const;

/** True when any key says that there is a VPC already. */
function adopts(view: View): boolean {
  return view.given("network.vpcId") || subnetLists.some((name) => view.given(name));
}

const example = {
  "network.vpcId": "vpc-0123456789abcdef0",
  "network.loadBalancerSubnetIds": "subnet-0123456789abcdef0",
  "network.taskSubnetIds": "subnet-0123456789abcdef0",
} as const;

const adoptedIsComplete: Rule = (view) => {
  if (!adopts(view)) return [];
  const missing = (["network.vpcId", ...subnetLists] as const).filter((name) => !view.given(name));
  return missing.map((name): Breach => ({
    key: name,
    expected:
      "a value: an existing VPC needs network.vpcId, network.loadBalancerSubnetIds and network.taskSubnetIds",
    change: {
      set: name,
      to: example[name],
      entry: name === "network.vpcId" ? undefined : 0,
    },
  }));
};

const nothingMixed: Rule = (view) => {
  if (!adopts(view)) return [];
  return onlyCreated
    .filter((name) => view.given(name))
    .map((name) => ({
      key: name,
      expected: "nothing: it shapes a created VPC, and other keys name an existing one",
      change: { remove: name },
    }));
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones-considerations */
const twoSubnets: Rule = (view) => {
  const subnets = view.get("network.loadBalancerSubnetIds");
  if (subnets === undefined || new Set(subnets).size >= 2) return [];
  return [
    {
      key: "network.loadBalancerSubnetIds",
      expected: "two subnets or more, each in an availability zone of its own",
      change: {
        set: "network.loadBalancerSubnetIds",
        to: example["network.loadBalancerSubnetIds"],
        entry: subnets.length,
      },
    },
  ];
};

const publicIpOnlyAdopted: Rule = (view) =>
  !adopts(view) && view.get("network.assignPublicIp")
    ? [
        {
          key: "network.assignPublicIp",
          expected: "nothing: in a created VPC network.egress decides it (public-ip)",
          change: { remove: "network.assignPublicIp" },
        },
      ]
    : [];

/** awsx gives the subnets it makes no IPv6 range: https://github.com/pulumi/pulumi-awsx/issues/1049 */
const dualstackOnlyAdopted: Rule = (view) =>
  !adopts(view) && view.get("network.ipAddressType") === "dualstack"
    ? [
        {
          key: "network.ipAddressType",
          expected:
            "ipv4: the subnets of a created VPC have no IPv6 range (pulumi/pulumi-awsx#1049)",
          change: { remove: "network.ipAddressType" },
        },
      ]
    : [];

/** A VPC's range, by AWS: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const vpcSize = { largest: 16, smallest: 28 };

/** A load balancer's subnet: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones-considerations */
const smallestSubnet = 27;

/**
 * awsx rounds the zones up to a power of two and halves each zone's part, for a public subnet and
 * another: https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/subnetDistributorNew.ts
 */
const roomForSubnets: Rule = (view) => {
  if (adopts(view)) return [];
  const zones = view.get("network.availabilityZones");
  const smallest = smallestSubnet - Math.ceil(Math.log2(zones)) - 1;
  const prefix = parseCidr(view.get("network.cidr"))?.prefix ?? 0;
  if (prefix >= vpcSize.largest && prefix <= smallest) return [];
  return [
    {
      key: "network.cidr",
      expected: `a range of /${vpcSize.largest} to /${smallest}: a VPC is /${vpcSize.largest} to /${vpcSize.smallest}, and in it each availability zone of network.availabilityZones gets two subnets, /${smallestSubnet} or larger`,
      change: { remove: "network.cidr" },
    },
  ];
};

/** In the order they are listed. */
export const networkRules: readonly Rule[] = [
  adoptedIsComplete,
  nothingMixed,
  twoSubnets,
  publicIpOnlyAdopted,
  dualstackOnlyAdopted,
  roomForSubnets,
];
