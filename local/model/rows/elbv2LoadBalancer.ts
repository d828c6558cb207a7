/** aws.lb.LoadBalancer */
import { LocalResource, Props, Refusal } from "../types";
import { arn, arnsOf, dnsSuffix, letters, zoneId } from "../ids";
import { booleanAt, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView, vpcOfSubnet } from "../row";
import { matchesPattern, oneOf, range, when } from "../rules";
import { logRefusals, writeTestFiles } from "./elbv2Logs";
import { token } from "../../../topology/tokens";
import { nameRules } from "./elbv2TargetGroup";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const page = `${guide}/application-load-balancers.html`;
const createPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html";

/**
 * Hosted zones of load balancer names; other regions get one drawn from their name.
 * https://docs.aws.amazon.com/general/latest/gr/elb.html
 */
const hostedZones: Readonly<Record<string, string>> = {
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-west-2": "Z1H1FL5HABSF5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "eu-central-1": "Z215JYRZR1TBD5",
  "ap-northeast-1": "Z14GRHDCWA56QT",
};

const loadBalancerZone = (region: string): string => hostedZones[region] ?? zoneId(region);

const subnetIds = (inputs: Props): string[] => [
  ...textsAt(inputs, "subnets[]"),
  ...textsAt(inputs, "subnetMappings[].subnetId"),
];

/** Types of load balancers by the word in their ARNs. */
const kinds: Readonly<Record<string, string>> = {
  app: "application",
  net: "network",
  gwy: "gateway",
};

const isApplication = (inputs: Props): boolean => inputs.loadBalancerType === "application";

function refuse(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const refusals: Refusal[] = [];
  for (const twin of others(candidate, account)) {
    if (twin.outputs.name !== inputs.name || twin.outputs.region !== candidate.region) continue;
    const message = `A load balancer with the same name '${String(inputs.name)}' exists, but with different settings`;
    refusals.push({
      code: "DuplicateLoadBalancerName",
      message,
      property: "name",
      source: createPage,
    });
  }
  const subnets = subnetIds(inputs).flatMap((id) => account.lookup(token.subnet, id) ?? []);
  // The zones of other subnets are not known: each counts as in a separate zone.
  const zones = subnets.map(({ id, urn, outputs }) =>
    urn === ""
      ? id
      : (textAt(outputs, "availabilityZoneId") ?? textAt(outputs, "availabilityZone") ?? id),
  );
  if (isApplication(inputs) && zones.length === subnetIds(inputs).length) {
    if (new Set(zones).size < zones.length) {
      const message =
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
      refusals.push({
        code: "InvalidConfigurationRequest",
        message,
        property: "subnets",
        source: createPage,
      });
    }
    if (new Set(zones).size < 2) {
      const message = "At least two subnets in two different Availability Zones must be specified";
      refusals.push({
        code: "ValidationError",
        message,
        property: "subnets",
        source: `${page}#availability-zones`,
      });
    }
  }
  const withoutIpv6 = subnets.filter(
    ({ urn, outputs }) => urn !== "" && textAt(outputs, "ipv6CidrBlock") === undefined,
  );
  if (textAt(inputs, "ipAddressType")?.startsWith("dualstack") && withoutIpv6.length > 0) {
    const names = withoutIpv6.map(({ name }) => name).join(", ");
    refusals.push({
      code: "InvalidSubnet",
      message: `A dual-stack load balancer needs subnets with an IPv6 CIDR block: ${names} has none`,
      property: "ipAddressType",
      source: `${page}#ip-address-type`,
    });
  }
  const vpcs = [...new Set(subnets.flatMap((subnet) => vpcOfSubnet(subnet) ?? []))];
  if (vpcs.length > 1) {
    const message = `All subnets must belong to the same VPC: they are in ${vpcs.join(" and ")}`;
    refusals.push({
      code: "InvalidConfigurationRequest",
      message,
      property: "subnets",
      source: createPage,
    });
  }
  const [vpc] = vpcs;
  for (const id of textsAt(inputs, "securityGroups[]")) {
    const own = textAt(account.lookup(token.securityGroup, id)?.outputs ?? {}, "vpcId");
    if (vpc === undefined || own === undefined || own === vpc) continue;
    const message = `One or more security groups are invalid: ${id} is in ${own}, and the subnets are in ${vpc}`;
    refusals.push({
      code: "InvalidConfigurationRequest",
      message,
      property: "securityGroups",
      source: createPage,
    });
  }
  const made = vpc !== undefined && subnets.every((subnet) => subnet.urn !== "");
  const gateways = account
    .all(token.internetGateway)
    .filter((gateway) => gateway.outputs.vpcId === vpc);
  if (made && booleanAt(inputs, "internal") === false && gateways.length === 0) {
    const message = `VPC ${vpc} has no internet gateway`;
    refusals.push({
      code: "InvalidSubnet",
      message,
      property: "subnets",
      source: createPage,
      waits: true,
    });
  }
  return [...refusals, ...logRefusals(candidate, account)];
}

function inUse(balancer: LocalResource, account: AccountView): Refusal[] {
  const refusals: Refusal[] = [];
  if (booleanAt(balancer.outputs, "enableDeletionProtection") === true) {
    const message = `Load balancer '${balancer.id}' cannot be deleted because deletion protection is enabled`;
    refusals.push({
      code: "OperationNotPermitted",
      message,
      property: "enableDeletionProtection",
      source: `${page}#deletion-protection`,
    });
  }
  const origins = account
    .all(token.vpcOrigin)
    .filter((o) => textAt(o.outputs, "vpcOriginEndpointConfig.arn") === balancer.id);
  for (const origin of origins) {
    const message = `Load balancer '${balancer.id}' cannot be deleted because it is currently associated with another service: CloudFront VPC origin ${origin.id}`;
    refusals.push({
      code: "ResourceInUse",
      message,
      source:
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html",
    });
  }
  return refusals;
}

export const loadBalancer: ResourceModel = {
  type: token.loadBalancer,
  autoName: { property: "name", maxLength: 32 },
  defaults: () => ({
    loadBalancerType: "application",
    internal: false,
    ipAddressType: "ipv4",
    idleTimeout: 60,
    clientKeepAlive: 3600,
    enableHttp2: true,
    enableDeletionProtection: false,
    dropInvalidHeaderFields: false,
    desyncMitigationMode: "defensive",
    preserveHostHeader: false,
    xffHeaderProcessingMode: "append",
    enableTlsVersionAndCipherSuiteHeaders: false,
    enableXffClientPort: false,
  }),
  rules: [
    ...nameRules("Load balancer", createPage),
    matchesPattern("name", /^(?!internal-)/, "a name", {
      source: createPage,
      message: (name) => `Load balancer name '${name}' cannot begin with 'internal-'`,
    }),
    oneOf("loadBalancerType", ["application", "network", "gateway"], { source: createPage }),
    oneOf("ipAddressType", ["ipv4", "dualstack", "dualstack-without-public-ipv4"], {
      source: createPage,
    }),
    range("idleTimeout", 1, 4000, { source: `${page}#load-balancer-attributes` }),
    range("clientKeepAlive", 60, 604800, { source: `${page}#load-balancer-attributes` }),
    oneOf("desyncMitigationMode", ["monitor", "defensive", "strictest"], {
      source: `${page}#load-balancer-attributes`,
    }),
    oneOf("xffHeaderProcessingMode", ["append", "preserve", "remove"], {
      source: `${guide}/x-forwarded-headers.html`,
    }),
    when((inputs) => !("subnets" in inputs) && !("subnetMappings" in inputs), "subnets", {
      say: "At least two subnets in two different Availability Zones must be specified",
      source: `${page}#availability-zones`,
    }),
    when(
      (inputs) =>
        booleanAt(inputs, "internal") === true &&
        inputs.ipAddressType === "dualstack-without-public-ipv4",
      "ipAddressType",
      {
        say: "An internal load balancer has no public IPv4 address to do without.",
        source: createPage,
      },
    ),
  ],
  references: [
    {
      property: "subnets[]",
      type: token.subnet,
      code: "SubnetNotFound",
      source: createPage,
      message: (id) => `The subnet ID '${id}' is not found`,
    },
    {
      property: "securityGroups[]",
      type: token.securityGroup,
      code: "InvalidSecurityGroup",
      source: createPage,
      message: (id) => `The security group '${id}' does not exist`,
    },
  ],
  refuse,
  replaceOn: ["name", "namePrefix", "internal", "loadBalancerType", "region"],
  outputs: (candidate, account) => {
    const { inputs, region } = candidate;
    const name = String(inputs.name);
    const digits = letters(candidate.hex(16, "name"), 10, "0123456789");
    const host = `${booleanAt(inputs, "internal") === true ? "internal-" : ""}${name}-${digits}`;
    const kind = Object.keys(kinds).find((word) => kinds[word] === inputs.loadBalancerType);
    const suffix = `${kind ?? "app"}/${name}/${candidate.hex(16)}`;
    const id = arn("elasticloadbalancing", region, account.accountId, `loadbalancer/${suffix}`);
    const subnets = subnetIds(inputs);
    return {
      id,
      arn: id,
      arnSuffix: suffix,
      zoneId: loadBalancerZone(region),
      dnsName: `${host}.${region}.elb.${dnsSuffix(region)}`.toLowerCase(),
      vpcId: textAt(account.lookup(token.subnet, subnets[0])?.outputs ?? {}, "vpcId"),
      subnets,
      securityGroups: textsAt(inputs, "securityGroups[]"),
    };
  },
  recomputed: ["subnets", "securityGroups"],
  effect: writeTestFiles,
  inUse,
  outside: {
    id: arnsOf("elasticloadbalancing", "loadbalancer/(app|net|gwy)/"),
    outputs: (id) => ({
      arn: id,
      name: id.split("/")[2],
      region: id.split(":")[3],
      loadBalancerType: kinds[id.split("/")[1] ?? ""],
    }),
  },
};
