/** Several services at one load balancer. */
import { expect } from "chai";
import { type PathServiceArgs, pathComponents, ServicesAtListener } from "../../../components";
import { routeProblems, routesOf } from "../../../components/service/routes";
import type { Props } from "../../../local/model/types";
import type { Variant } from "../../../path/variants";
import { domain, placement, recorded, type Recording, rulesOf, service } from "./record";

const app = { image: "r.example.com/api:1", port: 3000 };
const api: PathServiceArgs = { ...service, paths: ["/api/*"], app };
const stock: PathServiceArgs = { ...service, paths: ["/shop.v1.Stock/*"], protocol: "grpc" };

const build = (
  variant: Variant,
  services: Record<string, PathServiceArgs>,
  more: object = {},
): Promise<Recording> =>
  recorded(pathComponents[variant], { placement, service, domain, services, ...more });
const refused = (variant: Variant, services: Record<string, PathServiceArgs>, more: object = {}) =>
  build(variant, services, more).then(
    () => "nothing",
    (error: unknown) => (error as Error).message,
  );
const priorities = (made: Recording): Record<string, unknown> =>
  Object.fromEntries(made.all("ListenerRule").map(({ name, inputs }) => [name, inputs.priority]));
const conditionsOf = (made: Recording, name: string): string[] =>
  (made.named("ListenerRule", name).inputs.conditions as Props[]).flatMap(Object.keys);

describe("services", () => {
  it("make nothing where there are none", async () => {
    const without = await recorded(pathComponents["h1-via-cloudfront"], {
      ...{ placement, service, domain },
    });
    expect((await build("h1-via-cloudfront", {})).tree).to.deep.equal(without.tree);
  });

  it("have tasks, a group and rules of their own, and share the rest", async () => {
    const made = await build("h1-via-cloudfront", { api });
    for (const type of ["LoadBalancer", "Listener", "Cluster", "Distribution"]) made.one(type);
    expect(made.all("TargetGroup").map(({ name }) => name)).to.have.members([
      "web-tasks",
      "web-api-tasks",
    ]);
    const [, other] = made.all("Service");
    expect(other?.name).to.equal("web-api");
    expect(other?.inputs.cluster).to.equal(made.one("Cluster").outputs.arn);
  });

  it("are closed to all but the load balancer, each on its own port", async () => {
    const made = await build("h1-via-cloudfront", { api: { ...api, port: 9090 } });
    expect(rulesOf(made)).to.deep.equal([
      "web-alb egress tcp 8080 to group web-tasks",
      "web-alb egress tcp 9090 to group web-api-tasks",
      "web-alb ingress tcp 443 from list com.amazonaws.global.cloudfront.origin-facing",
      "web-api-tasks egress tcp 443 to 0.0.0.0/0",
      "web-api-tasks ingress tcp 9090 from group web-alb",
      "web-tasks egress tcp 443 to 0.0.0.0/0",
      "web-tasks ingress tcp 8080 from group web-alb",
    ]);
  });

  it("ask for the secret header behind CloudFront, and not without it", async () => {
    const behind = await build("h1-via-cloudfront", { api });
    expect(conditionsOf(behind, "web-api-api-any")).to.deep.equal(["httpHeader", "pathPattern"]);
    const direct = await build("h2-direct", { api: { ...api, protocol: "http1" } });
    expect(conditionsOf(direct, "web-api-api-any")).to.deep.equal(["pathPattern"]);
  });

  it("come before the rule for everything else", async () => {
    const all = priorities(await build("h1-via-cloudfront", { api }));
    expect(all["web-api-api-any"]).to.be.lessThan(Number(all["web-secret-header"]));
  });

  it("keep their rules' priorities when another one is added or removed", async () => {
    const both = priorities(await build("h1-via-cloudfront", { api, stock }));
    expect(both).to.deep.include(priorities(await build("h1-via-cloudfront", { api })));
    expect(both).to.deep.include(priorities(await build("h1-via-cloudfront", { stock })));
  });

  it("speak their own protocol to their own tasks", async () => {
    const made = await build("h2-direct", { api: { ...api, protocol: "http1" }, stock });
    const versions = made
      .all("TargetGroup")
      .map(({ name, inputs }) => [name, inputs.protocolVersion]);
    expect(Object.fromEntries(versions)).to.deep.equal({
      "web-tasks": "HTTP2",
      "web-api-tasks": "HTTP1",
      "web-stock-tasks": "GRPC",
    });
  });

  it("have a behaviour of CloudFront where gRPC needs one", async () => {
    const { inputs } = (await build("h1-via-cloudfront", { api, stock })).one("Distribution");
    const [behavior, ...others] = inputs.orderedCacheBehaviors as Props[];
    expect(others).to.deep.equal([]);
    expect(behavior).to.deep.include({
      pathPattern: "/shop.v1.Stock/*",
      grpcConfig: { enabled: true },
    });
  });

  it("have behaviours where the site answers everything else", async () => {
    const site = { folder: "test/unit/components/fixtures/site", byDefault: "site", paths: ["/x"] };
    const made = await build("h1-via-cloudfront", { api }, { site });
    const { orderedCacheBehaviors } = made.one("Distribution").inputs;
    expect((orderedCacheBehaviors as Props[]).map(({ pathPattern }) => pathPattern)).to.deep.equal([
      "/api/*",
      "/x",
    ]);
  });

  it("have alarms of their own where there are any", async () => {
    const names = (made: Recording) => made.all("MetricAlarm").map(({ name }) => name);
    expect(names(await build("h1-via-cloudfront", { api }))).to.deep.equal([]);
    const made = await build("h1-via-cloudfront", { api }, { alarms: {} });
    expect(names(made)).to.include.members(["web-api-target-5xx", "web-api-unhealthy-targets"]);
    const { dimensions } = made.named("MetricAlarm", "web-api-target-5xx").inputs;
    const { arnSuffix } = made.named("TargetGroup", "web-api-tasks").outputs;
    expect(dimensions).to.deep.include({ TargetGroup: arnSuffix });
  });

  it("bring names, certificates and records", async () => {
    const hosts = ["api.example.com"];
    const made = await build("h1-via-cloudfront", { api: { ...service, hosts } });
    expect(made.one("Distribution").inputs.aliases).to.deep.equal([domain.name, ...hosts]);
    for (const { inputs } of made.all("Certificate"))
      expect([inputs.domainName, ...(inputs.subjectAlternativeNames as string[])]).to.include(
        "api.example.com",
      );
    expect(made.all("Record").map(({ inputs }) => inputs.name)).to.include("api.example.com");
    expect(conditionsOf(made, "web-api-api-example-com-d0c4")).to.include("hostHeader");
  });
});

describe("services at a listener that exists", () => {
  const listener = {
    listenerArn:
      "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shared/0123456789abcdef/0123456789abcdef",
    securityGroupId: "sg-0123456789abcdef0",
    priorities: { from: 2000, to: 2999 },
  };
  const add = (variant: Variant, services: Record<string, PathServiceArgs>) =>
    recorded(ServicesAtListener, { variant, listener, placement, services });

  it("are all that is made, with one cluster", async () => {
    const made = await add("h1-via-cloudfront", { api, pages: { ...service, paths: ["/pages"] } });
    for (const type of ["LoadBalancer", "Listener", "Distribution", "Certificate"])
      expect(made.all(type)).to.deep.equal([]);
    made.one("Cluster");
    expect(made.all("Service")).to.have.length(2);
    for (const { inputs } of made.all("ListenerRule")) {
      expect(inputs.listenerArn).to.equal(listener.listenerArn);
      expect(inputs.priority).to.be.within(2000, 2999);
    }
    expect(rulesOf(made)).to.include("sg-0123456789abcdef0 egress tcp 8080 to group web-api-tasks");
  });

  it("are refused where the variant does not carry their protocol", async () => {
    const orders: PathServiceArgs = { ...api, protocol: "http2" };
    await add("h1-via-cloudfront", { orders }).then(
      () => expect.fail("not refused"),
      (error: unknown) => {
        expect((error as Error).message).to.include("services.orders.protocol: http1");
      },
    );
    (await add("h2-direct", { orders })).one("TargetGroup");
  });
});

describe("services that cannot work", () => {
  it("speak a protocol that the path does not carry", async () => {
    expect(await refused("h1-via-cloudfront", { orders: { ...api, protocol: "http2" } })).to.match(
      /edge-http1-to-http2-target[^]*services\.orders: Every request gets 464/,
    );
  });

  const cases: Record<string, [Record<string, PathServiceArgs>, RegExp]> = {
    "no path or host": [{ api: service }, /services\.api needs paths or hosts/],
    "gRPC by host only": [
      { api: { ...service, hosts: ["a.example.com"], protocol: "grpc" } },
      /services\.api needs paths: its protocol is grpc/,
    ],
    "a long name": [{ [`a${"b".repeat(20)}`]: api }, /14 characters at most/],
    "a path without a slash": [{ api: { ...service, paths: ["api"] } }, /paths lists "api"/],
    "a host that is none": [{ api: { ...service, hosts: ["a b"] } }, /hosts lists "a b"/],
    "the same path twice": [{ api, stock: { ...stock, paths: ["/api/*"] } }, /same rule priority/],
    "a size that Fargate has not": [
      { api: { ...api, cpu: 256, memory: 8192 } },
      /services\.api\.cpu and services\.api\.memory/,
    ],
    "a priority above the highest": [{ api: { ...api, priority: 49_999 } }, /priority is 49999/],
  };
  for (const [name, [services, says]] of Object.entries(cases)) {
    it(name, async () => {
      expect(await refused("h1-via-cloudfront", services)).to.match(says);
    });
  }

  it("have hosts without a domain", async () => {
    const origin = { access: "vpc-origin" };
    const services = { api: { ...service, hosts: ["a.example.com"] } };
    expect(await refused("h1-via-cloudfront", services, { domain: undefined, origin })).to.include(
      "services.api.hosts needs domain.name",
    );
  });
});

describe("the order of rules", () => {
  const first = (a: string, b: string) => {
    const [one] = routesOf({ paths: [a] });
    const [other] = routesOf({ paths: [b] });
    return (one?.priority ?? 0) < (other?.priority ?? 0);
  };
  for (const [narrow, wide] of [
    ["/api/v2/*", "/api/*"],
    ["/api/users", "/api/*"],
    ["/api/v*", "/api/*"],
    ["/api/*", "/*"],
    ["/a*", "*"],
    ["/a/b/c/d/e", "/a/b/c/*"],
  ] as const) {
    it(`${narrow} comes before ${wide}`, () => {
      expect(first(narrow, wide)).to.equal(true);
    });
  }

  it("names before names of a domain before no name", () => {
    const of = (hosts: string[]) => routesOf({ hosts, paths: ["/x/*"] })[0]?.priority;
    const all = [of(["api.example.com"]), of(["*.example.com"]), of([])];
    expect(all).to.deep.equal([...all].sort((a, b) => Number(a) - Number(b)));
  });

  it("stays in the range that was given", () => {
    const range = { from: 200, to: 299 };
    for (const paths of [["*"], ["/a/*"], ["/a/b/c/d"], ["/a/b/*", "/c?"]])
      for (const { priority } of routesOf({ paths, hosts: ["a.b"] }, range))
        expect(priority).to.be.within(range.from, range.to);
  });

  it("of fifty services is the same for none", () => {
    const services = Array.from({ length: 50 }, (_, i) => [
      `s${i}`,
      routesOf({ paths: [`/service-${i}/*`] }),
    ]);
    expect(routeProblems(Object.fromEntries(services) as never)).to.deep.equal([]);
  });

  it("that only chance decides is refused, unless a priority is given", () => {
    const [a, b] = [{ paths: ["/*/edit"] }, { paths: ["/*/new*"] }];
    const meeting = { a: routesOf({ paths: ["/x*"] }), b: routesOf({ paths: ["/*y"] }) };
    expect(routeProblems({ a: routesOf(a), b: routesOf(b) }).join()).to.match(
      /neither is narrower/,
    );
    expect(routeProblems({ a: routesOf({ ...a, priority: 5 }), b: routesOf(b) })).to.deep.equal([]);
    expect(routeProblems(meeting)).to.deep.equal([]);
  });
});

describe("the health check of a service", () => {
  const cases: [string, Variant, Record<string, PathServiceArgs>, RegExp][] = [
    [
      "is no path of the app where the service takes gRPC",
      "h1-via-cloudfront",
      { stock: { ...stock, app: { ...app, healthCheck: { path: "/up" } } } },
      /services\.stock\.app\.healthCheck\.path has no effect.*services\.stock\.grpcHealthCheckPath/,
    ],
    [
      "is no path of nginx where the service takes gRPC",
      "h1-via-cloudfront",
      { stock: { ...stock, healthCheckPath: "/up" } },
      /services\.stock\.healthCheckPath has no effect/,
    ],
    [
      "is no method where the service takes no gRPC",
      "h1-via-cloudfront",
      { api: { ...api, grpcHealthCheckPath: "/shop.v1.Stock/Ping" } },
      /services\.api\.grpcHealthCheckPath has no effect: its protocol is http1/,
    ],
  ];
  for (const [what, variant, services, says] of cases)
    it(what, async () => {
      expect(await refused(variant, services)).to.match(says);
    });

  it("is what fits its protocol", async () => {
    const fits = {
      api: { ...api, app: { ...app, healthCheck: { path: "/up" } } },
      stock: { ...stock, grpcHealthCheckPath: "/shop.v1.Stock/Ping" },
    };
    const made = await build("h1-via-cloudfront", fits);
    const paths = made
      .all("TargetGroup")
      .map(({ name, inputs }) => [name, (inputs.healthCheck as Props).path]);
    expect(Object.fromEntries(paths)).to.include({
      "web-api-tasks": "/up",
      "web-stock-tasks": "/shop.v1.Stock/Ping",
    });
  });
});
