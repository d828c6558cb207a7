/** What AWS refuses, as a table: each row's inputs are refused with its code, and accepted without. */
import { expect } from "chai";
import { token } from "../../../topology/tokens";
import { randoms } from "../../../local/model/rows/random";
import { rows } from "../../../local/model/rows";
import { type Refusal, UNKNOWN } from "../../../local/model/types";
import type { Case } from "./cases/case";
import { clientCertificates } from "./cases/clientCertificates";
import { logs } from "./cases/logs";
import { names } from "./cases/names";
import { loadBalancers } from "./cases/load-balancers";
import { listeners } from "./cases/listeners";
import { networks } from "./cases/networks";
import { cloudfront } from "./cases/cloudfront";
import { deployments } from "./cases/deployments";
import { ecs } from "./cases/ecs";
import { others } from "./cases/others";
import { queries } from "./cases/queries";
import { s3 } from "./cases/s3";
import { scaling } from "./cases/scaling";
import { waf } from "./cases/waf";
import { dashboards } from "./cases/dashboards";
import { watching } from "./cases/watching";
import { make, scene, type Scene } from "./scene";
import { refusalsOf, withValues } from "./support";
import { checkInputs } from "../../../local/model/inputs";

const cases: readonly Case[] = [
  ...[...names, ...loadBalancers, ...listeners, ...networks],
  ...[...cloudfront, ...ecs, ...deployments, ...others, ...s3, ...logs, ...queries],
  ...clientCertificates,
  ...[...watching, ...dashboards, ...waf, ...scaling],
];

/** Paths of everything in a value: leaves, bags and lists. */
function pathsOf(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = Array.isArray(value)
      ? `${prefix}[${key}]`
      : [prefix, key].filter(Boolean).join(".");
    return [own, ...pathsOf(inner, own)];
  });
}

let kept: { readonly s: Scene; readonly size: number } | undefined;

/** A scene in which nothing has been made: the last one, since what is refused leaves nothing. */
function untouched(): Scene {
  if (kept === undefined || isTouched(kept.s)) {
    const s = scene();
    kept = { s, size: s.account.resources.length };
  }
  return kept.s;
}

const isTouched = (s: Scene): boolean => s.account.resources.length !== kept?.size;

/** What AWS refuses of a case, and where. */
function refused({ type, wrong }: Case): {
  readonly s: Scene;
  readonly refusals: readonly Refusal[];
} {
  const s = untouched();
  const inputs = withValues(s.valid(type), wrong(s));
  return { s, refusals: refusalsOf(() => make(s.account, type, "subject", inputs)) };
}

describe("what AWS refuses", () => {
  for (const one of cases) {
    const { what, type, code, says } = one;
    it(`${type.split(":").pop() ?? ""}: ${what}`, () => {
      const { s, refusals } = refused(one);
      expect(refusals.map((r) => r.code)).to.include(code);
      if (says) {
        const texts = refusals.filter((r) => r.code === code).map((r) => r.message);
        expect(
          texts.some((text) => says.test(text)),
          texts.join(" / "),
        ).to.equal(true);
      }
      // Of an untouched scene the test below says it of each type, once.
      if (isTouched(s))
        expect(refusalsOf(() => make(s.account, type, "subject", s.valid(type)))).to.deep.equal([]);
    });
  }

  it("takes the valid inputs of every type", () => {
    for (const type of scene().types) {
      const s = scene();
      const refusals = refusalsOf(() => make(s.account, type, "subject", s.valid(type)));
      expect(refusals, type).to.deep.equal([]);
    }
  });

  it("has a case for every type of the scene", () => {
    const untested = scene().types.filter((type) => !cases.some((c) => c.type === type));
    expect(untested).to.deep.equal([]);
  });

  it("has valid inputs for every modelled type but those of which nothing is refused here", () => {
    const { types } = scene();
    const missing = [...rows.keys()].filter((type) => !types.includes(type));
    expect(missing).to.have.members([
      ...[token.routeTable, token.eip, token.prefixList, token.zone],
      ...[token.dockerImage, token.dockerBuildImage, token.bucketObject],
      ...[token.originAccessControl, token.cloudfrontFunction],
      ...randoms.map(({ type }) => type).filter((type) => type !== token.randomPassword),
    ]);
  });

  it("reports everything at once", () => {
    const s = scene();
    const inputs = withValues(s.valid(token.targetGroup), { port: 0, "healthCheck.interval": 1 });
    const properties = refusalsOf(() => make(s.account, token.targetGroup, "x", inputs)).map(
      (r) => r.property,
    );
    expect(properties).to.include.members(["port", "healthCheck.interval"]);
  });

  it("judges no unknown value, however deep it is nested", () => {
    const s = scene();
    for (const type of s.types) {
      const valid = s.valid(type);
      expect(checkInputs(type, valid), type).to.deep.equal([]);
      for (const path of pathsOf(valid)) {
        const found = checkInputs(type, withValues(valid, { [path]: UNKNOWN }));
        expect(found, `${type} with ${path} unknown`).to.deep.equal([]);
      }
    }
  });

  it("never shows a header's value", () => {
    const s = scene();
    const secret = `hush-${"x".repeat(130)}`;
    const rule = withValues(s.valid(token.listenerRule), {
      "conditions[0].httpHeader.values": [secret],
    });
    const messages = refusalsOf(() => make(s.account, token.listenerRule, "x", rule)).map(
      (r) => r.message,
    );
    expect(messages.join()).to.match(/128/).and.not.include("hush");
  });

  it("cites a page for every refusal of the table but the provider's own", () => {
    for (const one of cases.filter((c) => c.code === "ValidationError"))
      for (const { source, message } of refused(one).refusals.filter((r) => r.code === one.code))
        expect(source, message).to.match(/^https:\/\//);
  });
});

describe("rules of a security group", () => {
  const list = (s: Scene, version: 4 | 6): unknown =>
    s.account.invoke("aws:ec2/getManagedPrefixList:getManagedPrefixList", {
      name: `com.amazonaws.global${version === 6 ? ".ipv6" : ""}.cloudfront.origin-facing`,
    }).id;
  const add = (s: Scene, name: string, more: object) =>
    make(s.account, token.securityGroupIngress, name, {
      securityGroupId: s.ids.spareGroup,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      ...more,
    });

  it("CloudFront's list fits once for each IP version", () => {
    const s = scene();
    add(s, "v4", { prefixListId: list(s, 4) });
    expect(refusalsOf(() => add(s, "v6", { prefixListId: list(s, 6) }))).to.deep.equal([]);
  });

  it("and not a second time, because it weighs 55 of 60", () => {
    const s = scene();
    add(s, "https", { prefixListId: list(s, 4) });
    const second = refusalsOf(() =>
      add(s, "http", { prefixListId: list(s, 4), fromPort: 80, toPort: 80 }),
    );
    expect(second.map((r) => r.code)).to.deep.equal(["RulesPerSecurityGroupLimitExceeded"]);
    expect(second[0]?.message).to.match(/110 of 60 for IPv4/);
  });

  it("leaves room for five more ranges", () => {
    const s = scene();
    add(s, "https", { prefixListId: list(s, 4) });
    for (let i = 0; i < 5; i++) add(s, `r${i}`, { cidrIpv4: `192.0.2.${i}/32` });
    expect(refusalsOf(() => add(s, "sixth", { cidrIpv4: "192.0.2.9/32" })).length).to.equal(1);
    expect(refusalsOf(() => add(s, "v6", { cidrIpv6: "2001:db8::/32" }))).to.deep.equal([]);
  });

  it("counts a group's inline rules, alone and together with separate rules", () => {
    const s = scene();
    const inline = (n: number) => ({
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      prefixListIds: [list(s, 4)],
      cidrBlocks: Array.from({ length: n }, (_, i) => `192.0.2.${i}/32`),
    });
    const group = (name: string, n: number) =>
      make(s.account, token.securityGroup, name, { vpcId: s.ids.vpc, ingress: [inline(n)] });
    expect(refusalsOf(() => group("over", 6)).map((r) => [r.code, r.property])).to.deep.equal([
      ["RulesPerSecurityGroupLimitExceeded", "ingress"],
    ]);
    const securityGroupId = group("full", 5).id;
    const more = refusalsOf(() => add(s, "more", { securityGroupId, cidrIpv4: "10.0.0.0/8" }));
    expect(more.map((r) => r.message)).to.match(/61 of 60 for IPv4/);
    const again = refusalsOf(() => add(s, "again", { securityGroupId, cidrIpv4: "192.0.2.3/32" }));
    expect(again.map((r) => r.code)).to.deep.equal(["InvalidPermission.Duplicate"]);
  });

  it("are as many as AWS has raised the quota to, without CloudFront's list", () => {
    const s = scene();
    for (let i = 0; i < 61; i++) add(s, `r${i}`, { cidrIpv4: `192.0.2.${i}/32` });
    expect(
      refusalsOf(() => add(s, "https", { prefixListId: list(s, 4) })).map(({ code }) => code),
    ).to.deep.equal(["RulesPerSecurityGroupLimitExceeded"]);
  });

  it("takes two peers that are not known for two", () => {
    const s = scene();
    add(s, "one", { referencedSecurityGroupId: UNKNOWN });
    expect(refusalsOf(() => add(s, "two", { referencedSecurityGroupId: UNKNOWN }))).to.deep.equal(
      [],
    );
  });
});

describe("a Fargate task", () => {
  it("has the largest size, and memory for a file system", () => {
    const s = scene();
    const inputs = s.valid(token.taskDefinition);
    const [container] = JSON.parse(String(inputs.containerDefinitions)) as object[];
    const tmpfs = [{ containerPath: "/run", size: 64, mountOptions: ["mode=1777"] }];
    const containerDefinitions = JSON.stringify([{ ...container, linuxParameters: { tmpfs } }]);
    const large = withValues(inputs, { containerDefinitions, cpu: "32768", memory: "249856" });
    expect(refusalsOf(() => make(s.account, token.taskDefinition, "large", large))).to.deep.equal(
      [],
    );
  });
});

describe("a container", () => {
  it("takes TCP and UDP at one port", () => {
    const s = scene();
    const inputs = s.valid(token.taskDefinition);
    const [container] = JSON.parse(String(inputs.containerDefinitions)) as object[];
    const portMappings = ["tcp", "udp"].map((protocol) => ({ containerPort: 8125, protocol }));
    const both = withValues(inputs, {
      containerDefinitions: JSON.stringify([{ ...container, portMappings }]),
    });
    expect(refusalsOf(() => make(s.account, token.taskDefinition, "statsd", both))).to.deep.equal(
      [],
    );
  });
});

describe("automatic names", () => {
  const name = (logical: string, type = token.targetGroup) => {
    const s = scene();
    const inputs = withValues(s.valid(type), { name: undefined });
    return make(s.account, type, logical, inputs).outputs.name as string;
  };

  it("are the logical name, a hyphen and seven hexadecimal digits", () => {
    expect(name("web")).to.match(/^web-[0-9a-f]{7}$/);
  });

  it("fit up to a logical name of 24 characters", () => {
    expect(name("a".repeat(24))).to.have.lengthOf(32);
    const refusals = refusalsOf(() => name("a".repeat(25)));
    expect(refusals[0]?.message).to.equal(
      `name '${"a".repeat(25)}-' plus 7 random chars is longer than maximum length 32`,
    );
  });

  it("differ from a replaced resource's", () => {
    const s = scene();
    const { account } = s;
    const inputs = withValues(s.valid(token.targetGroup), { name: undefined });
    const first = make(account, token.targetGroup, "web", inputs);
    const second = make(account, token.targetGroup, "web", inputs);
    expect(first.id).to.not.equal(second.id);
    expect(first.outputs.name).to.not.equal(second.outputs.name);
  });
});
