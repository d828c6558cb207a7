/** Logs of a living stack: switched on, changed, switched off again, each time in place. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "../engine/stack";

describeWith("pulumi", "logs of a living stack, by the real engine", () => {
  let stack: Stack;
  const keys = ["access", "connections", "healthChecks"];
  const inputsOf = (type: string) =>
    stack.providers.account.resources.find((r) => r.type.endsWith(`:${type}`))?.inputs;

  before(async () => {
    stack = await createStack("dev");
    await stack.up();
  });

  after(() => (stack as Stack | undefined)?.close());

  it("are switched on together, the bucket's policy first", async () => {
    for (const key of keys) stack.set(`logs.${key}`, "true");
    stack.set("logs.edge", "v2");
    stack.set("logs.flow", "all");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(calls, "create BucketPolicy web-logs", "update LoadBalancer web-alb");
    expectOrder(calls, "create BucketPolicy web-logs", "create LogDelivery web-edge-logs");
    expectOrder(calls, "create BucketPolicy web-logs", "create FlowLog web-flow-logs");
    expect(steps(calls).filter((step) => !step.startsWith("create"))).to.deep.equal([
      "update LoadBalancer web-alb",
    ]);
  });

  it("are left alone by a second update, and have not drifted", async () => {
    expect(await stack.up("--expect-no-changes")).to.be.empty;
    await stack.ok("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("change their format: the delivery goes before its destination", async () => {
    stack.set("logs.edgeFormat", "json");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(
      calls,
      "create LogDeliveryDestination web-edge-logs",
      "delete LogDelivery web-edge-logs",
      "create LogDelivery web-edge-logs",
      "delete LogDeliveryDestination web-edge-logs",
    );
  });

  it("become legacy, in a separate bucket that allows ACLs before CloudFront uses it", async () => {
    stack.remove("logs.edgeFormat");
    stack.set("logs.edge", "legacy");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(
      calls,
      "create BucketOwnershipControls web-edge-logs",
      "update Distribution web",
      "delete LogDelivery web-edge-logs",
    );
    expect(steps(calls)).to.not.include("update BucketOwnershipControls web-logs");
  });

  it("are not switched off with a bucket that is not empty and is to be kept", async () => {
    stack.set("logs.forceDestroy", "false");
    await stack.up();
    for (const key of keys) stack.set(`logs.${key}`, "false");
    stack.set("logs.edge", "off");
    stack.set("logs.flow", "off");
    const stopped = await stack.run("up", "--yes", "--skip-preview");
    expect(stopped.code).to.not.equal(0);
    expect(stopped.output).to.include("BucketNotEmpty");
  });

  it("are switched off, and nothing of them is left, where the bucket may go", async () => {
    stack.set("logs.access", "true");
    stack.remove("logs.forceDestroy");
    await stack.up();
    stack.remove("logs");
    await stack.up();
    expectWhole(stack);
    const types = stack.providers.account.resources.map((resource) => resource.type);
    expect(types.filter((type) => /s3\/|flowLog|logDelivery/.test(type))).to.deep.equal([]);
    expect(inputsOf("LoadBalancer")?.accessLogs).to.deep.equal({ bucket: "", enabled: false });
    expect(inputsOf("Distribution")).to.not.have.property("loggingConfig");
  });
});
