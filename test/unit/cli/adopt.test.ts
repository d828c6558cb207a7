/** Which resources of a stack a component takes over, and what AWS would replace. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { plainAdoption, planAdoption } from "../../../cli/adopt/adoption";
import type { Matchable } from "../../../cli/adopt/match";
import { readState } from "../../../cli/adopt/state";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../topology/resource";

const before = (type: string, name: string, inputs: Props, outputs: Props = {}): Matchable => ({
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  ...{ type, inputs, id: `old ${name}`, outputs: { arn: `old arn of ${name}`, ...outputs } },
});
const child = (type: string, name: string, inputs: Props, outputs: Props = {}): Matchable => ({
  urn: `urn:pulumi:dev::shop::hopwise:index:H1ViaCloudfront$${type}::${name}`,
  ...{ type, inputs, id: `new ${name}`, outputs: { arn: `new arn of ${name}`, ...outputs } },
});

const balancer = { internal: false };
const group = { port: 80, protocol: "HTTP", targetType: "ip", vpcId: "vpc-1" };
const state = [
  before(token.loadBalancer, "front", { ...balancer, name: "front" }),
  before(token.targetGroup, "one", group),
  before(token.targetGroup, "other", { ...group, port: 81 }),
  before(token.listener, "https", {
    ...{ loadBalancerArn: "old arn of front", port: 443 },
    defaultActions: [{ type: "forward", targetGroupArn: "old arn of one" }],
  }),
  before(token.listener, "http", { loadBalancerArn: "old arn of front", port: 80 }),
  before(token.service, "web", {
    loadBalancers: [{ targetGroupArn: "old arn of one", containerPort: 8080 }],
    networkConfiguration: { securityGroups: ["old tasks"] },
  }),
  before(token.securityGroup, "tasks", {}),
];
const program = ({ lb = {}, tg = {} }: { lb?: Props; tg?: Props } = {}): Matchable[] => [
  child(token.loadBalancer, "shop-alb", { ...balancer, ...lb }),
  child(token.targetGroup, "shop-tasks", { ...group, port: 8080, ...tg }),
  child(token.listener, "shop-listener", {
    ...{ loadBalancerArn: "new arn of shop-alb", port: 443 },
    defaultActions: [{ type: "fixed-response" }],
  }),
  child(token.service, "shop", {
    loadBalancers: [{ targetGroupArn: "new arn of shop-tasks", containerPort: 8080 }],
    networkConfiguration: { securityGroups: ["new shop-tasks-group"] },
  }),
  child(token.securityGroup, "shop-tasks-group", {}),
];
const name = ({ urn }: Matchable): string => urn.split("::").at(-1) ?? "";
const takenOver = (plan: ReturnType<typeof planAdoption>) =>
  plan.adopted.map(({ was, child: to }) => `${name(was)} ${name(to)}`).sort();

describe("hopwise adopt", () => {
  it("has a form for machines, which names resources and has nothing of their properties", () => {
    const shown = JSON.parse(JSON.stringify(plainAdoption(planAdoption(state, program())))) as {
      readonly adopted: readonly Record<string, unknown>[];
    };
    expect(shown).to.have.all.keys("adopted", "replaced", "created", "deleted", "needed");
    expect(shown.adopted.find(({ was }) => was === state[1]?.urn)).to.deep.equal({
      ...{ was: state[1]?.urn, child: program()[1]?.urn, keeps: ["port"], keepsAtFirst: [] },
      ...{ addsAtFirst: {}, changes: [] },
    });
    expect(JSON.stringify(shown)).not.to.match(/"(inputs|outputs)"/);
  });

  it("follows references from what there is one of, and tells listeners apart by port", () => {
    const plan = planAdoption(state, program());
    expect(takenOver(plan)).to.deep.equal([
      ...["front shop-alb", "https shop-listener", "one shop-tasks", "web shop"],
    ]);
    expect(plan.deleted.map(name)).to.deep.equal(["other", "http", "tasks"]);
    expect(plan.created.map(name)).to.deep.equal(["shop-tasks-group"]);
    expect(plan.needed.map(name)).to.deep.equal(["tasks"]);
  });

  it("shows no change where only the id of what is taken over differs", () => {
    const plan = planAdoption(state, program());
    const [service] = plan.adopted.filter(({ was }) => name(was) === "web");
    expect(service?.changes.map(({ path: at }) => at)).to.deep.equal([
      "networkConfiguration.securityGroups[0]",
    ]);
  });

  it("keeps what AWS sets once and no path depends on, and the open listener at first", () => {
    const { adopted } = planAdoption(state, program());
    const of = (wanted: string) => adopted.find(({ was }) => name(was) === wanted);
    expect(of("front")?.keeps).to.deep.equal(["name"]);
    expect(of("one")?.keeps).to.deep.equal(["port"]);
    expect(of("https")).to.deep.include({ keeps: [], keepsAtFirst: ["defaultActions"] });
  });

  const fixed: [what: string, changed: Parameters<typeof program>[0], was: string, path: string][] =
    [
      ["another scheme", { lb: { internal: true } }, "front", "internal"],
      ["another version", { tg: { protocolVersion: "HTTP2" } }, "one", "protocolVersion"],
      ["another VPC", { tg: { vpcId: "vpc-2" } }, "one", "vpcId"],
    ];
  for (const [what, changed, was, at] of fixed)
    it(`says that ${what} replaces the resource`, () => {
      const { replaced, adopted } = planAdoption(state, program(changed));
      const found = replaced.find((one) => name(one.was) === was);
      expect(found?.because.map(({ path: place }) => place)).to.deep.equal([at]);
      expect(adopted.map((one) => name(one.was))).to.not.include(was);
      if (was === "one") expect(adopted.flatMap((one) => one.keepsAtFirst)).to.deep.equal([]);
    });

  it("leaves open which of two it is, and takes the caller's word", () => {
    const two = [...state, before(token.loadBalancer, "second", balancer)];
    expect(takenOver(planAdoption(two, program()))).to.not.include("front shop-alb");
    const [front, alb] = [two[0]?.urn ?? "", program()[0]?.urn ?? ""];
    expect(takenOver(planAdoption(two, program(), new Map([[front, alb]])))).to.include(
      "front shop-alb",
    );
  });

  it("takes over nothing that the program still declares, nor for what is no component's", () => {
    const still = [...program(), ...state];
    expect(planAdoption(state, still).adopted).to.deep.equal([]);
    const renamed = before(token.loadBalancer, "renamed", balancer);
    expect(planAdoption(state, [renamed]).adopted).to.deep.equal([]);
  });

  describe("a state", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-state-"));
    after(() => {
      fs.rmSync(folder, { recursive: true });
    });
    const read = (text: string) => {
      const file = path.join(folder, "state.json");
      fs.writeFileSync(file, text);
      return readState(file);
    };
    const urn = "urn:pulumi:dev::shop::aws:lb/loadBalancer:LoadBalancer::front";
    const resource = { urn, type: token.loadBalancer, custom: true, id: "arn:lb", outputs: {} };

    it("is read without what the provider filled in, and without secrets", () => {
      const inputs = {
        ...{ __defaults: ["name"], name: "front-1234567", internal: true },
        accessLogs: { __defaults: ["enabled"], enabled: false, bucket: "logs" },
        tags: {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          ciphertext: "v1:abc",
        },
      };
      const others = [
        { ...resource, delete: true },
        { ...resource, custom: false },
        { ...resource, type: "pulumi:providers:aws" },
      ];
      const resources = [{ ...resource, inputs }, ...others];
      const [one, ...more] = read(JSON.stringify({ version: 3, deployment: { resources } }));
      expect(more).to.deep.equal([]);
      expect(one?.inputs).to.have.keys(["internal", "accessLogs", "tags"]);
      expect(one?.inputs.accessLogs).to.deep.equal({ bucket: "logs" });
      expect(one?.inputs.tags).to.be.a("symbol");
    });

    for (const [what, text] of [
      ["no JSON", "{"],
      ["no state", "{}"],
    ] as const)
      it(`is refused where it is ${what}, with the command that writes one`, () => {
        expect(() => read(text)).to.throw(/--state.*pulumi stack export --file state.json/);
      });
  });
});
