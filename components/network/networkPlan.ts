/** The layout of a created VPC: plain values to plain values. */
import { defaults } from "../../path/defaults";
import { RunError } from "@pulumi/pulumi/errors";
import { vpcRangeProblems } from "../../path/vpcs";

/** How tasks reach the registry and the log service. */
export type NetworkEgress = "endpoints" | "nat-single" | "nat-per-az" | "public-ip";

export interface NetworkPlan {
  readonly cidr: string;
  readonly availabilityZones: number;
  /** In place of that number. */
  readonly availabilityZoneNames?: string[];
  readonly natGateways: "None" | "Single" | "OnePerAz";
  /**
   * The subnets in addition to the public ones. `Private` has a route to the internet through a NAT
   * gateway, `Isolated` has none. Internal load balancers are always in these.
   */
  readonly innerSubnets: "Private" | "Isolated";
  /** Where tasks run. */
  readonly tasks: "public" | "inner";
  readonly endpoints: boolean;
  /**
   * Subnets with an IPv6 range of their own. `Isolated` ones never have one: nothing in them would
   * have a way out or in over it.
   */
  readonly ipv6: "none" | "public" | "all";
}

/**
 * One row per choice of egress. The subnets depend on nothing else (not on the variant, not on the
 * load balancer's scheme): a different layout moves the address ranges, and AWS replaces a subnet
 * whose range changes, together with everything in it.
 */
const layouts: Record<
  NetworkEgress,
  Pick<NetworkPlan, "natGateways" | "innerSubnets" | "tasks" | "endpoints">
> = {
  "nat-single": {
    natGateways: "Single",
    innerSubnets: "Private",
    tasks: "inner",
    endpoints: false,
  },
  "nat-per-az": {
    natGateways: "OnePerAz",
    innerSubnets: "Private",
    tasks: "inner",
    endpoints: false,
  },
  endpoints: { natGateways: "None", innerSubnets: "Isolated", tasks: "inner", endpoints: true },
  "public-ip": { natGateways: "None", innerSubnets: "Isolated", tasks: "public", endpoints: false },
};

/**
 * Fills in defaults and reads the layout's row.
 *
 * @throws RunError with everything that is wrong with the range
 */
export function planNetwork(args: {
  cidr?: string;
  availabilityZones?: number;
  availabilityZoneNames?: string[];
  egress?: NetworkEgress;
  ipAddressType?: "ipv4" | "dualstack";
}): NetworkPlan {
  const cidr = args.cidr ?? defaults.network.cidr;
  const { availabilityZoneNames: names } = args;
  const availabilityZones =
    names?.length ?? args.availabilityZones ?? defaults.network.availabilityZones;
  const ofRange = vpcRangeProblems(cidr, availabilityZones);
  const words = [
    ...(names === undefined || (names.length > 1 && new Set(names).size === names.length)
      ? []
      : ["availabilityZoneNames: expected two or more, each once."]),
    ...ofRange.map(({ expected, detail }) => `cidr: expected ${detail ?? expected}.`),
  ];
  if (words.length > 0) {
    throw new RunError(
      ["The network cannot be; nothing of it was created:", ...words].join("\n\n"),
    );
  }
  const layout = layouts[args.egress ?? defaults.network.egress];
  const dualstack = (args.ipAddressType ?? defaults.network.ipAddressType) === "dualstack";
  const inIpv6 = layout.innerSubnets === "Private" ? "all" : "public";
  return {
    cidr,
    availabilityZones,
    availabilityZoneNames: names,
    ...layout,
    ipv6: dualstack ? inIpv6 : "none",
  };
}
