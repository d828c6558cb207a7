/** What a VPC's range can be, and how many tasks find room in it. */
import { defaults } from "./defaults";
import { cidrContains, cidrsOverlap, parseCidr, resized } from "./networks";

/**
 * Ranges that AWS takes for no VPC.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv4
 */
const refusedVpcRanges: readonly string[] = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/4",
];

/** The one of {@link refusedVpcRanges} that a range lies in or shares addresses with. */
export function refusedVpcRange(cidr: string): string | undefined {
  return refusedVpcRanges.find((range) => cidrsOverlap(range, cidr));
}

/**
 * Reserved for a use to come: AWS's page neither lists it nor rules it out.
 * https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
export const reservedRange = "240.0.0.0/4";

/** True for a range of addresses that are not in use. */
export const isReserved = (cidr: string): boolean => cidrContains(reservedRange, cidr);

/** A VPC's range, by AWS: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const vpcSize = { largest: 16, smallest: 28 } as const;

/** A load balancer's subnet: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones-considerations */
const smallestSubnet = 27;

/**
 * Bits by which a subnet of a created VPC is smaller than the VPC. awsx rounds the zones up to a
 * power of two and halves each zone's part, for a public subnet and another:
 * https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/subnetDistributorNew.ts
 */
const subnetBits = (availabilityZones: number): number =>
  Math.ceil(Math.log2(availabilityZones)) + 1;

/** What is wrong with the range of a created VPC. */
export interface VpcRangeProblem {
  /** What must hold, without the range that was given. */
  readonly expected: string;
  /** The same with what was found. */
  readonly detail?: string;
  /** The range that is nearest to the one that was given. */
  readonly write?: string;
}

/** What AWS refuses, or has no room for subnets in; empty where nothing is wrong. */
export function vpcRangeProblems(cidr: string, availabilityZones: number): VpcRangeProblem[] {
  const { largest } = vpcSize;
  const smallest = smallestSubnet - subnetBits(availabilityZones);
  const prefix = parseCidr(cidr)?.prefix ?? 0;
  const refused = refusedVpcRange(cidr);
  const outside = (ranges: string): string =>
    `a range outside ${ranges}, which AWS takes for no VPC, preferably a private one, such as ${defaults.network.cidr}`;
  return [
    ...(prefix >= largest && prefix <= smallest
      ? []
      : [
          {
            expected: `a range of /${largest} to /${smallest}: a VPC is /${largest} to /${vpcSize.smallest}, and in it each availability zone of network.availabilityZones gets two subnets, /${smallestSubnet} or larger`,
            write: resized(cidr, Math.min(smallest, Math.max(largest, prefix))),
          },
        ]),
    ...(refused === undefined
      ? []
      : [{ expected: outside(refusedVpcRanges.join(", ")), detail: outside(refused) }]),
  ];
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: the first four and the last. */
const reservedInSubnet = 5;

/** The page that says how many addresses of a subnet AWS keeps. */
export const subnetSizing = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

/** Addresses of an IPv4 subnet that AWS leaves to what runs in it; undefined for no IPv4 range. */
export function addressesIn(cidr: string): number | undefined {
  const range = parseCidr(cidr);
  if (range?.ipVersion !== 4) return undefined;
  return Math.max(0, 2 ** (32 - range.prefix) - reservedInSubnet);
}

/** The most tasks that find an address in a created VPC; undefined for no IPv4 range. */
export function roomForTasks(cidr: string, availabilityZones: number): number | undefined {
  const prefix = parseCidr(cidr)?.prefix;
  if (prefix === undefined) return undefined;
  const each = addressesIn(`0.0.0.0/${Math.min(32, prefix + subnetBits(availabilityZones))}`);
  return each === undefined ? undefined : each * availabilityZones;
}

/**
 * Targets that a target group, and a load balancer, take unless AWS has raised the quota.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const targetQuota = 1000;
