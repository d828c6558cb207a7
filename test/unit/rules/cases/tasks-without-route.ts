import type { DeclaredResource, Props } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { everything, ids, resource } from "../program";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const region = "com.amazonaws.eu-west-1";
const made: Readonly<Record<string, string>> = {
  private: "subnet-0aaaaaaaaaaaaaaaa",
  public: "subnet-0bbbbbbbbbbbbbbbb",
  table: "rtb-0aaaaaaaaaaaaaaaa",
  "public-table": "rtb-0bbbbbbbbbbbbbbbb",
  gateway: "igw-0aaaaaaaaaaaaaaaa",
  nat: "nat-0aaaaaaaaaaaaaaaa",
};
const ec2 = (type: string, name: string, inputs: Props): DeclaredResource => {
  const token = `aws:ec2/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
  const id = made[name];
  return resource(token, name, inputs, { ...(id !== undefined && { id }) });
};
const all = (target: Props): Props => ({ cidrBlock: "0.0.0.0/0", ...target });

/** A private subnet with a table of its own, and a public one with a NAT gateway. */
const network = ({
  routes = [],
  publicRoutes = [all({ gatewayId: made.gateway })],
  table = made.table,
}: {
  readonly routes?: Props[];
  readonly publicRoutes?: Props[];
  readonly table?: unknown;
} = {}): DeclaredResource[] => [
  resource(
    "aws:ec2/vpc:Vpc",
    "vpc",
    { cidrBlock: "10.0.0.0/16" },
    { id: vpcId, mainRouteTableId: "rtb-0cccccccccccccccc" },
  ),
  ec2("InternetGateway", "gateway", { vpcId }),
  ec2("Subnet", "private", { vpcId, cidrBlock: "10.0.1.0/24" }),
  ec2("Subnet", "public", { vpcId, cidrBlock: "10.0.2.0/24" }),
  ec2("RouteTable", "table", { vpcId, routes }),
  ec2("RouteTable", "public-table", { vpcId, routes: publicRoutes }),
  ec2("RouteTableAssociation", "of-private", { subnetId: made.private, routeTableId: table }),
  ec2("RouteTableAssociation", "of-public", {
    subnetId: made.public,
    routeTableId: made["public-table"],
  }),
  ec2("NatGateway", "nat", { subnetId: made.public, allocationId: "eipalloc-0123456789abcdef0" }),
];
const service = (changes: Props = {}): Props => ({
  launchType: "FARGATE",
  networkConfiguration: { subnets: [made.private], securityGroups: [ids.taskGroup], ...changes },
});
const definition = (container: Props): Props => ({
  containerDefinitions: JSON.stringify([
    { name: "nginx", portMappings: [{ containerPort: 8080 }], ...container },
  ]),
});
const inEcr = { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1" };
const endpoint = (service: string, changes: Props = {}) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
    ...{ vpcId, serviceName: `${region}.${service}`, vpcEndpointType: "Interface" },
    ...{ securityGroupIds: ["sg-given"], subnetIds: [made.private] },
    ...changes,
  });
const s3 = (routeTableId = made.table) =>
  endpoint("s3", { vpcEndpointType: "Gateway", routeTableIds: [routeTableId] });
const program = (changes: Readonly<Record<string, Props>>, ...more: DeclaredResource[]) =>
  plus(sound({ web: service(), ...changes }), ...more);
const viaNat = [all({ natGatewayId: made.nat })];

export const cases: Case = {
  broken: {
    "no route": [
      program({}, ...network()),
      "web",
      /cannot pull the image nginx\S*: in their subnet private there is no route to the internet, so that no task starts/,
    ],
    "the main table of a new VPC": [
      program({}, ...network().filter(({ name }) => name !== "of-private")),
      "web",
      /no route to the internet/,
    ],
    "an internet gateway, without a public address": [
      program({ web: service({ subnets: [made.public] }) }, ...network()),
      "web",
      /without assignPublicIp they have no public address/,
    ],
    "a NAT gateway in a subnet without a route": [
      program({}, ...network({ routes: viaNat, publicRoutes: [] })),
      "web",
      /NAT gateway nat, whose own subnet public has no route/,
    ],
    "a capacity provider": [
      program(
        {
          web: {
            ...service(),
            ...{
              launchType: undefined,
              capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }],
            },
          },
        },
        ...network(),
      ),
      "web",
      /no route/,
    ],
    "one of two subnets": [
      program(
        { web: service({ subnets: [made.public, made.private], assignPublicIp: true }) },
        ...network(),
      ),
      "web",
      /subnet private .*no task starts there\./,
    ],
    "an endpoint too few": [
      program(
        { definition: definition(inEcr) },
        ...network(),
        ...[endpoint("ecr.dkr"), endpoint("ecr.api")],
      ),
      "web",
      /cannot pull the image 1234.*web:1:.*VPC endpoints of ecr\.api, ecr\.dkr, s3/s,
    ],
    "the gateway endpoint of another table": [
      program(
        { definition: definition(inEcr) },
        ...network(),
        ...[endpoint("ecr.dkr"), endpoint("ecr.api"), s3(made["public-table"])],
      ),
      "web",
      /cannot pull/,
    ],
    "logs without an endpoint": [
      program(
        {
          definition: definition({
            ...inEcr,
            logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "web" } },
          }),
        },
        ...network(),
        ...[endpoint("ecr.dkr"), endpoint("ecr.api"), s3()],
      ),
      "web",
      /cannot write to CloudWatch Logs/,
    ],
    "a secret without an endpoint": [
      program(
        {
          definition: definition({
            ...inEcr,
            secrets: [
              {
                name: "TOKEN",
                valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:t",
              },
            ],
          }),
        },
        ...network(),
        ...[endpoint("ecr.dkr"), endpoint("ecr.api"), s3()],
      ),
      "web",
      /cannot read the secret TOKEN/,
    ],
    "no egress": [
      program({
        "task-group": {
          egress: undefined,
        },
      }),
      "web",
      /no rule of their security group lets them out to port 443/,
    ],
  },
  fine: {
    "a NAT gateway": program({}, ...network({ routes: viaNat })),
    "a route of its own": program(
      {},
      ...network(),
      ec2("Route", "out", {
        ...{ routeTableId: made.table, destinationCidrBlock: "0.0.0.0/0" },
        natGatewayId: made.nat,
      }),
    ),
    "an internet gateway and a public address": program(
      { web: service({ subnets: [made.public], assignPublicIp: true }) },
      ...network(),
    ),
    "every endpoint": program(
      { definition: definition(inEcr) },
      ...network(),
      ...[endpoint("ecr.dkr"), endpoint("ecr.api"), s3()],
    ),
    "a transit gateway, behind which nobody knows what is": program(
      {},
      ...network({ routes: [all({ transitGatewayId: "tgw-0123456789abcdef0" })] }),
    ),
    "a registry that may be in the VPC": program(
      { definition: definition({ image: "registry.internal:5000/web" }) },
      ...network(),
    ),
    "subnets of another program": program({ web: service({ subnets: ["subnet-given"] }) }),
    "a table of another program": program({}, ...network({ table: "rtb-given" })),
    "instances, which pull images by themselves": program(
      { web: { ...service(), launchType: "EC2" } },
      ...network(),
    ),
    "egress over HTTPS": program(
      {
        "task-group": { egress: [{ ...everything, protocol: "tcp", fromPort: 443, toPort: 443 }] },
      },
      ...network({ routes: viaNat }),
    ),
  },
  fix: "a NAT gateway",
  unknown: {
    "the routes": program({}, ...network({ routes: unknown as never })),
    "the table": program({}, ...network({ table: unknown })),
    "the subnets": program({ web: service({ subnets: unknown }) }, ...network()),
    "the address": program(
      { web: service({ subnets: [made.public], assignPublicIp: unknown }) },
      ...network(),
    ),
    "the egress": program({ "task-group": { egress: unknown } }),
    "the containers": program({ definition: { containerDefinitions: unknown } }, ...network()),
  },
};
