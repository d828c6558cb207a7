/** The parts that decide by themselves: the network, the roles, CloudFront's behaviour, timeouts. */
import { expect } from "chai";
import { Network, type NetworkArgs, NginxImage } from "../../../components";
import { behaviorsOf } from "../../../components/edge/behaviors";
import { stopTimeoutSeconds } from "../../../components/service/containers";
import { ecrRepositoryArn, executionPolicyDocument } from "../../../components/service/taskRoles";
import { record } from "./record";

describe("Network", () => {
  const build = async (args: NetworkArgs) => {
    let network: Network | undefined;
    const made = await record(() => (network = new Network("web", args)));
    const ids = (output: { apply: (use: (value: string[]) => void) => unknown } | undefined) =>
      new Promise<string[]>((resolve) => output?.apply(resolve));
    return {
      made,
      network,
      tasks: await ids(network?.taskSubnetIds),
      publics: await ids(network?.publicSubnetIds),
      internals: await ids(network?.internalSubnetIds),
    };
  };

  const rows = [
    { egress: "nat-single", gateways: 1, tasks: "internals", publicIp: false, endpoints: 0 },
    { egress: "nat-per-az", gateways: 2, tasks: "internals", publicIp: false, endpoints: 0 },
    { egress: "endpoints", gateways: 0, tasks: "internals", publicIp: false, endpoints: 4 },
    { egress: "public-ip", gateways: 0, tasks: "publics", publicIp: true, endpoints: 0 },
  ] as const;
  for (const row of rows) {
    it(`${row.egress}: ${row.gateways} NAT gateways, ${row.endpoints} endpoints, tasks in the ${row.tasks}`, async () => {
      const built = await build({ egress: row.egress });
      expect(built.made.all("NatGateway")).to.have.length(row.gateways);
      expect(built.made.all("VpcEndpoint")).to.have.length(row.endpoints);
      expect(built.tasks).to.deep.equal(built[row.tasks]);
      expect(built.network?.assignPublicIp).to.equal(row.publicIp);
      expect(built.publics).to.have.length(2);
      expect(built.internals).to.have.length(2);
      expect(built.internals).not.to.have.members(built.publics);
    });
  }

  it("has its range, its zones and a NAT gateway by default", async () => {
    const { made, internals } = await build({ cidr: "10.9.0.0/16", availabilityZones: 3 });
    expect(made.all("Vpc").map((vpc) => vpc.inputs.cidrBlock)).to.include("10.9.0.0/16");
    expect(internals).to.have.length(3);
    expect(made.all("NatGateway")).to.have.length(1);
  });

  it("has the zones that are named, and no number of them", async () => {
    const names = ["us-east-1b", "us-east-1d", "us-east-1e"];
    const { made, internals } = await build({ availabilityZoneNames: names });
    const vpc = made.all("Vpc").find(({ type }) => type.startsWith("awsx:"));
    expect(vpc?.inputs).to.not.have.property("numberOfAvailabilityZones");
    expect(internals).to.have.length(3);
    const zones = made.all("Subnet").map(({ inputs }) => inputs.availabilityZone);
    expect([...new Set(zones)]).to.deep.equal(names);
  });

  it("refuses zones that are no two", () => {
    for (const availabilityZoneNames of [["us-east-1a"], ["us-east-1a", "us-east-1a"]])
      expect(() => new Network("web", { availabilityZoneNames })).to.throw(
        /availabilityZoneNames: expected two or more, each once/,
      );
  });

  it("gives the endpoints to the registry, the log service and S3, closed to everybody at first", async () => {
    const { made } = await build({ egress: "endpoints" });
    const services = made
      .all("VpcEndpoint")
      .map((e) => [
        String(e.inputs.serviceName).split(".").slice(3).join("."),
        e.inputs.vpcEndpointType,
      ])
      .sort();
    expect(services).to.deep.equal([
      ["ecr.api", "Interface"],
      ["ecr.dkr", "Interface"],
      ["logs", "Interface"],
      ["s3", "Gateway"],
    ]);
    expect(made.all("SecurityGroupIngressRule")).to.deep.equal([]);
    expect(made.all("SecurityGroupEgressRule")).to.deep.equal([]);
  });

  it("lets only the account's own credentials through the endpoints, and image layers from S3", async () => {
    const { made } = await build({ egress: "endpoints" });
    const allowed = (name: string): unknown[] => {
      const policy = String(made.named("VpcEndpoint", name).inputs.policy);
      const { Statement } = JSON.parse(policy) as { Statement: Record<string, unknown>[] };
      return Statement.map(({ Action, Resource, Condition }) => [Action, Resource, Condition]);
    };
    const own = [...["*", "*"], { StringEquals: { "aws:PrincipalAccount": "123456789012" } }];
    for (const name of ["web-ecr-api", "web-ecr-dkr", "web-logs"])
      expect(allowed(name)).to.deep.equal([own]);
    expect(allowed("web-s3")).to.deep.equal([
      own,
      ["s3:GetObject", "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*", undefined],
    ]);
  });

  it("leaves AWS's policy where none is documented", async () => {
    const { made } = await build({ egress: "endpoints", endpointServices: ["ssmmessages"] });
    expect(made.named("VpcEndpoint", "web-ssmmessages").inputs).not.to.have.property("policy");
  });
});

describe("NginxImage", () => {
  it("keeps ten builds, which ECR stores as three images each", async () => {
    const made = await record(() => new NginxImage("web"));
    const { rules } = JSON.parse(String(made.one("LifecyclePolicy").inputs.policy)) as {
      rules: { selection: object }[];
    };
    expect(rules.map(({ selection }) => selection)).to.deep.equal([
      { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 30 },
    ]);
  });
});

describe("permissions of the execution role", () => {
  const logs = "arn:aws:logs:eu-west-1:123456789012:log-group:web";
  const images: [string, string | undefined][] = [
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:1.2",
      "arn:aws:ecr:eu-west-1:123456789012:repository/team/web",
    ],
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:00",
      "arn:aws:ecr:eu-west-1:123456789012:repository/web",
    ],
    ["public.ecr.aws/nginx/nginx:1", undefined],
    ["nginx:1", undefined],
    ["evil.example.com/123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1", undefined],
  ];
  for (const [image, arn] of images) {
    it(`${image} is ${arn ?? "no private ECR image"}`, () => {
      expect(ecrRepositoryArn(image, "aws")).to.equal(arn);
    });
  }

  it("names each repository once", () => {
    const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1";
    const document = JSON.stringify(executionPolicyDocument([image, image], logs, "aws"));
    expect(document.match(/repository\/web/g)).to.have.length(1);
  });

  it("asks ECR for nothing where no image is there", () => {
    expect(JSON.stringify(executionPolicyDocument(["nginx:1"], logs, "aws"))).not.to.include(
      "ecr:",
    );
  });
});

describe("the behaviour of the service", () => {
  for (const grpc of [false, true]) {
    it(`lets gRPC through: ${String(grpc)}`, () => {
      const { defaultCacheBehavior } = behaviorsOf({ grpc });
      expect(defaultCacheBehavior.grpcConfig).to.deep.equal(grpc ? { enabled: true } : undefined);
    });
  }
});

describe("stop timeout", () => {
  for (const [drain, stop] of [
    [0, 5],
    [30, 35],
    [115, 120],
    [120, 120],
  ] as const) {
    it(`is ${stop} s for a drain of ${drain} s, within Fargate's 120`, () => {
      expect(stopTimeoutSeconds(drain)).to.equal(stop);
    });
  }
});
