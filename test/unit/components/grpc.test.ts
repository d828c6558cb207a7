/** gRPC in the variants' components: of a path for gRPC only, and next to ordinary requests. */
import { expect } from "chai";
import { pathComponents, secretHeaderName } from "../../../components";
import type { Props } from "../../../local/model/types";
import { type Variant, variantNames, variants } from "../../../path/variants";
import { domain, placement, recorded, type Recording, rulesOf, service } from "./record";

const services = ["shop.v1.Cart", "shop.v1.Stock"];
const app = { image: "r.example.com/shop:1", port: 3000 };
const build = (variant: Variant, more: object = {}): Promise<Recording> =>
  recorded(pathComponents[variant], { placement, service, domain, ...more });
const mixed = (variant: Variant, more: object = {}): Promise<Recording> =>
  build(variant, { grpc: { services }, ...more });
const refused = async (variant: Variant, more: object): Promise<string> =>
  build(variant, more).then(
    () => "nothing",
    (error: unknown) => (error as Error).message,
  );

/** The conditions of a rule, by header. */
function headers({ inputs }: { inputs: Props }): [name: string, values: number][] {
  return (inputs.conditions as { httpHeader: { httpHeaderName: string; values: string[] } }[]).map(
    ({ httpHeader: { httpHeaderName, values } }) => [httpHeaderName, values.length],
  );
}

const behaviours = (made: Recording): Props[] =>
  (made.one("Distribution").inputs.orderedCacheBehaviors ?? []) as Props[];

describe("grpc-via-cloudfront", () => {
  it("speaks gRPC from CloudFront to nginx, under CloudFront's conditions", async () => {
    const made = await build("grpc-via-cloudfront");
    const { inputs } = made.one("Distribution");
    expect(inputs.httpVersion).to.equal("http2and3");
    expect(inputs.defaultCacheBehavior).to.deep.include({ grpcConfig: { enabled: true } });
    const { allowedMethods } = inputs.defaultCacheBehavior as { allowedMethods: string[] };
    expect(allowedMethods).to.include("POST").and.to.have.length(7);
    const [origin] = inputs.origins as Props[];
    expect(origin?.customOriginConfig).to.include({ originProtocolPolicy: "https-only" });
    expect(made.one("Listener").inputs).to.include({ protocol: "HTTPS", port: 443 });
    const group = made.one("TargetGroup").inputs;
    expect(group).to.include({ protocol: "HTTP", protocolVersion: "GRPC", port: 8080 });
    expect(made.environment("nginx")).to.include({ HOPWISE_HTTP2: "on", HOPWISE_GRPC: "*" });
  });

  it("is as closed as the other variants behind CloudFront", async () => {
    const made = await build("grpc-via-cloudfront");
    expect(rulesOf(made)).to.deep.equal([
      "web-alb egress tcp 8080 to group web-tasks",
      "web-alb ingress tcp 443 from list com.amazonaws.global.cloudfront.origin-facing",
      "web-tasks egress tcp 443 to 0.0.0.0/0",
      "web-tasks ingress tcp 8080 from group web-alb",
    ]);
    expect(headers(made.one("ListenerRule"))).to.deep.equal([[secretHeaderName, 1]]);
    const [action] = made.one("Listener").inputs.defaultActions as Props[];
    expect(action?.fixedResponse).to.include({ statusCode: "403" });
  });

  it("checks health by a call to the app, which must answer OK", async () => {
    const check = (await build("grpc-via-cloudfront")).one("TargetGroup").inputs.healthCheck;
    expect(check).to.include({ path: "/grpc.health.v1.Health/Check", matcher: "0" });
  });

  it("takes any gRPC status of AWS's own method, which no app has", async () => {
    const grpc = { healthCheckPath: "/AWS.ALB/healthcheck" };
    const made = await build("grpc-via-cloudfront", { grpc });
    const check = made.one("TargetGroup").inputs.healthCheck;
    expect(check).to.include({ path: "/AWS.ALB/healthcheck", matcher: "0-99" });
  });

  for (const [port, expected] of [
    [undefined, 3000],
    [50051, 50051],
  ]) {
    it(`passes calls to port ${expected} of the app`, async () => {
      const more = { service: { ...service, app }, grpc: { port } };
      const { HOPWISE_GRPC_APP } = (await build("grpc-via-cloudfront", more)).environment("nginx");
      expect(HOPWISE_GRPC_APP).to.equal(`127.0.0.1:${expected}`);
    });
  }

  it("is refused where CloudFront carries no gRPC, before anything exists", async () => {
    const origin = { access: "vpc-origin" };
    const vpc = await refused("grpc-via-cloudfront", { origin });
    expect(vpc).to.include("vpc-origin-grpc").and.include("origin.access: prefix-list");
    const viewers = { httpVersions: "http1.1" };
    expect(await refused("grpc-via-cloudfront", { viewers })).to.include("HTTP/2");
    const grpc = { services };
    expect(await refused("grpc-via-cloudfront", { grpc })).to.include("takes every service");
    expect(await refused("grpc-via-cloudfront", { domain: undefined })).to.include(
      "http-listener-http2-target",
    );
  });
});

describe("gRPC next to ordinary requests", () => {
  it("h1-via-cloudfront has a group and a rule for each, on the same tasks and port", async () => {
    const made = await mixed("h1-via-cloudfront");
    const groups = made.all("TargetGroup").map(({ name, inputs }) => [name, inputs]);
    const versions = groups.map(([name, inputs]) => [name, (inputs as Props).protocolVersion]);
    expect(versions).to.have.deep.members([
      ["web-tasks", "HTTP1"],
      ["web-grpc", "GRPC"],
    ]);
    const targets = made.one("Service").inputs.loadBalancers as Props[];
    const arns = ["web-tasks", "web-grpc"].map((name) => made.named("TargetGroup", name).outputs);
    expect(targets).to.deep.equal(
      arns.map(({ arn }) => ({
        containerName: "nginx",
        containerPort: 8080,
        targetGroupArn: arn,
      })),
    );
    expect(rulesOf(made)).to.deep.equal(rulesOf(await build("h1-via-cloudfront")));
  });

  it("each rule asks for the secret header, gRPC's for its content type as well, and first", async () => {
    const made = await mixed("h1-via-cloudfront");
    const [grpc, all] = ["web-grpc", "web-secret-header"].map((name) =>
      made.named("ListenerRule", name),
    );
    if (!grpc || !all) throw new Error("a rule is missing");
    expect(headers(all)).to.deep.equal([[secretHeaderName, 1]]);
    expect(headers(grpc)).to.deep.equal([
      [secretHeaderName, 1],
      ["Content-Type", 2],
    ]);
    expect(Number(grpc.inputs.priority)).to.be.lessThan(Number(all.inputs.priority));
    const alone = (await build("h1-via-cloudfront")).one("ListenerRule");
    expect(alone.inputs.priority, "stays where gRPC comes and goes").to.equal(all.inputs.priority);
  });

  it("keeps to the five values that a rule may have while the secret is rotated", async () => {
    const origin = { secret: { send: 2, accept: [1, 2, 3] } };
    const made = await mixed("h1-via-cloudfront", { origin });
    const values = headers(made.named("ListenerRule", "web-grpc")).map(([, count]) => count);
    expect(values.reduce((sum, count) => sum + count)).to.be.at.most(5);
  });

  for (const variant of ["h1-via-cloudfront", "h2-via-cloudfront"] as const) {
    it(`${variant} has a behaviour for each service, without a cache, and the default one as before`, async () => {
      const made = await mixed(variant);
      expect(behaviours(made).map((one) => [one.pathPattern, one.grpcConfig])).to.deep.equal([
        ["/shop.v1.Cart/*", { enabled: true }],
        ["/shop.v1.Stock/*", { enabled: true }],
      ]);
      const usual = made.one("Distribution").inputs.defaultCacheBehavior as Props;
      for (const { cachePolicyId, allowedMethods } of behaviours(made))
        expect([cachePolicyId, allowedMethods]).to.deep.equal([
          usual.cachePolicyId,
          usual.allowedMethods,
        ]);
      const alone = (await build(variant)).one("Distribution").inputs.defaultCacheBehavior;
      expect(usual).to.deep.equal(alone);
    });
  }

  for (const variant of ["h2-via-cloudfront", "h2-direct"] as const) {
    it(`${variant} needs no second group: HTTP2 takes both`, async () => {
      const made = await mixed(variant);
      expect(made.one("TargetGroup").inputs.protocolVersion).to.equal("HTTP2");
      expect(made.environment("nginx").HOPWISE_GRPC).to.equal(services.join(","));
    });
  }

  it("has nginx take the service of the health check too, where there is a group for gRPC", async () => {
    const { HOPWISE_GRPC, HOPWISE_HTTP2 } = (await mixed("h1-via-cloudfront")).environment("nginx");
    expect([HOPWISE_GRPC, HOPWISE_HTTP2]).to.deep.equal([
      "shop.v1.Cart,shop.v1.Stock,grpc.health.v1.Health",
      "on",
    ]);
  });

  it("has the alarms of a target group for each", async () => {
    const made = await mixed("h1-via-cloudfront", { alarms: { email: "ops@example.com" } });
    const group = made.named("TargetGroup", "web-grpc").outputs.arnSuffix;
    const watching = made
      .all("MetricAlarm")
      .filter(({ inputs }) => (inputs.dimensions as Props).TargetGroup === group);
    expect(watching.map(({ name }) => name)).to.have.members([
      "web-grpc-target-5xx",
      "web-grpc-target-p99",
      "web-grpc-unhealthy-targets",
    ]);
  });

  it("comes before the paths of a site", async () => {
    const site = { folder: `${__dirname}/fixtures/site`, paths: ["/api/*"] };
    const made = await mixed("h1-via-cloudfront", { site });
    expect(behaviours(made).map(({ pathPattern }) => pathPattern)).to.deep.equal([
      "/shop.v1.Cart/*",
      "/shop.v1.Stock/*",
      "/api/*",
    ]);
  });

  it("is refused with what CloudFront cannot do, and with names that are none", async () => {
    const grpc = { services };
    const origin = { access: "vpc-origin" };
    expect(await refused("h1-via-cloudfront", { grpc, origin })).to.include("vpc-origin-grpc");
    const viewers = { httpVersions: "http3" };
    expect(await refused("h1-via-cloudfront", { grpc, viewers })).to.include(
      "request-kind-cannot-work",
    );
    const wrong = { services: ["/shop.v1.Cart/*"] };
    expect(await refused("h2-direct", { grpc: wrong })).to.include("such as shop.v1.Cart");
  });

  for (const variant of variantNames.filter((name) => !variants[name].mustWork.includes("grpc"))) {
    it(`${variant} without services has none of it`, async () => {
      const made = await build(variant);
      expect(made.environment("nginx")).not.to.have.any.keys("HOPWISE_GRPC", "HOPWISE_GRPC_APP");
      expect(made.all("TargetGroup")).to.have.length(1);
    });
  }
});
