import * as path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import {
  type H1ViaCloudfrontArgs,
  H1ViaCloudfront,
  type PathAlarmsArgs,
  pathComponents,
  type PathServiceArgs,
  ServicesAtListener,
} from "../../../components";
import { Account } from "../../../local/model";
import { evaluate } from "../../../local/program";
import { alarmNames } from "../../../path/alarmRow";
import { type Variant, variantNames, variants } from "../../../path/variants";
import { committedStacks } from "../../committedStacks";
import { runs } from "../../thorough";
import { domain, placement, record, recorded, service, type Recording } from "./record";
import { problemsOf, queriesOf } from "./watched";

const build = (variant: Variant, more: object = {}): Promise<Recording> =>
  recorded(pathComponents[variant], { placement, service, domain, ...more });
const types = ["Dashboard", "MonitoringSubscription"];
const textsOf = (made: Recording): string => String(made.one("Dashboard").inputs.dashboardBody);

describe("the dashboard", () => {
  it("is not there, and nothing of it, unless it is asked for", async () => {
    for (const variant of variantNames) {
      const made = await build(variant);
      for (const type of types) expect(made.all(type), variant).to.deep.equal([]);
    }
  });

  it("is one, under a name with the stack in it, in the console", async () => {
    const urls: string[] = [];
    const made = await record(
      () => {
        const args: H1ViaCloudfrontArgs = { placement, service, domain, dashboard: {} };
        new H1ViaCloudfront("web", args).dashboard?.url.apply((url) => urls.push(url));
      },
      new Account({ region: "eu-west-1" }),
    );
    expect(made.one("Dashboard").inputs.dashboardName).to.equal("hopwise-test-web");
    expect(urls).to.deep.equal([
      "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/hopwise-test-web",
    ]);
    expect(made.all("MonitoringSubscription")).to.deep.equal([]);
    expect(textsOf(made)).to.include("dashboard.additionalMetrics");
  });

  it("switches CloudFront's additional metrics on before it shows them", async () => {
    const made = await build("h1-via-cloudfront", { dashboard: { additionalMetrics: true } });
    const { id } = made.one("Distribution");
    expect(made.one("MonitoringSubscription").inputs.distributionId).to.equal(id);
    expect(textsOf(made)).to.include("CacheHitRate");
  });

  it("has a row for each service and each target group, and the state of each alarm", async () => {
    const api: PathServiceArgs = { ...service, paths: ["/api/*"] };
    const made = await build("h1-via-cloudfront", {
      ...{ dashboard: {}, alarms: {}, services: { api } },
      grpc: { services: ["shop.v1.Cart"] },
    });
    const body = textsOf(made);
    for (const heading of ["Tasks: web", "Tasks: gRPC", "Tasks: api"])
      expect(body).to.include(heading);
    const loads = queriesOf(made.resources).filter(({ metric }) => metric === "LiveTaskCount");
    expect(loads.map(({ dimensions }) => dimensions.ServiceName)).to.have.members(
      made.all("Service").map(({ outputs }) => outputs.name),
    );
    for (const { outputs } of made.all("MetricAlarm")) expect(body).to.include(outputs.arn);
  });

  it("of services at a listener shows the load balancer that its ARN names", async () => {
    const listener =
      "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2";
    const args = {
      ...{ variant: "h1-via-cloudfront" as const, placement, dashboard: true },
      listener: { listenerArn: listener, securityGroupId: "sg-0123456789abcdef0" },
      services: { api: { ...service, paths: ["/api/*"] } },
    };
    const made = await recorded(ServicesAtListener, args);
    const queries = queriesOf(made.resources);
    expect(new Set(queries.map(({ dimensions }) => dimensions.LoadBalancer))).to.deep.equal(
      new Set(["app/shared/50dc6c495c0c9188", undefined]),
    );
    // The load balancer is not the stack's own.
    expect(problemsOf(made.resources).filter((one) => !one.includes("no LoadBalancer"))).to.be
      .empty;
    const without = await recorded(ServicesAtListener, { ...args, dashboard: false });
    expect(without.all("Dashboard")).to.deep.equal([]);
  });
});

const root = path.join(__dirname, "../../..");

describe("alarms and dashboards", () => {
  for (const stack of committedStacks) {
    it(`of the stack ${stack} ask for what AWS publishes and the stack has`, async () => {
      const config = new Map([
        ["hopwise:alarms", '{ "enabled": true }'],
        ["hopwise:dashboard", '{ "enabled": true }'],
      ]);
      const { resources } = await evaluate({ projectDir: root, stack, config });
      const queries = queriesOf(resources);
      expect(queries.filter(({ of }) => of.startsWith("alarm ")).length).to.be.greaterThan(6);
      expect(queries.filter(({ of }) => of.includes("dashboard")).length).to.be.greaterThan(20);
      expect(problemsOf(resources)).to.deep.equal([]);
    }).timeout(60_000);
  }

  const some = fc.record({
    variant: fc.constantFrom<Variant>("h1-via-cloudfront", "h2-direct", "grpc-via-cloudfront"),
    named: fc.boolean(),
    waf: fc.constantFrom(undefined, {}, { mode: "count" as const }),
    services: fc.subarray(["api", "chat", "pages"]),
    grpc: fc.boolean(),
    additionalMetrics: fc.boolean(),
    without: fc.subarray([...alarmNames]),
    region: fc.constantFrom("eu-west-1", "us-east-1"),
  });

  it("ask only for metrics that AWS publishes, of resources that the stack has", async () => {
    await fc.assert(
      fc.asyncProperty(some, async ({ variant, region, ...has }) => {
        const edge = variants[variant].edge !== undefined;
        const bare = !has.named && variant === "h1-via-cloudfront";
        const alarms: PathAlarmsArgs = { without: has.without };
        const args = {
          ...{ placement, service, alarms, waf: has.waf },
          dashboard: edge ? { additionalMetrics: has.additionalMetrics } : {},
          ...(bare ? { origin: { access: "vpc-origin" } } : { domain }),
          ...(has.grpc && variant === "h1-via-cloudfront" && !bare
            ? { grpc: { services: ["shop.v1.Cart"] } }
            : {}),
          services:
            variant === "grpc-via-cloudfront"
              ? {}
              : Object.fromEntries(
                  has.services.map((name) => [name, { ...service, paths: [`/${name}/*`] }]),
                ),
        };
        const Path = pathComponents[variant] as new (name: string, args: object) => unknown;
        const made = await record(() => new Path("web", args), new Account({ region }));
        expect(problemsOf(made.resources)).to.deep.equal([]);
        const services = made.all("Service").length;
        const cpu = queriesOf(made.resources).filter(({ of }) => /^alarm .*-cpu$/.test(of));
        expect(cpu).to.have.length(has.without.includes("cpu") ? 0 : services);
      }),
      { numRuns: runs(10) },
    );
  }).timeout(600_000);
});
