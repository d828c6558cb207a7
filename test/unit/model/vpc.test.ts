/** What awsx's VPC component comes to on the local AWS. */
import { expect } from "chai";
import { Account, expandVpc, Ref } from "../../../local/model";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";
import { make } from "./scene";
import { codesOf } from "./support";

const specs = (inner: string): Props => ({
  subnetStrategy: "Auto",
  subnetSpecs: [{ type: "Public" }, { type: inner }],
});

const count = (args: Props, type: string): number =>
  expandVpc("net", args).filter((p) => p.type === type).length;

const two = { numberOfAvailabilityZones: 2 };

describe("expandVpc", () => {
  it("divides the range between two zones, and each zone between its subnets", () => {
    const subnets = expandVpc("net", { ...two, ...specs("Private") }).filter(
      (p) => p.type === token.subnet,
    );
    const shown = subnets.map(({ name, inputs }) => [
      name,
      inputs.cidrBlock,
      inputs.availabilityZone,
    ]);
    expect(shown).to.deep.equal([
      ["net-public-1", "10.0.0.0/18", "us-east-1a"],
      ["net-private-1", "10.0.64.0/18", "us-east-1a"],
      ["net-public-2", "10.0.128.0/18", "us-east-1b"],
      ["net-private-2", "10.0.192.0/18", "us-east-1b"],
    ]);
  });

  it("makes three zones and public and private subnets by default", () => {
    expect(count({}, token.subnet)).to.equal(6);
    expect(count({}, token.natGateway)).to.equal(3);
  });

  const strategies: [strategy: string, inner: string, gateways: number, routes: number][] = [
    ["None", "Isolated", 0, 2],
    ["None", "Private", 0, 2],
    ["Single", "Private", 1, 4],
    ["OnePerAz", "Private", 2, 4],
  ];
  for (const [strategy, inner, gateways, routes] of strategies) {
    it(`${strategy} with ${inner} subnets: ${gateways} NAT gateways, ${routes} routes`, () => {
      const args = { ...two, ...specs(inner), natGateways: { strategy } };
      expect(count(args, token.natGateway)).to.equal(gateways);
      expect(count(args, token.eip)).to.equal(gateways);
      expect(count(args, token.route)).to.equal(routes);
      expect(count(args, token.internetGateway)).to.equal(1);
    });
  }

  it("routes every private subnet through the one gateway, or through its zone's own", () => {
    const gateways = (strategy: string) =>
      expandVpc("net", { ...two, ...specs("Private"), natGateways: { strategy } })
        .flatMap((p) => (p.inputs.natGatewayId instanceof Ref ? [p.inputs.natGatewayId.key] : []))
        .map((key) => key.split("#")[1]);
    expect(gateways("Single")).to.deep.equal(["net-1", "net-1"]);
    expect(gateways("OnePerAz")).to.deep.equal(["net-1", "net-2"]);
  });

  it("never opens an isolated subnet", () => {
    const planned = expandVpc("net", { ...two, ...specs("Isolated") });
    const open = planned.filter((p) => p.type === token.route).map((p) => p.name);
    expect(open).to.deep.equal(["net-public-1", "net-public-2"]);
  });

  it("refuses NAT gateways without private subnets, and ranges that are too small", () => {
    const nat = { ...two, ...specs("Isolated"), natGateways: { strategy: "Single" } };
    expect(() => expandVpc("net", nat)).to.throw(
      /both private and public subnets must be declared/,
    );
    const small = { ...two, ...specs("Private"), cidrBlock: "10.0.0.0/27" };
    expect(() => expandVpc("net", small)).to.throw(/too small/);
    expect(() => expandVpc("net", { numberOfAvailabilityZones: 4 }, "eu-west-1")).to.throw(/has 3/);
  });
});

describe("awsx components in an account", () => {
  it("create the resources and return their ids", () => {
    const account = new Account({ region: "eu-west-1" });
    const { id, outputs } = make(account, token.awsxVpc, "net", { ...two, ...specs("Isolated") });
    expect(id).to.equal("");
    expect(outputs.vpcId).to.match(/^vpc-0/);
    const subnets = outputs.isolatedSubnetIds as string[];
    expect(subnets).to.have.lengthOf(2);
    expect(account.read(token.subnet, subnets[0] ?? "")?.outputs.vpcId).to.equal(outputs.vpcId);
    expect(outputs.privateSubnetIds).to.deep.equal([]);
    expect(outputs.routeTables).to.have.lengthOf(4);
    const child = account.resources.find((r) => r.type === token.subnet);
    expect(child?.urn).to.match(
      /awsx:ec2:Vpc\$aws:ec2\/vpc:Vpc\$aws:ec2\/subnet:Subnet::net-public-1$/,
    );
    expect(child?.parent).to.match(/\$aws:ec2\/vpc:Vpc::net$/);
  });

  it("are refused with their resources", () => {
    const account = new Account();
    const bad = { ...two, ...specs("Private"), cidrBlock: "10.0.0.0/8" };
    expect(codesOf(() => make(account, token.awsxVpc, "net", bad))).to.deep.equal([
      "InvalidVpc.Range",
    ]);
  });

  it("give an image a digest that changes with its context, and only then", () => {
    const uri = (args: Props) => {
      const repositoryUrl = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web";
      return make(new Account(), token.awsxImage, "web", { repositoryUrl, ...args }).outputs
        .imageUri;
    };
    const context = __dirname;
    expect(uri({ context })).to.match(/\/web@sha256:[0-9a-f]{64}$/);
    expect(uri({ context })).to.equal(uri({ context }));
    expect(uri({ context })).to.not.equal(uri({ context: `${context}/cases` }));
    expect(uri({ context })).to.not.equal(uri({ context, platform: "linux/arm64" }));
  });

  it("write a repository's lifecycle rules as ECR takes them", () => {
    const account = new Account();
    const rules = [{ description: "d", tagStatus: "any", maximumNumberOfImages: 10 }];
    const { outputs } = make(account, token.awsxRepository, "Web", { lifecyclePolicy: { rules } });
    expect(outputs.url).to.match(
      /^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/web-[0-9a-f]{7}$/,
    );
    const policy = account.resources.find((r) => r.type === token.lifecyclePolicy)?.inputs.policy;
    expect(JSON.parse(policy as string)).to.deep.include({
      rules: [
        {
          rulePriority: 1,
          description: "d",
          action: { type: "expire" },
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
        },
      ],
    });
  });
});

describe("functions", () => {
  const account = new Account({ region: "eu-west-1" });
  const call = (name: string, args: Props = {}) => account.invoke(name, args);

  it("know the account and its region", () => {
    expect(call("aws:index/getRegion:getRegion").region).to.equal("eu-west-1");
    expect(call("aws:index/getCallerIdentity:getCallerIdentity").accountId).to.equal(
      "123456789012",
    );
    expect(call("aws:index/getPartition:getPartition").partition).to.equal("aws");
    const zones = call("aws:index/getAvailabilityZones:getAvailabilityZones").names;
    expect(zones).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
  });

  it("find CloudFront's prefix list by name, with another id in every region", () => {
    const name = "com.amazonaws.global.cloudfront.origin-facing";
    const token = "aws:ec2/getManagedPrefixList:getManagedPrefixList";
    const here = call(token, { name });
    expect(here.id).to.match(/^pl-[0-9a-f]{8}$/);
    expect(call(token, { name, region: "us-east-1" }).id).to.not.equal(here.id);
    // Somebody's own, perhaps.
    expect(codesOf(() => call(token, { name: "nope" }))).to.deep.equal(["FunctionNotModelled"]);
  });

  it("find a zone by name as by id", () => {
    const byName = call("aws:route53/getZone:getZone", { name: "example.com" });
    expect(byName.zoneId).to.match(/^Z[A-Z0-9]+$/);
    const byId = call("aws:route53/getZone:getZone", { zoneId: byName.zoneId });
    expect(byId.name).to.equal("example.com");
  });

  it("describe a given VPC and subnet", () => {
    const vpc = call("aws:ec2/getVpc:getVpc", { id: "vpc-0123456789abcdef0" });
    expect(vpc.cidrBlock).to.equal("10.0.0.0/16");
    const subnet = call("aws:ec2/getSubnet:getSubnet", { id: "subnet-0123456789abcdef0" });
    expect(subnet.vpcId).to.equal("vpc-0123456789abcdef0");
  });

  it("that are not modelled say so, with those that are", () => {
    expect(() => call("aws:s3/getBucket:getBucket")).to.throw(
      /does not know.*getManagedPrefixList/s,
    );
  });
});
