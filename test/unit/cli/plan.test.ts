import Ajv2020 from "ajv/dist/2020";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { comparePlans } from "../../../cli/plan/diff";
import type { EvaluatedStack } from "../../../cli/plan/evaluateStack";
import { makePlan } from "../../../cli/plan/make";
import { comparableResources } from "../../../cli/plan/properties";
import type { Plan } from "../../../cli/plan/types";
import { fixedMonthlyCost, total } from "../../../cost/monthly";
import { prices } from "../../../cost/prices";
import { Account } from "../../../local/model/account";
import type { LocalResource } from "../../../local/model/types";
import { stack as handWritten } from "../../local/stacks/resources";
import { committedStacks } from "../../committedStacks";
import { committedStack, evaluatedHere } from "../evaluated";

const projectDir = path.join(__dirname, "..", "..", "..");
const schema = JSON.parse(
  readFileSync(path.join(projectDir, "docs", "plan.schema.json"), "utf8"),
) as object;
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
const valid = ajv.compile(schema);

/** The errors of a document, as text; empty where it is as the schema says. */
function schemaErrors(document: unknown): string {
  return valid(JSON.parse(JSON.stringify(document))) ? "" : ajv.errorsText(valid.errors);
}

/** Resources by hand as an evaluated stack. */
function evaluated(resources: readonly LocalResource[], secrets: string[] = []): EvaluatedStack {
  const account = new Account({ region: "ap-northeast-1" });
  return {
    project: "by-hand",
    stack: "test",
    region: "ap-northeast-1",
    problems: [],
    evaluation: {
      stack: "test",
      cwd: ".",
      account,
      resources,
      outputs: {},
      refusals: [],
      notChecked: [],
      logs: [],
      secrets: new Set(secrets),
    },
  };
}

const closed = { version: "HTTP1", edge: "public", listener: "HTTPS", port: 8080 } as const;

describe("a plan", () => {
  const stacks = new Map<string, EvaluatedStack>();
  before(async () => {
    for (const name of committedStacks) stacks.set(name, await committedStack(name));
  });
  const stackOf = (name: string): EvaluatedStack => {
    const found = stacks.get(name);
    if (!found) throw new Error(`no stack ${name}`);
    return found;
  };
  const planOf = (name: string): Plan => makePlan(stackOf(name));

  for (const name of committedStacks)
    it(`${name}: has no error, and its JSON is as the published schema says`, () => {
      const plan = planOf(name);
      expect(plan.verdict).to.equal("ok");
      expect(plan.findings.filter(({ severity }) => severity === "error")).to.deep.equal([]);
      expect(schemaErrors(plan)).to.equal("");
    });

  it("is refused by the schema when something is missing or too much", () => {
    const plan = planOf("dev");
    expect(schemaErrors({ ...plan, verdict: "fine" })).to.not.equal("");
    expect(schemaErrors({ ...plan, more: 1 })).to.not.equal("");
    expect(schemaErrors({ ...plan, paths: [{ ...plan.paths[0], hops: undefined }] })).to.not.equal(
      "",
    );
  });

  it("counts every resource once, under the component that made it", () => {
    const { components, resources } = planOf("prod");
    const real = stackOf("prod").evaluation.resources.filter(({ id }) => id !== "");
    expect(components.count).to.equal(real.length);
    expect(resources).to.have.length(real.length);
    const path = components.children.find(({ type }) => type.endsWith(":H1ViaCloudfront"));
    const groups = path?.children.find(({ type }) => type.endsWith(":PathSecurityGroups"));
    expect(groups?.types).to.include({ "aws:ec2/securityGroup:SecurityGroup": 2 });
    expect(resources.find(({ type }) => type.endsWith(":Distribution"))?.in).to.deep.equal([
      "H1ViaCloudfront web",
      "PathDistribution web",
    ]);
  });

  it("says what is open to whom, and which of it to the internet", () => {
    const ways = (name: string): string[] =>
      planOf(name)
        .openings.filter(({ direction }) => direction === "in")
        .map((o) => `${o.internet ? "internet! " : ""}${o.who} > ${o.of}:${o.ports}`);
    expect(ways("prod")).to.deep.equal([
      "internet! the internet > CloudFront web:80, 443",
      "CloudFront (IPv4) > security group web-alb:443",
      "security group web-alb > security group web-tasks:8080",
    ]);
    expect(ways("h2")).to.deep.equal([
      "internet! the internet (IPv4) > security group web-alb:443",
      "security group web-alb > security group web-tasks:8080",
    ]);
  });

  it("says who carries an opening, and why it is there", () => {
    const opening = planOf("prod").openings.find(({ ports }) => ports === "443");
    expect(opening?.usedBy).to.deep.equal(["lb LoadBalancer web-alb"]);
    expect(opening?.why).to.equal("HTTPS from CloudFront (IPv4)");
  });

  it("reads descriptions and peers of inline rules too", () => {
    const s = handWritten(closed);
    const ingress = [
      {
        protocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrBlocks: ["203.0.113.0/24"],
        description: "Office",
      },
      {
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlocks: ["0.0.0.0/0"],
        ipv6CidrBlocks: ["::/0"],
      },
    ];
    s.add("aws:ec2/securityGroup:SecurityGroup", "old", { ingress }, {}, "sg-old");
    const { openings } = makePlan(evaluated(s.resources));
    const old = openings.filter((o) => o.of === "security group old");
    expect(
      old.map(({ who, ports, why, internet }) => ({ who, ports, why, internet })),
    ).to.deep.equal([
      { who: "the internet (IPv4)", ports: "all", why: "old: ingress[1]", internet: true },
      { who: "the internet (IPv6)", ports: "all", why: "old: ingress[1]", internet: true },
      { who: "203.0.113.0/24", ports: "22", why: "Office", internet: false },
    ]);
  });

  it("sums the fixed cost of the stack's region, and names what it does not know", () => {
    const { cost } = planOf("prod");
    const table = prices["eu-west-1"];
    const sum = table && total(fixedMonthlyCost(stackOf("prod").evaluation.resources, table));
    expect(cost.monthly).to.be.closeTo(sum ?? 0, 0.01);
    expect(cost.items.reduce((all, { monthly }) => all + monthly, 0)).to.be.closeTo(
      cost.monthly ?? 0,
      0.2,
    );
    expect(cost.unknown).to.deep.equal([]);
    const s = handWritten(closed);
    s.add("aws:rds/instance:Instance", "db", {});
    const other = makePlan({ ...evaluated(s.resources), region: "mars-north-1" }).cost;
    expect(other).to.not.have.property("monthly");
    expect(other.unknown.map(({ type }) => type)).to.include("aws:rds/instance:Instance");
  });

  it("marks the hop that breaks, with what a request gets there", () => {
    const s = handWritten({ ...closed, version: "HTTP2" });
    const plan = makePlan(evaluated(s.resources));
    const broken = plan.paths[0]?.hops.map((hop) => [hop.to, hop.broken?.status]);
    expect(broken).to.deep.equal([
      ["cloudfront", undefined],
      ["load-balancer", undefined],
      ["container", 464],
    ]);
    expect(plan.verdict).to.equal("error");
    expect(plan.findings.map(({ code }) => code)).to.include("edge-http1-to-http2-target");
    expect(schemaErrors(plan)).to.equal("");
  });

  it("marks the hop to a load balancer that CloudFront cannot reach", () => {
    const s = handWritten(closed);
    const resources = s.with("aws:lb/loadBalancer:LoadBalancer", "web", { internal: true });
    const hops = makePlan(evaluated(resources)).paths[0]?.hops;
    expect(hops?.find(({ broken }) => broken)?.to).to.equal("load-balancer");
    expect(hops?.find(({ broken }) => broken)?.broken?.status).to.equal(504);
  });

  it("shows no secret, wherever it stands", () => {
    const s = handWritten(closed);
    const hidden = "s3cr3tOfTheEdge42";
    s.add("aws:ec2/securityGroup:SecurityGroup", `group-${hidden}`, {}, {}, "sg-secret");
    s.add("aws:ec2/securityGroupRule:SecurityGroupRule", "in", {
      securityGroupId: "sg-secret",
      type: "ingress",
      protocol: "tcp",
      fromPort: 1,
      toPort: 1,
      cidrBlocks: ["10.0.0.0/8"],
      description: `for ${hidden}`,
    });
    const plain = evaluated(s.resources);
    expect(JSON.stringify(makePlan(plain))).to.include(hidden);
    const kept = evaluated(s.resources, [hidden, "s3cr3t"]);
    expect(JSON.stringify(makePlan(kept))).to.not.include(hidden);
    const resources = [...comparableResources(kept).values()];
    expect(JSON.stringify(resources.map((r) => [...r.properties]))).to.not.include("s3cr3t");
    expect(
      [...comparableResources(plain).values()].some((r) =>
        [...r.properties.values()].includes(hidden),
      ),
    ).to.equal(true);
  });

  for (const name of ["dev", "prod"])
    it(`${name}: shows no secret of the stack's own`, () => {
      const { secrets } = stackOf(name).evaluation;
      expect(secrets.size).to.be.greaterThan(0);
      const text =
        JSON.stringify(planOf(name)) +
        JSON.stringify(
          [...comparableResources(stackOf(name)).values()].map((r) => [...r.properties]),
        );
      for (const secret of secrets) expect(text).to.not.include(secret);
    });

  it("assumes, and says so, what the program does not have", () => {
    const s = handWritten(closed);
    const resources = s.without("aws:ec2/securityGroup:SecurityGroup", "lb-sg");
    const plan = makePlan(evaluated(resources));
    expect(plan.assumed.join()).to.match(/security group of the load balancer web is not one/);
  });
});

describe("a refused program's plan", () => {
  it("has the problems of its settings", async () => {
    const evaluation = await evaluatedHere(
      path.join(__dirname, "plan-programs", "settings"),
      "dev",
    );
    const plan = makePlan(evaluation);
    expect(plan).to.include({ complete: false, verdict: "error" });
    expect(plan.refusals[0]?.message).to.include("The size is not a size");
    expect(schemaErrors(plan)).to.equal("");
  });

  it("has the path that was refused, with the hop that breaks", async () => {
    const evaluation = await evaluatedHere(path.join(__dirname, "plan-programs", "refused"), "dev");
    const plan = makePlan(evaluation);
    expect(plan).to.include({ complete: false, verdict: "error" });
    expect(plan.refusals).to.deep.equal([]);
    expect(plan.findings[0]?.code).to.equal("edge-http1-to-http2-target");
    expect(plan.paths[0]?.hops.find(({ broken }) => broken)?.broken?.status).to.equal(464);
    expect(schemaErrors(plan)).to.equal("");
  });
});

describe("a comparison of stacks", () => {
  const compare = (
    a: readonly LocalResource[],
    b: readonly LocalResource[],
    secrets: string[] = [],
  ) => {
    const [one, other] = [a, b].map((resources) => {
      const of = evaluated(resources, secrets);
      return { plan: makePlan(of), resources: comparableResources(of) };
    });
    if (!one || !other) throw new Error("two stacks are compared");
    return comparePlans(one, other);
  };

  it("finds nothing between a stack and itself", () => {
    const { resources } = handWritten(closed);
    const diff = compare(resources, resources);
    expect(diff.same).to.equal(true);
    expect(schemaErrors(diff)).to.equal("");
  });

  it("finds a changed property, its hop, its findings and its requests", () => {
    const s = handWritten(closed);
    const changed = s.with("aws:lb/targetGroup:TargetGroup", "tasks", { protocolVersion: "HTTP2" });
    const diff = compare(s.resources, changed);
    expect(diff.same).to.equal(false);
    expect(diff.resources.changed.map(({ name, properties }) => [name, properties])).to.deep.equal([
      ["tasks", [{ what: "protocolVersion", from: "HTTP1", to: "HTTP2" }]],
    ]);
    expect(diff.findings.added.map(({ code }) => code)).to.include("edge-http1-to-http2-target");
    const [hop] = diff.paths.changed[0]?.hops ?? [];
    expect(hop?.changes.map(({ what }) => what)).to.deep.equal(["protocols", "broken"]);
    const http2 = diff.paths.changed[0]?.requests.find(({ what }) => what === "a viewer, HTTP/2");
    expect(http2?.to).to.equal("464");
    expect(schemaErrors(diff)).to.equal("");
  });

  it("shows nothing of JSON that is secret as a whole but what cannot be the secret", () => {
    const s = handWritten(closed);
    const definitions = (image: string, value: string): string =>
      JSON.stringify([{ name: "app", image, environment: [{ name: "KEY", value }] }]);
    const withTask = (text: string, secretString: string): LocalResource[] => {
      const made = (type: string, inputs: object): LocalResource => ({
        ...{ urn: `urn:${type}`, type, name: "own", id: type, inputs: { ...inputs } },
        outputs: { ...inputs },
      });
      return [
        ...s.resources,
        made("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: text }),
        made("aws:secretsmanager/secretVersion:SecretVersion", { secretString }),
      ];
    };
    const texts = [
      ...[definitions("web:1", "hunter2"), definitions("web:2", "hunter3")],
      ...['{"password":"hunter4"}', '{"password":"hunter5"}'],
    ] as const;
    const [first, second, one, other] = texts;
    const diff = compare(withTask(first, one), withTask(second, other), [...texts]);
    expect(JSON.stringify(diff)).not.to.match(/hunter/);
    const changed = diff.resources.changed.flatMap(({ properties }) => properties);
    expect(changed).to.deep.equal([
      { what: "containerDefinitions[0].image", from: "web:1", to: "web:2" },
    ]);
  });

  it("does not take ids that AWS gives for differences", () => {
    const rename = (resources: readonly LocalResource[]): LocalResource[] =>
      JSON.parse(
        JSON.stringify(resources)
          .replaceAll("50dc6c495c0c9188", "0123456789abcdef")
          .replaceAll("73e2d6bc24d8a067", "fedcba9876543210")
          .replaceAll("web-1234567890", "web-999"),
      ) as LocalResource[];
    const { resources } = handWritten(closed);
    expect(compare(resources, rename(resources)).resources.changed).to.deep.equal([]);
  });

  it("finds what is there in one of them only, and what it opens and costs", () => {
    const s = handWritten(closed);
    const before = [...s.resources];
    s.add("aws:ec2/natGateway:NatGateway", "nat", {});
    s.add("aws:ec2/securityGroup:SecurityGroup", "ssh", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
    });
    const diff = compare(before, s.resources);
    expect(diff.resources.added.map(({ name }) => name)).to.deep.equal(["nat", "ssh"]);
    expect(diff.openings.added.map(({ ports, internet }) => [ports, internet])).to.deep.equal([
      ["22", true],
    ]);
    expect(diff.cost.items).to.deep.equal([{ what: "NAT gateway", from: null, to: "45.26" }]);
    expect(compare(s.resources, before).resources.removed.map(({ name }) => name)).to.deep.equal([
      "nat",
      "ssh",
    ]);
  });

  it("shows no secret, not even as the difference", () => {
    const s = handWritten(closed);
    const other = s.with("aws:lb/listenerRule:ListenerRule", "secret", {
      conditions: [
        { httpHeader: { httpHeaderName: "X-Origin-Secret", values: ["another-secret"] } },
      ],
    });
    const text = JSON.stringify(
      compare(s.resources, other, ["s3cr3tOfTheEdge42", "another-secret"]),
    );
    expect(text).to.not.match(/s3cr3t|another-secret/);
  });
});
