/** What is said of settings that are right, and what a region or a name from a file can hold. */
import { expect } from "chai";
import { parseSettings, SettingsError } from "../../../config";
import { direct, edge, named, type Raw } from "./rows";
import { context, problemsOf } from "./support";

const findings = (raw: Raw, around = context) => parseSettings(raw, around).findings;
const codes = (raw: Raw, around = context) => findings(raw, around).map(({ code }) => code);
const entry = (name: string, value: unknown) =>
  JSON.parse(`{"${name}":${JSON.stringify(value)}}`) as Raw;

describe("a region", () => {
  it("that nobody knows is a warning, with the one that is near", () => {
    const [found] = findings(edge, { stack: "prod", region: "eu-wset-1" });
    expect(found).to.include({ code: "region-unknown", severity: "warning" });
    expect(found?.message).to.contain("eu-wset-1");
    expect(found?.change).to.contain("pulumi config set --stack prod aws:region eu-west-1");
    expect(found?.source).to.match(/^https:/);
    expect(findings(edge, { region: "qq-nowhere-77" })[0]?.change).not.to.contain("config set");
  });

  for (const region of ["eu-west-1", "us-east-2", "ap-southeast-7", undefined])
    it(`${region ?? "that is not set"} is nothing to speak of`, () => {
      expect(codes(edge, { region })).to.deep.equal([]);
    });

  for (const region of ["cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1"])
    it(`of another partition is an error: ${region}`, () => {
      for (const settings of [edge, direct]) {
        const [problem, ...more] = problemsOf(settings, { region, stack: "s" });
        expect(more).to.deep.equal([]);
        expect(problem).to.include({ key: "aws:region", found: `"${region}"` });
        expect(problem?.expected).to.match(/standard partition/);
        expect(problem?.change).to.equal("pulumi config set --stack s aws:region '<value>'");
      }
    });
});

describe("a root file system that the app may write to", () => {
  const app = (more: object): Raw => ({
    ...edge,
    service: { app: { image: "a:1", port: 3000, ...more } },
  });

  it("is a note", () => {
    const [found] = findings(app({ readOnlyRoot: false }));
    expect(found).to.include({ code: "app-root-writable", severity: "note" });
    expect(found?.change).to.contain("service.app.readOnlyRoot");
  });

  it("is nothing to speak of where it is not", () => {
    expect(codes(app({}))).to.deep.equal([]);
    expect(codes(app({ readOnlyRoot: true }))).to.deep.equal([]);
  });
});

describe("a region with a zone that has no VPC origins", () => {
  const existing = {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    loadBalancerSubnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
    taskSubnetIds: ["subnet-0a1b2c3d4e5f60718"],
  };
  const tokyo = { region: "ap-northeast-1" };

  it("is a note, with what a created or an existing VPC can do", () => {
    const [created, ...more] = findings(edge, tokyo);
    expect(more).to.deep.equal([]);
    expect(created).to.include({ code: "vpc-origin-zone-not-known", severity: "note" });
    expect(created?.message).to.contain("apne1-az3");
    expect(created?.change).to.contain("set network.availabilityZoneNames");
    const [adopted] = findings({ ...edge, network: existing }, tokyo);
    expect(adopted?.change).to.contain("network.loadBalancerSubnetIds");
  });

  it("is nothing to speak of for zones that were chosen, and without a VPC origin", () => {
    const zones = ["ap-northeast-1a", "ap-northeast-1c"];
    expect(codes({ ...edge, network: { availabilityZoneNames: zones } }, tokyo)).to.be.empty;
    expect(codes(named, tokyo)).not.to.include("vpc-origin-zone-not-known");
    expect(codes(edge, { region: "eu-west-1" })).to.be.empty;
  });
});

describe("an alarm of a certificate", () => {
  const alarm = (thresholds: object): Raw => ({
    variant: "h2-direct",
    domain: { name: "www.hopwise.dev", zoneName: "hopwise.dev" },
    alarms: { enabled: true, thresholds },
  });

  it("that fires before ACM renews is a note", () => {
    const [found, ...more] = findings(alarm({ certificateDays: 45 }));
    expect(more).to.deep.equal([]);
    expect(found).to.include({ code: "certificate-alarm-before-renewal", severity: "note" });
    expect(found?.change).to.contain("less than 45");
  });

  it("is nothing to speak of below that, or by default", () => {
    for (const thresholds of [{ certificateDays: 44 }, {}])
      expect(codes(alarm(thresholds))).to.deep.equal([]);
  });
});

describe("a placeholder that was left in", () => {
  const left: readonly (readonly [string, Raw, RegExp])[] = [
    ["a domain", named, /domain\.name holds/],
    [
      "an address",
      { ...edge, alarms: { enabled: true, email: "ops@example.net" } },
      /alarms\.email/,
    ],
    [
      "an account",
      { ...edge, service: { clusterArn: "arn:aws:ecs:eu-west-1:111122223333:cluster/x" } },
      /clusterArn/,
    ],
    [
      "two of them",
      { ...direct, viewers: { allowedCidrs: ["203.0.113.0/24"] } },
      /domain\.name and viewers\.allowedCidrs hold/,
    ],
  ];
  for (const [what, raw, message] of left)
    it(`is a note: ${what}`, () => {
      const [found, ...more] = findings(raw);
      expect(more).to.deep.equal([]);
      expect(found).to.include({ code: "placeholder-left", severity: "note" });
      expect(found?.message).to.match(message);
    });

  it("is none in names that only look like one", () => {
    const domain = { name: "app.my-example.com", zoneName: "my-example.com" };
    expect(codes({ ...named, domain })).to.deep.equal([]);
    expect(codes({ ...named, domain: { name: "example.com.au" } })).to.deep.equal([]);
  });
});

describe("names that a JavaScript object treats in its own way", () => {
  it("are kept among the tags, with a warning where Pulumi loses one", () => {
    const { tags, findings } = parseSettings({ ...edge, tags: entry("__proto__", "x") }, context);
    expect(Object.entries(tags)).to.deep.equal([["__proto__", "x"]]);
    expect(findings.map(({ code }) => code)).to.deep.equal(["tag-dropped"]);
    expect(codes({ ...edge, tags: { toString: "x" } })).to.deep.equal([]);
  });

  it("are kept in an environment", () => {
    const app = { image: "a:1", port: 3000, environment: entry("__proto__", 7) };
    const { service } = parseSettings({ ...edge, service: { app } }, context);
    expect(Object.entries(service.app?.environment ?? {})).to.deep.equal([["__proto__", "7"]]);
  });

  it("have values that are checked", () => {
    const [problem] = problemsOf({ ...edge, tags: entry("__proto__", { a: 1 }) });
    expect(problem?.key).to.equal("hopwise:tags.__proto__");
    expect(problem?.expected).to.match(/text of up to 256/);
  });
});

describe("control characters of a stack file", () => {
  it("are written out, wherever they stand", () => {
    const evil = "\u001b[31m\u009b2J\u202e";
    const raw = { ...edge, [evil]: 1, service: { image: evil, [evil]: 2 }, tags: { [evil]: evil } };
    try {
      parseSettings(raw, { stack: evil, region: `cn-${evil}` });
      expect.fail("these settings are wrong");
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      expect(error.problems).to.have.length(5);
      // eslint-disable-next-line no-control-regex -- these are the ones that are looked for
      expect(error.message).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    expect(findings(edge, { region: evil })[0]?.message).to.contain("\\x1b[31m");
  });
});
