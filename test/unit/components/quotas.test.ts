/** Quotas of AWS that many services on one path use up: said before anything is created. */
import { expect } from "chai";
import { pathComponents } from "../../../components";
import { planPath } from "../../../components/variants/pathPlan";
import type { PathPlanArgs } from "../../../components/variants/planArgs";
import { useOfPath } from "../../../components/variants/plannedQuotas";
import { planServicesAtListener } from "../../../components/variants/servicesAtListener";
import type { Variant } from "../../../path/variants";
import { domain, placement, recorded, service } from "./record";

const deployment = { strategy: "blue-green" } as const;
const numbered = (count: number, more: object = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `s${i}`,
      { ...service, paths: [`/s${i}/*`], priority: 100 + 10 * i, ...more },
    ]),
  );
const signIn = {
  oidc: {
    issuer: "https://id.example.com",
    authorizationEndpoint: "https://id.example.com/authorize",
    tokenEndpoint: "https://id.example.com:8443/token",
    userInfoEndpoint: "https://id.example.com/userinfo",
    ...{ clientId: "app", clientSecret: "text" },
  },
};

describe("what a path uses of the quotas of its load balancer", () => {
  const paths: [what: string, variant: Variant, args: object][] = [
    ["alone", "h1-via-cloudfront", {}],
    ["with services of two groups", "h1-via-cloudfront", { services: numbered(2, { deployment }) }],
    [
      "with sign-in and gRPC",
      "h1-via-cloudfront",
      {
        services: numbered(2, { signIn: true }),
        grpc: { services: ["shop.v1.Stock"] },
        signIn: { ...signIn, paths: ["/admin/*", "/me"] },
      },
    ],
    [
      "with a test listener, without CloudFront",
      "h2-direct",
      {
        service: {
          ...service,
          deployment: { ...deployment, testPort: 8443, testCidrs: ["203.0.113.0/24"] },
        },
        services: numbered(1),
      },
    ],
    [
      "with a maintenance page and one name, without CloudFront",
      "h2-direct",
      {
        domain: { ...domain, canonical: true, aliases: ["www.example.com"] },
        viewers: {
          maintenance: { allowedCidrs: Array.from({ length: 6 }, (_, i) => `203.0.113.${i}/32`) },
        },
      },
    ],
  ];
  for (const [what, variant, more] of paths)
    it(`is planned as it is made: ${what}`, async () => {
      const args = { placement, service, domain, ...more };
      const made = await recorded(pathComponents[variant], args);
      const group = made.named("SecurityGroup", "web-alb").id;
      expect(useOfPath(planPath(variant, "web", args), args)).to.deep.equal({
        targetGroups: made.all("TargetGroup").length,
        listenerRules: made.all("ListenerRule").length,
        egressRules: made
          .all("SecurityGroupEgressRule")
          .filter(({ inputs }) => inputs.securityGroupId === group).length,
      });
    });
});

describe("the alarms of many services", () => {
  it("split the services between rules of EventBridge, whose patterns have a longest length", async () => {
    const services = numbered(60);
    const args = { placement, service, domain, services, alarms: {} };
    const made = await recorded(pathComponents["h2-direct"], args);
    const rules = made.all("EventRule");
    const start = "web-failed-deployments";
    expect(rules.map(({ name }) => name)).to.deep.equal([start, `${start}-2`, `${start}-3`]);
    expect(made.all("EventTarget").map(({ inputs }) => inputs.rule)).to.deep.equal(
      rules.map(({ outputs }) => outputs.name),
    );
    const patterns = rules.map(({ inputs }) => String(inputs.eventPattern));
    const arns = patterns.flatMap(
      (pattern) => (JSON.parse(pattern) as { resources: string[] }).resources,
    );
    expect(arns).to.have.members(made.all("Service").map(({ id }) => id));
    for (const pattern of patterns) expect(pattern.length).to.be.lessThan(4097);
  });
});

describe("the quotas of a path's load balancer", () => {
  const plan = (args: PathPlanArgs) => planPath("h1-via-cloudfront", "web", { domain, ...args });
  const codes = (args: PathPlanArgs) =>
    plan(args)
      .findings.map(({ code }) => code)
      .filter((code) => code.endsWith("-quota"));

  it("leave room for fifty-nine services", () => {
    expect(codes({ services: numbered(59) })).to.deep.equal([]);
  });

  it("of rules in a security group are a warning, because AWS raises it", () => {
    const [finding, ...more] = plan({ services: numbered(60) }).findings.filter(({ code }) =>
      code.endsWith("-quota"),
    );
    expect(more).to.deep.equal([]);
    expect(finding).to.include({ code: "security-group-rule-quota", severity: "warning" });
    expect(finding?.message).to.match(
      /gets 61 egress rules.*unless AWS has raised the quota of 60/,
    );
    expect(finding?.change).to.match(/L-0EA8095F/);
  });

  it("of listener rules are a warning, too", () => {
    const services = numbered(10, { paths: Array.from({ length: 10 }, (_, i) => `/p${i}`) });
    const own = Object.entries(services).map(([name, one], i) => [
      name,
      { ...one, hosts: [`h${i}.example.com`] },
    ]);
    expect(codes({ services: Object.fromEntries(own) as never })).to.deep.equal([
      "listener-rule-quota",
    ]);
  });

  it("of CloudFront's behaviours are a warning, too", () => {
    const site = { folder: "test/unit/components/fixtures/site" };
    const paths = Array.from({ length: 76 }, (_, i) => `/files-${i}/*`);
    expect(codes({ site: { ...site, paths } })).to.deep.equal(["behavior-quota"]);
  });

  it("of target groups refuse the path: AWS does not raise it", () => {
    expect(() => plan({ services: numbered(50, { deployment }) })).to.throw(
      /nothing was created:.*web-alb forwards to 101 target groups.*blue-green.*two target groups/s,
    );
  });

  it("are those of the services at a listener that exists", () => {
    const add = (count: number, more: object = {}) =>
      planServicesAtListener("h1-via-cloudfront", "web", {
        services: numbered(count, more),
        listener: {},
      });
    expect(add(60).findings.map(({ code }) => code)).not.to.include("security-group-rule-quota");
    expect(add(61).findings.map(({ code }) => code)).to.include("security-group-rule-quota");
    expect(() => add(51, { deployment })).to.throw(/load balancer of the listener forwards to 102/);
  });
});
