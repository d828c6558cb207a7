import { expect } from "chai";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { loadSettings, parseSettings, SettingsError } from "../../../config";
import { defaults } from "../../../path/defaults";
import { adopted, direct, edge, named, type Raw } from "./rows";

const certificates = {
  edgeCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/edge",
  loadBalancerCertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/balancer",
};

describe("settings", () => {
  it("take every default from path/defaults.ts", () => {
    const {
      appUser,
      appReadOnlyRoot,
      appBehindNginx,
      appProtocols,
      appHealthCheck,
      sidecarHealthCheck,
      scaling,
      spot,
      ...service
    } = defaults.service;
    const image = "a:1";
    const sidecars = { agent: { image, healthCheck: { command: ["true"] } } };
    expect(
      parseSettings({ ...named, service: { sidecars } }).service.sidecars.agent?.healthCheck,
    ).to.deep.equal({ command: ["true"], ...sidecarHealthCheck });
    const app = { image: "a:1", port: 3000 };
    expect(parseSettings({ ...named, service: { app } }).service.app).to.include({
      user: appUser,
      readOnlyRoot: appReadOnlyRoot,
      behindNginx: appBehindNginx,
    });
    const sized = parseSettings({
      ...named,
      service: { scaling: { max: 6 }, spot: { percent: 50 } },
    }).service;
    const { cpuPercent, timezone, ...cooldowns } = scaling;
    expect([cpuPercent, timezone]).to.deep.equal([60, "UTC"]);
    expect(sized.scaling).to.deep.equal({
      min: service.count,
      max: 6,
      schedules: {},
      ...cooldowns,
    });
    expect(sized.spot).to.deep.equal({ percent: 50, ...spot });
    expect(appProtocols).to.deep.equal(["http1"]);
    expect(appHealthCheck.path).to.equal("/");
    expect(parseSettings(named)).to.deep.equal({
      variant: "h1-via-cloudfront",
      domain: { ...defaults.domain, name: "app.example.com", zone: { name: "example.com" } },
      network: { kind: "create", ...defaults.network },
      service: { ...service, sidecars: {}, taskRoleStatements: [], volumes: {} },
      services: {},
      grpc: defaults.grpc,
      origin: defaults.origin,
      viewers: defaults.viewers,
      waf: defaults.waf,
      logs: { ...defaults.logs, forceDestroy: true },
      alarms: defaults.alarms,
      dashboard: defaults.dashboard,
      detection: defaults.detection,
      deletionProtection: defaults.deletionProtection,
      tags: {},
      secrets: [],
      findings: parseSettings(named).findings,
    });
  });

  it("do not share lists with the defaults", () => {
    expect(parseSettings(direct).viewers.allowedCidrs).not.to.equal(defaults.viewers.allowedCidrs);
  });

  it("read objects as Pulumi hands them over, as JSON", () => {
    const raw = { variant: "h1-via-cloudfront", origin: '{"access":"vpc-origin"}' };
    expect(parseSettings(raw)).to.deep.equal(parseSettings(edge));
  });

  it("take quoted and bare numbers, booleans and text for the same", () => {
    const quoted = { redirectHttp: "true", minimumTls: "1.3" };
    const bare = { redirectHttp: true, minimumTls: 1.3 };
    const app = {
      image: "a:1",
      port: "3000",
      user: "1001",
      environment: { PORT: "3000", ON: "true" },
    };
    const bareApp = { image: "a:1", port: 3000, user: 1001, environment: { PORT: 3000, ON: true } };
    expect(
      parseSettings({ ...direct, viewers: quoted, service: { count: "3", app } }),
    ).to.deep.equal(
      parseSettings({ ...direct, viewers: bare, service: { count: 3, app: bareApp } }),
    );
  });

  it("count a key without a value, and an empty group, as not set", () => {
    const empty: Raw = { domain: "{}", network: "", tags: "{}", viewers: '{"httpVersions":null}' };
    const nested = { origin: '{"access":"vpc-origin","timeouts":null}' };
    expect(parseSettings({ ...edge, ...empty, ...nested })).to.deep.equal(parseSettings(edge));
  });

  it("tell a given VPC from a created one", () => {
    expect(parseSettings({ ...edge, network: adopted }).network).to.deep.equal({
      kind: "adopt",
      vpcCidr: undefined,
      ...adopted,
      ipAddressType: "ipv4",
      assignPublicIp: false,
    });
    expect(parseSettings({ ...edge, network: { egress: "endpoints" } }).network).to.deep.equal({
      kind: "create",
      cidr: "10.0.0.0/16",
      availabilityZones: 2,
      egress: "endpoints",
      ipAddressType: "ipv4",
    });
  });

  it("give the app its user and environment", () => {
    const { app } = parseSettings({
      ...edge,
      service: { app: { image: "a:1", port: 3000 } },
    }).service;
    expect(app).to.deep.equal({
      image: "a:1",
      port: 3000,
      user: "1000",
      behindNginx: true,
      protocols: ["http1"],
      readOnlyRoot: true,
      dependsOn: {},
      healthCheck: {
        path: "/",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        startPeriod: 60,
      },
      environment: {},
      secrets: {},
    });
  });
});

describe("the hosted zone", () => {
  const zone = (domain: Raw, variant = "h1-via-cloudfront") =>
    parseSettings({ variant, domain: { name: "a.b.example.com", ...domain } }).domain?.zone;
  const { edgeCertificateArn, loadBalancerCertificateArn } = certificates;

  it("is the name without its first label", () => {
    expect(zone({})).to.deep.equal({ name: "b.example.com" });
  });
  it("is the name itself where that has two labels", () => {
    expect(zone({ name: "example.com" })).to.deep.equal({ name: "example.com" });
  });
  it("is the one that is named", () => {
    expect(zone({ zoneName: "example.com" })).to.deep.equal({ name: "example.com" });
    expect(zone({ zoneId: "Z0123456789" })).to.deep.equal({ id: "Z0123456789" });
  });
  it("is none where every certificate is given and no zone is", () => {
    expect(zone(certificates)).to.equal(undefined);
    expect(zone({ loadBalancerCertificateArn }, "h2-direct")).to.equal(undefined);
  });
  it("is needed where a certificate is missing", () => {
    expect(zone({ edgeCertificateArn })).to.deep.equal({ name: "b.example.com" });
    expect(zone({ loadBalancerCertificateArn })).to.deep.equal({ name: "b.example.com" });
  });
  it("is kept where it is named, whatever is given", () => {
    expect(zone({ ...certificates, zoneName: "example.com" })).to.deep.equal({
      name: "example.com",
    });
  });
});

describe("loadSettings", () => {
  afterEach(() => {
    setAllConfig({});
  });

  it("reads the stack's own namespace and the provider's region", () => {
    const cluster = "arn:aws:ecs:us-east-1:111122223333:cluster/shared";
    const own = {
      "hopwise:variant": "h2-direct",
      "hopwise:domain": '{"name":"h2.example.com"}',
      "hopwise:service": JSON.stringify({ clusterArn: cluster }),
      "other:thing": "x",
    };
    setAllConfig({ ...own, "aws:region": "us-east-1" });
    expect(loadSettings().service.clusterArn).to.equal(cluster);
    setAllConfig({ ...own, "aws:region": "eu-west-1" });
    expect(() => loadSettings()).to.throw(SettingsError, "eu-west-1, the stack's region");
  });

  it("knows which groups the stack keeps secret", () => {
    setAllConfig(
      {
        "hopwise:variant": "h2-direct",
        "hopwise:domain": '{"name":"h2.example.com"}',
        "hopwise:service": '{"app":{"image":"a:1","port":3000,"environment":{"TOKEN":"s3cr3t"}}}',
      },
      ["hopwise:service"],
    );
    expect(loadSettings().secrets).to.deep.equal(["service"]);
  });

  it("shows no secret value in its error", () => {
    const raw = { "hopwise:variant": "h2-direct", "hopwise:service": '{"image":"s3cr3t image"}' };
    setAllConfig(raw, ["hopwise:service"]);
    expect(() => loadSettings())
      .to.throw(SettingsError, /\(secret\)/)
      .that.has.property("message")
      .that.does.not.contain("s3cr3t");
    setAllConfig(raw);
    expect(() => loadSettings()).to.throw(SettingsError, "s3cr3t image");
  });
});
