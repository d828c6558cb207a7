/** Changes of a living stack: another variant, another port, a failure on the way, bad settings. */
import { expect } from "chai";
import { type Variant, variantNames, type VariantRow, variants } from "../../path/variants";
import { describeWith } from "../parts";
import { installMadeProvider } from "../madeProvider";
import { thorough } from "../thorough";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "./stack";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** A way through all variants and back; in thorough runs, from each to every other once. */
const tour: readonly Variant[] = thorough
  ? [
      ...variantNames.flatMap((from, i) => [
        from,
        ...variantNames.slice(i + 2).flatMap((to) => [to, from]),
      ]),
      ...variantNames.slice(0, -1).reverse(),
    ]
  : [...variantNames, ...variantNames.slice(0, 1)];

/** AWS's order: nothing forwards to a target group when it is deleted. */
function orderOf(from: VariantRow, to: VariantRow): string[] {
  const forwards = !to.edge
    ? [
        "update Listener web-listener",
        ...(from.edge ? ["delete ListenerRule web-secret-header"] : []),
      ]
    : [`${from.edge ? "update" : "create"} ListenerRule web-secret-header`];
  if (from.target !== to.target)
    return ["create TargetGroup web-tasks", ...forwards, "delete TargetGroup web-tasks"];
  return from.edge && to.edge ? [] : forwards;
}

describeWith("pulumi", "a living stack, by the real engine", () => {
  let stack: Stack | undefined;

  afterEach(() => {
    stack?.close();
    stack = undefined;
  });

  it(`switches between all variants in place, and orphans nothing: ${tour.join(", ")}`, async () => {
    const knowing = ["customOriginConfig"] as const;
    const { up, set, remove, providers } = (stack = await createStack("h2", { knowing }));
    const only = (type: string) => providers.account.resources.filter((r) => r.type === type);
    const ids = (...types: string[]) => types.flatMap(only).map(({ id }) => id);
    // The only setting of this stack that not every variant takes.
    remove("viewers.allowedCidrs");
    let before: Variant | undefined;
    let network: string[] = [];
    let distribution: string[] = [];
    for (const variant of tour) {
      set("variant", variant);
      const calls = await up();
      expectWhole(stack);
      const { edge, target } = variants[variant];
      expect(calls.filter(({ error }) => error)).to.be.empty;
      expect(only(TARGET_GROUP).map(({ outputs }) => outputs.protocolVersion)).to.deep.equal([
        target,
      ]);
      expect(only(DISTRIBUTION)).to.have.lengthOf(edge ? 1 : 0);
      const kept = ids(LOAD_BALANCER, LISTENER, VPC, SUBNET);
      if (before !== undefined) {
        expect(kept, `${before} to ${variant}`).to.deep.equal(network);
        if (edge && variants[before].edge) expect(ids(DISTRIBUTION)).to.deep.equal(distribution);
        expectOrder(calls, ...orderOf(variants[before], variants[variant]));
      }
      before = variant;
      network = kept;
      distribution = ids(DISTRIBUTION);
    }
    // The tour ends where HTTP/2 to the load balancer is a setting: no path is replaced for it.
    set("origin.httpVersion", "http2");
    const calls = steps(await up());
    expectWhole(stack);
    expect(calls).to.have.members([
      "create TaskDefinition web",
      "update Service web",
      "delete TaskDefinition web",
      "update Distribution web",
    ]);
    const [origin] = only(DISTRIBUTION)[0]?.outputs.origins as [{ customOriginConfig: object }];
    expect(origin.customOriginConfig).to.include({ originHttpVersion: "http2" });
  });

  it("lets gRPC services come and go next to ordinary requests, and replaces nothing for it", async () => {
    const { up, set, remove } = (stack = await createStack("mixed"));
    await up();
    const both = ["create TaskDefinition web", "update Service web", "delete TaskDefinition web"];
    remove("grpc.services");
    let calls = await up();
    expectWhole(stack);
    expect(steps(calls)).to.have.members([
      ...both,
      "update Distribution web",
      "delete ListenerRule web-grpc",
      "delete TargetGroup web-grpc",
    ]);
    expectOrder(calls, "delete ListenerRule web-grpc", "delete TargetGroup web-grpc");
    set("grpc.services[0]", "shop.v1.Cart");
    calls = await up();
    expectWhole(stack);
    expect(steps(calls)).to.have.members([
      ...both,
      "update Distribution web",
      "create TargetGroup web-grpc",
      "create ListenerRule web-grpc",
    ]);
    expectOrder(
      calls,
      ...["create TargetGroup web-grpc", "create ListenerRule web-grpc", "update Service web"],
    );
  });

  it("replaces the target group with its port: new one, rule, then the old one", async () => {
    const { up, set } = (stack = await createStack("dev"));
    await up();
    set("service.port", "9090");
    const calls = await up();
    expectOrder(
      calls,
      "create TargetGroup web-tasks",
      "update ListenerRule web-secret-header",
      "update Service web",
      "delete TargetGroup web-tasks",
    );
    expectWhole(stack);
  });

  it("takes resources out of awsx's VPC: the S3 endpoint is in the route table of every task subnet", async () => {
    const { set, up, providers } = (stack = await createStack("dev"));
    set("network.egress", "endpoints");
    await up();
    const { resources } = providers.account;
    const tables = resources.filter((r) => r.type === "aws:ec2/routeTable:RouteTable");
    const endpoints = resources.filter((r) => r.type === "aws:ec2/vpcEndpoint:VpcEndpoint");
    const gateway = endpoints.find((r) => r.inputs.vpcEndpointType === "Gateway");
    expect(gateway?.inputs.routeTableIds).to.include.members(
      tables.filter((r) => r.name.includes("isolated")).map((r) => r.id),
    );
    expectWhole(stack);
  });

  it("fails where AWS does, and the next update finishes the work", async () => {
    const { run, up, providers } = (stack = await createStack("dev"));
    providers.calls.failNext({ operation: "create", type: LISTENER_RULE });
    const failed = await run("up", "--yes", "--skip-preview");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.include("injected fault");
    const made = providers.account.resources.length;
    expect(made).to.be.greaterThan(0);

    const rest = steps(await up());
    expect(rest).to.include("create ListenerRule web-secret-header");
    expect(rest.filter((step) => !step.startsWith("create "))).to.be.empty;
    expect(providers.account.resources.length).to.equal(made + rest.length);
    expectWhole(stack);
  });

  it("stops at bad settings with all of them, and creates nothing", async () => {
    const { run, set, providers } = (stack = await createStack("dev"));
    set("variant", "h2-dirct");
    set("service.cpu", "300");
    const { code, output } = await run("up", "--yes", "--skip-preview");
    expect(code).to.not.equal(0);
    expect(output).to.include("hopwise:variant").and.to.include("h2-direct");
    expect(output).to.include("hopwise:service.cpu");
    expect(providers.calls.all).to.be.empty;
    expect(providers.account.resources).to.be.empty;
  });

  it("stops at what the installed provider cannot deploy, and creates nothing", async () => {
    const { run, set, ok, providers } = (stack = await createStack("dev"));
    const stopped = async (config: string) => {
      const { code, output } = await run("preview");
      expect(code, output).to.not.equal(0);
      expect(output).to.include("edge-http2-not-deployable");
      expect(output).to.match(
        new RegExp(`@pulumi/aws \\d+\\.\\d+\\.\\d+ does not know .* of ${config}`),
      );
      expect(output).to.match(/since 2026-11-20[^]*h1-via-cloudfront without[^]*h2-direct/);
      expect(providers.calls.all).to.be.empty;
    };
    set("domain.name", "app.example.com");
    set("origin.httpVersion", "http2");
    installMadeProvider(stack.directory, []);
    await stopped("vpcOriginConfig");
    installMadeProvider(stack.directory, ["vpcOriginConfig"]);
    await ok("preview");
    set("origin.access", "prefix-list");
    await stopped("customOriginConfig");
  });

  it("stops at a path that cannot work with the finding's code, and creates nothing", async () => {
    const { run, set, providers } = (stack = await createStack("dev"));
    set("origin.access", "prefix-list");
    const { code, output } = await run("up", "--yes", "--skip-preview");
    expect(code).to.not.equal(0);
    expect(output).to.match(/plain|certificate/i);
    expect(providers.calls.all).to.be.empty;
  });
});
