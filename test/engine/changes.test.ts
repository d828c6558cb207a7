/** Changes of a living stack: another variant, another port, a failure on the way, bad settings. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "./stack";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

describeWith("pulumi", "a living stack, by the real engine", () => {
  let stack: Stack | undefined;

  afterEach(async () => {
    await stack?.close();
    stack = undefined;
  });

  it("switches from h1 to h2 and back in place, and orphans nothing", async () => {
    const { up, set, remove, providers } = (stack = await createStack("h2"));
    const only = (type: string) => providers.account.resources.filter((r) => r.type === type);
    remove("viewers.allowedCidrs");
    set("variant", "h1-via-cloudfront");
    await up();
    expectWhole(stack);
    const [balancer] = only(LOAD_BALANCER);
    expect(only(DISTRIBUTION)).to.have.lengthOf(1);
    expect(only(TARGET_GROUP)[0]?.outputs.protocolVersion).to.equal("HTTP1");

    set("variant", "h2-direct");
    const toH2 = await up();
    expectWhole(stack);
    expect(only(DISTRIBUTION)).to.be.empty;
    expect(only(TARGET_GROUP)[0]?.outputs.protocolVersion).to.equal("HTTP2");
    expectOrder(
      toH2,
      "create TargetGroup web-tasks",
      "update Listener web-listener",
      "delete ListenerRule web-secret-header",
      "delete TargetGroup web-tasks",
    );

    set("variant", "h1-via-cloudfront");
    const toH1 = await up();
    expectWhole(stack);
    expectOrder(
      toH1,
      "create TargetGroup web-tasks",
      "create ListenerRule web-secret-header",
      "delete TargetGroup web-tasks",
    );
    expect(only(LOAD_BALANCER)[0]?.id).to.equal(balancer?.id);
    expect([...toH2, ...toH1].filter((call) => call.error)).to.be.empty;
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

  it("stops at a path that cannot work with the finding's code, and creates nothing", async () => {
    const { run, set, providers } = (stack = await createStack("dev"));
    set("origin.access", "prefix-list");
    const { code, output } = await run("up", "--yes", "--skip-preview");
    expect(code).to.not.equal(0);
    expect(output).to.match(/plain|certificate/i);
    expect(providers.calls.all).to.be.empty;
  });
});
