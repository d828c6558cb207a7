/** An existing VPC, or the shape of one that is created. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { cidr } from "../addresses";
import { booleanValue, integerValue, patternValue, enumValue } from "../values";

const subnetId = () =>
  patternValue(/^subnet-[0-9a-f]{8,17}$/, {
    values: "subnet id",
    allowed: "a subnet id: subnet- and 8 to 17 hexadecimal digits",
    example: "subnet-0123456789abcdef0",
  });

const zoneName = () =>
  patternValue(/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/, {
    values: "zone name",
    allowed: "the name of an availability zone: its region and a letter",
    example: "eu-west-1a",
  });

/** `hopwise:network` */
export const network = z.strictObject({
  vpcId: patternValue(/^vpc-[0-9a-f]{8,17}$/, {
    values: "VPC id",
    allowed: "a VPC id: vpc- and 8 to 17 hexadecimal digits",
    example: "vpc-0123456789abcdef0",
  })
    .optional()
    .register(abouts, { means: "Existing VPC. Default: one is created" }),
  vpcCidr: cidr({ versions: [4], example: "10.0.0.0/16" })
    .optional()
    .register(abouts, {
      means:
        "Existing VPC: its IPv4 range, whose forwarding headers nginx trusts. Default: looked up, so that `hopwise plan` does not know it",
    }),
  loadBalancerSubnetIds: z
    .array(subnetId())
    .min(1)
    .optional()
    .register(abouts, {
      example: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      means:
        "Existing VPC: subnets of the load balancer, in two availability zones or more; public ones unless `origin.access` is `vpc-origin`",
    }),
  taskSubnetIds: z.array(subnetId()).min(1).optional().register(abouts, {
    means: "Existing VPC: subnets of the tasks",
  }),
  ipAddressType: enumValue(["ipv4", "dualstack"], {
    synonyms: { ipv4: ["4", "v4"], dualstack: ["6", "v6", "ipv6", "dual"] },
  })
    .default(defaults.network.ipAddressType)
    .register(abouts, {
      means:
        "IP versions of the load balancer. `dualstack`: the subnets of an existing VPC have IPv6 ranges; a created VPC gets one ([docs/network.md](network.md#ipv6))",
    }),
  assignPublicIp: booleanValue().default(false).register(abouts, {
    means:
      "Existing VPC: public IPv4 addresses for the tasks, for subnets without a NAT gateway or endpoints",
  }),
  cidr: cidr({ versions: [4], example: defaults.network.cidr })
    .default(defaults.network.cidr)
    .register(abouts, { means: "Created VPC: its IPv4 range, /16 to /28" }),
  availabilityZones: integerValue(2, 6)
    .default(defaults.network.availabilityZones)
    .register(abouts, { means: "Created VPC: number of availability zones" }),
  availabilityZoneNames: z
    .array(zoneName())
    .min(1)
    .optional()
    .register(abouts, {
      example: ["eu-west-1a", "eu-west-1b"],
      means:
        "Created VPC: its availability zones by name, in place of `network.availabilityZones`, e.g. to leave one out that VPC origins do not support. Default: the region's first ones. A change replaces the subnets",
    }),
  egress: enumValue(["endpoints", "nat-single", "nat-per-az", "public-ip"], {
    synonyms: {
      endpoints: ["none", "isolated", "privatelink", "vpce"],
      "nat-single": ["single", "private", "one"],
      "nat-per-az": ["nats", "multi", "oneperaz"],
      "public-ip": ["internet", "igw", "direct"],
    },
  })
    .default(defaults.network.egress)
    .register(abouts, {
      means:
        "Created VPC: how tasks reach the image registry and the log service: VPC endpoints, one NAT gateway, one per availability zone, or a public address each",
    }),
});
