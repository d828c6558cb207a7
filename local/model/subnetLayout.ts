/** How awsx lays subnets out in a VPC's range. */
import { ipv4Bounds, ipv4Cidr, parseNetwork } from "../../path/networks";

type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

export interface SubnetSpec {
  readonly type: SubnetType;
  readonly name?: string;
  readonly cidrMask?: number;
  /** Hosts; a power of two. */
  readonly size?: number;
  /** A range per zone; then for all specs. */
  readonly cidrBlocks?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly assignIpv6AddressOnCreation?: boolean;
}

export interface PlacedSubnet {
  readonly spec: SubnetSpec;
  /** Index of the availability zone. */
  readonly zone: number;
  readonly cidrBlock: string;
}

const legacyOrder: readonly SubnetType[] = ["Private", "Public", "Isolated", "Unused"];
/** Bits beyond the zone's mask that the `Legacy` strategy gives a subnet. */
const legacyBits: Readonly<Record<SubnetType, number>> = {
  Private: 1,
  Public: 2,
  Isolated: 6,
  Unused: 2,
};
const smallestMask = 28;

/**
 * Ranges of all subnets, zone by zone. The VPC's range is divided evenly between the zones, and each
 * zone's range between its subnets in the order of the specs (`Legacy`: private, public, isolated).
 * https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/#subnet-layout-strategies
 * @throws Error when the range is too small
 */
export function planSubnets(
  vpcCidr: string,
  zones: number,
  specs: readonly SubnetSpec[],
  strategy: string,
  zoneMask?: number,
): PlacedSubnet[] {
  const whole = parseNetwork(vpcCidr);
  const [start] = (whole && ipv4Bounds(whole)) ?? [];
  if (!whole || start === undefined)
    throw new Error(`'${vpcCidr}' is not an IPv4 range such as 10.0.0.0/16.`);
  const mask = zoneMask ?? whole.prefix + bitsFor(zones);
  const legacy = strategy === "Legacy";
  const ordered = legacy
    ? legacyOrder.flatMap((type) => specs.filter((spec) => spec.type === type))
    : specs;
  return Array.from({ length: zones }, (_, zone) => zone).flatMap((zone) => {
    const first = start + zone * 2 ** (32 - mask);
    return inZone({ first, prefix: mask }, ordered, zone, legacy);
  });
}

function inZone(
  area: { readonly first: number; readonly prefix: number },
  specs: readonly SubnetSpec[],
  zone: number,
  legacy: boolean,
): PlacedSubnet[] {
  let next = area.first;
  return specs.map((spec) => {
    const explicit = spec.cidrBlocks?.[zone];
    if (explicit !== undefined) return { spec, zone, cidrBlock: explicit };
    const even = area.prefix + (legacy ? legacyBits[spec.type] : bitsFor(specs.length));
    const bits = spec.cidrMask ?? (spec.size === undefined ? even : 32 - Math.log2(spec.size));
    const size = 2 ** (32 - bits);
    const first = Math.ceil(next / size) * size;
    next = first + size;
    if (bits > smallestMask || next > area.first + 2 ** (32 - area.prefix)) {
      const range = ipv4Cidr(area.first, area.prefix);
      throw new Error(`The zone's range ${range} is too small for ${specs.length} subnets.`);
    }
    return { spec, zone, cidrBlock: ipv4Cidr(first, bits) };
  });
}

const bitsFor = (count: number): number => Math.ceil(Math.log2(count));
