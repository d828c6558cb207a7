/**
 * How a service is deployed, by the real engine: from rolling to blue/green, a canary and back, in
 * place; with deployments in between, whose weights are ECS's and not the program's.
 */
import { expect } from "chai";
import type { Props } from "../../local/model/types";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, type Stack, steps } from "../engine/stack";

const stacks = [
  { name: "h2", rule: "web-production", second: { secondGroup: true } },
  { name: "dev", rule: "web-secret-header", second: undefined },
] as const;

const testing = { testPort: 8443, testCidrs: ["10.0.0.0/16"] };

for (const { name, rule, second } of stacks) {
  describeWith("pulumi", `the deployments of ${name}, by the real engine`, () => {
    let stack: Stack;
    let lasting: string[];
    let plain: string[];

    const account = () => stack.providers.account;
    const held = (): string[] =>
      account()
        .resources.map((r) => `${r.type} ${r.name}`)
        .sort();
    const ids = (): string[] =>
      account()
        .resources.filter(({ type }) => /:(LoadBalancer|Listener|TargetGroup|Service)$/.test(type))
        .map(({ id }) => id);
    const found = (type: string, of: string) =>
      account().resources.find((r) => r.type.endsWith(`:${type}`) && r.name === of);

    /** Weights of a rule's target groups, by the groups' names. */
    function weights(of: string = rule): Record<string, number> {
      const { actions } = found("ListenerRule", of)?.outputs as {
        actions: { targetGroupArn?: string; forward?: { targetGroups: Props[] } }[];
      };
      const groups = actions[0]?.forward?.targetGroups ?? [
        { arn: actions[0]?.targetGroupArn, weight: 100 },
      ];
      return Object.fromEntries(
        groups.map(({ arn, weight }) => [
          account().resources.find((r) => r.outputs.arn === arn)?.name ?? "",
          weight as number,
        ]),
      );
    }

    const alarms = () =>
      found("Service", "web")?.outputs.alarms as Props & { alarmNames: string[] };
    const ownAlarms = (): string[] =>
      account()
        .resources.filter(({ name }) => /-deployment-(?:load-balancer-)?5xx$/.test(name))
        .map(({ id }) => id);
    const off = { alarmNames: ["none"], enable: false, rollback: false };

    const strategy = (): unknown =>
      (found("Service", "web")?.outputs.deploymentConfiguration as Props | undefined)?.strategy;

    async function live(deployment: object, ...args: string[]) {
      stack.set("service.deployment", JSON.stringify(deployment));
      const calls = await stack.up(...args);
      expectWhole(stack);
      expect(ids()).to.include.members(lasting);
      expect(steps(calls).filter((step) => step.startsWith("delete"))).to.deep.equal([]);
      return calls;
    }

    before(async () => {
      stack = await createStack(name);
      await stack.up();
      lasting = ids();
      plain = held();
    });

    after(() => (stack as Stack | undefined)?.close());

    it("from rolling to blue/green in place, with the second group first where it is wanted", async () => {
      if (second) {
        const calls = await live(second);
        expect(strategy()).to.equal("ROLLING");
        expectOrder(calls, "create TargetGroup web-green", "create ListenerRule web-production");
        expect(weights()).to.deep.equal({ "web-tasks": 100, "web-green": 0 });
      }
      const calls = await live({ strategy: "blue-green", bakeMinutes: 5, ...testing });
      expect(steps(calls, "aws:ecs/service:Service")).to.deep.equal(["update Service web"]);
      expect(strategy()).to.equal("BLUE_GREEN");
      expectOrder(calls, "create MetricAlarm web-green-deployment-5xx", "update Service web");
      expect(alarms()).to.include({ enable: true, rollback: true });
      expect(alarms().alarmNames).to.have.lengthOf(3).and.to.have.members(ownAlarms());
      expect(await stack.up("--expect-no-changes")).to.be.empty;
    });

    it("a deployment ends at the second group, which no preview or refresh takes back", async () => {
      stack.set("service.cpu", "512");
      stack.set("service.memory", "1024");
      await stack.up();
      expect(weights()).to.deep.equal({ "web-tasks": 0, "web-green": 100 });
      expect(weights("web-test")).to.deep.equal({ "web-tasks": 0, "web-green": 100 });
      expect(await stack.up("--expect-no-changes")).to.be.empty;
      await stack.ok("refresh", "--yes", "--skip-preview");
      const { output } = await stack.ok("preview", "--diff", "--expect-no-changes");
      expect(output).to.not.include("weight");
      await stack.up("--expect-no-changes");
      expect(weights(), "after an update").to.deep.equal({ "web-tasks": 0, "web-green": 100 });
    });

    it("a change of the rule leaves the weights alone", async () => {
      stack.set("tags.team", "shop");
      const calls = await stack.up();
      expect(steps(calls)).to.include(`update ListenerRule ${rule}`);
      expect(weights()).to.deep.equal({ "web-tasks": 0, "web-green": 100 });
    });

    it("to a canary in place, whose deployment leads back to the first group", async () => {
      await live({ strategy: "canary", canaryPercent: 10, ...testing });
      expect(strategy()).to.equal("CANARY");
      expect(weights()).to.deep.equal({ "web-tasks": 0, "web-green": 100 });
      stack.set("service.cpu", "256");
      stack.set("service.memory", "512");
      await stack.up();
      expect(weights()).to.deep.equal({ "web-tasks": 100, "web-green": 0 });
      expect(await stack.up("--expect-no-changes")).to.be.empty;
    });

    it("goes back at other thresholds, by an alarm that exists too, and by none", async () => {
      const canary = { strategy: "canary", canaryPercent: 10, ...testing };
      const rollback = { errorPercent: 20 };
      const calls = await live({ ...canary, rollback, rollbackAlarms: ["theirs"] });
      expect(steps(calls, "aws:cloudwatch/metricAlarm:MetricAlarm")).to.have.members(
        ["", "green-"]
          .map((start) => `update MetricAlarm web-${start}deployment-5xx`)
          .concat("update MetricAlarm web-deployment-load-balancer-5xx"),
      );
      expect(alarms().alarmNames).to.have.members([...ownAlarms(), "theirs"]);
      stack.set("service.deployment", JSON.stringify({ ...canary, rollback: { enabled: false } }));
      const done = await stack.up();
      expectWhole(stack);
      expect(ids()).to.include.members(lasting);
      expect([alarms(), ownAlarms()]).to.deep.equal([off, []]);
      expectOrder(done, "update Service web", "delete MetricAlarm web-deployment-5xx");
      expect(await stack.up("--expect-no-changes")).to.be.empty;
    });

    it("to rolling with alarms, next to ECS's circuit breaker", async () => {
      await live({ secondGroup: true, ...testing, rollback: { enabled: true } });
      expect(strategy()).to.equal("ROLLING");
      expect(found("Service", "web")?.outputs).to.have.nested.property(
        "deploymentCircuitBreaker.enable",
        true,
      );
      expect(alarms().alarmNames).to.have.members(ownAlarms());
    });

    it("and back to rolling alone: what there was before, and no more", async () => {
      stack.remove("service.deployment");
      const calls = await stack.up();
      expectWhole(stack);
      expect(strategy()).to.equal("ROLLING");
      expect(ids()).to.have.members(lasting);
      expect(held()).to.deep.equal(plain);
      expect(alarms()).to.deep.equal(off);
      // The service leaves the second group before anything is deleted that leads there.
      expectOrder(calls, "update Service web", "delete TargetGroup web-green");
      expect(await stack.up("--expect-no-changes")).to.be.empty;
    });
  });
}
