/** What a created VPC looks like: plain values to plain values. */
import { defaults } from "../../path/defaults";
import { RunError } from "@pulumi/pulumi/errors";
import { vpcRangeProblems } from "../../path/vpcs";

/** How tasks reach the registry and the log service. */
export type Egress = "endpoints" | "nat-single" | "nat-per-az" | "public-ip";

export interface NetworkPlan {
  readonly cidr: string;
  readonly availabilityZones: number;
  readonly natGateways: "None" | "Single" | "OnePerAz";
  /**
   * The subnets beside the public ones. `Private` routes out through a NAT gateway, `Isolated` has
   * no way out. Internal load balancers always live here.
   */
  readonly innerSubnets: "Private" | "Isolated";
  /** Where tasks run. */
  readonly tasks: "public" | "inner";
  readonly endpoints: boolean;
}

/**
 * One row per choice of egress. The subnets depend on nothing else (not on the variant, not on the
 * load balancer's scheme): another layout moves the address ranges, and AWS replaces a subnet whose
 * range changes together with all that lives in it.
 */
const layouts: Record<
  Egress,
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
  egress?: Egress;
}): NetworkPlan {
  const cidr = args.cidr ?? defaults.network.cidr;
  const availabilityZones = args.availabilityZones ?? defaults.network.availabilityZones;
  const problems = vpcRangeProblems(cidr, availabilityZones);
  if (problems.length > 0) {
    const words = problems.map(({ expected, detail }) => `cidr: expected ${detail ?? expected}.`);
    throw new RunError(
      ["The network cannot be; nothing of it was created:", ...words].join("\n\n"),
    );
  }
  return {
    cidr,
    availabilityZones,
    ...layouts[args.egress ?? defaults.network.egress],
  };
}
