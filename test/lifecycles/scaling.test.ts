/** The number of a living stack's tasks: scaled, by schedules too, on Fargate Spot, and as before. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "../engine/stack";

describeWith("pulumi", "the number of tasks of a living stack, by the real engine", () => {
  let stack: Stack;
  let plain: string[];
  let service: string | undefined;

  const held = (): string[] =>
    stack.providers.account.resources.map(({ type, name }) => `${type} ${name}`).sort();
  const one = (type: string) =>
    stack.providers.account.resources.find((resource) => resource.type.endsWith(`:${type}`));
  /** An update that keeps the service, and leaves nothing for another one to do. */
  async function live(): Promise<string[]> {
    const calls = await stack.up();
    expectWhole(stack);
    expect(one("Service")?.id).to.equal(service);
    expect(await stack.up("--expect-no-changes")).to.be.empty;
    return steps(calls);
  }

  before(async () => {
    stack = await createStack("dev");
    await stack.up();
    plain = held();
    service = one("Service")?.id;
  });

  after(() => (stack as Stack | undefined)?.close());

  it("is scaled, and the service keeps the number that it has", async () => {
    stack.remove("service.count");
    stack.set("service.scaling", "{ min: 2, max: 6 }");
    expect(await live()).to.have.members(["create Target web", "create Policy web-cpu"]);
    expect(one("Service")?.inputs.desiredCount).to.equal(1);
  });

  it("is scaled by something else, and at night there is none", async () => {
    stack.set(
      "service.scaling",
      "{ min: 3, max: 9, requestsPerTarget: 1000, schedules: { night: { schedule: 'cron(0 20 ? * * *)', min: 0 }, day: { schedule: 'cron(0 7 ? * * *)', min: 3 } } }",
    );
    expect(await live()).to.have.members([
      "update Target web",
      ...["create Policy web-requests", "delete Policy web-cpu"],
      ...["create ScheduledAction web-night", "create ScheduledAction web-day"],
    ]);
    stack.set("service.scaling.schedules.night.timezone", "Europe/Berlin");
    expect(await live()).to.deep.equal(["update ScheduledAction web-night"]);
  });

  it("is fixed again", async () => {
    stack.remove("service.scaling");
    stack.set("service.count", "1");
    expect(await live()).to.have.members([
      ...["delete Target web", "delete Policy web-requests"],
      ...["delete ScheduledAction web-night", "delete ScheduledAction web-day"],
    ]);
    expect(held()).to.deep.equal(plain);
    stack.set("service.count", "2");
    expect(await live()).to.deep.equal(["update Service web"]);
    expect(one("Service")?.inputs.desiredCount).to.equal(2);
  });

  it("runs in part on Fargate Spot, and no longer, in place", async () => {
    stack.set("service.spot", "{ percent: 50 }");
    const calls = await stack.up();
    expectOrder(calls, "create ClusterCapacityProviders web", "update Service web");
    stack.set("service.spot.percent", "70");
    expect(await live()).to.deep.equal(["update Service web"]);
    stack.set("service.spot.percent", "0");
    expect(await live()).to.deep.equal(["update Service web"]);
    expect(one("Service")?.inputs.capacityProviderStrategies).to.deep.equal([
      { capacityProvider: "FARGATE", weight: 100, base: 1 },
    ]);
  });

  it("keeps its capacity providers: to take them away is refused before anything happens", async () => {
    const before = held();
    stack.remove("service.spot");
    const { code, output } = await stack.run("preview");
    expect(code).not.to.equal(0);
    expect(output).to.match(/force_new_deployment should be true/);
    expect(held()).to.deep.equal(before);
    stack.set("service.spot", "{ percent: 0 }");
    expect(await live()).to.deep.equal([]);
  });

  it("goes with the stack, the service before what it runs on", async () => {
    stack.set("service.scaling", "{ max: 4 }");
    stack.remove("service.count");
    await live();
    await stack.ok("destroy", "--yes", "--skip-preview");
    expect(stack.providers.account.resources).to.deep.equal([]);
    expectOrder(
      stack.providers.calls.all,
      "delete Policy web-cpu",
      "delete Target web",
      "delete Service web",
      "delete ClusterCapacityProviders web",
      "delete Cluster web",
    );
  });
});
