/** Deployments that shift requests, as a plan shows them and a check walks through them. */
import { expect } from "chai";
import { movesOf } from "../../../cli/local/deployments";
import { printPlan } from "../../../cli/plan/text";
import type { Plan } from "../../../cli/plan/types";
import type { DeclaredResource, Props } from "../../../topology/resource";
import { variantSpec } from "../../../path/variants";
import { arn, resource, soundProgram } from "../rules/program";
import { planOf, printed } from "./planOf";

function textOf(plan: Plan): string {
  const all = printed((screen) => {
    printPlan(plan, screen, { all: true });
  });
  return all.replace(/\s+/g, " ");
}

const green = "arn:green";

/** The sound program with a second target group. */
function shifted(
  deploymentConfiguration: Props,
  group: Props = {},
  service: Props = {},
): DeclaredResource[] {
  const targetGroups = [
    { arn: arn.tasks, weight: 100 },
    { arn: green, weight: 0 },
  ];
  return [
    ...soundProgram({
      guarded: { actions: [{ type: "forward", forward: { targetGroups } }] },
      web: {
        ...{ deploymentConfiguration, desiredCount: 3, ...service },
        loadBalancers: [
          {
            ...{ targetGroupArn: arn.tasks, containerName: "nginx", containerPort: 8080 },
            advancedConfiguration: {
              ...{ alternateTargetGroupArn: green, productionListenerRule: arn.guarded },
              roleArn: arn.role,
            },
          },
        ],
      },
    }),
    resource(
      "aws:lb/targetGroup:TargetGroup",
      "green",
      {
        ...{ port: 80, protocol: "HTTP", protocolVersion: "HTTP1", targetType: "ip" },
        healthCheck: { path: "/healthz", protocol: "HTTP", matcher: "200" },
        ...group,
      },
      { arn: green },
    ),
  ];
}

const canary = { strategy: "CANARY", bakeTimeInMinutes: "15" };

describe("a plan of a deployment", () => {
  it("says its steps, its further tasks, and that requests get the same at each step", () => {
    const plan = planOf(shifted(canary));
    expect(plan.paths).to.have.lengthOf(1);
    const [deployment] = plan.deployments;
    expect(deployment).to.deep.include({
      ...{ service: "web", strategy: "canary", minutes: 25, furtherTasks: 3 },
      steps: [
        { percent: 5, minutes: 10 },
        { percent: 100, minutes: 15 },
      ],
      targetGroups: ["tasks", "green"],
    });
    expect(deployment?.requests[0]).to.deep.include({ old: "200", new: "200" });
    const text = textOf(plan);
    expect(text).to.include("web: canary. New tasks get 5 % for 10 min, then all requests");
    expect(text).to.include("3 further tasks run meanwhile, and are paid for");
    expect(text).to.include("At each step requests get the same from old and new tasks.");
    expect(text).to.include("a second set of tasks while a deployment runs");
    expect(plan.findings.map(({ code }) => code)).to.not.include(
      "deployment-protocol-versions-differ",
    );
  });

  it("is an error where the groups' protocol versions differ, and says who gets what", () => {
    const plan = planOf(shifted(canary, { protocolVersion: "HTTP2" }));
    expect(plan.verdict).to.equal("error");
    const text = textOf(plan);
    expect(text).to.include("deployment-protocol-versions-differ");
    expect(text).to.match(
      /Old and new tasks do not answer alike.*200 from old tasks, 464 from new/,
    );
  });

  it("names the alarms by which ECS goes back, with any strategy", () => {
    const alarms = { alarmNames: ["web-5xx-1a2b3c4", "theirs"], enable: true, rollback: true };
    const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const alarm = resource(type, "web-5xx", {}, { id: alarms.alarmNames[0] });
    const goesBack = /If one of these alarms fires meanwhile, ECS goes back: web-5xx, theirs\./;
    for (const strategy of ["CANARY", "ROLLING"]) {
      const plan = planOf([...shifted({ strategy }, {}, { alarms }), alarm]);
      expect(plan.rollbacks).to.deep.equal([{ service: "web", alarms: ["web-5xx", "theirs"] }]);
      expect(textOf(plan)).to.match(goesBack);
    }
    for (const off of [{ enable: false }, { rollback: false }]) {
      const plan = planOf(shifted(canary, {}, { alarms: { ...alarms, ...off } }));
      expect(plan.rollbacks).to.deep.equal([]);
      expect(textOf(plan)).to.include("No alarm makes ECS go back.");
    }
  });

  it("has none where new tasks replace old ones in place", () => {
    for (const program of [soundProgram(), shifted({ strategy: "ROLLING" })]) {
      const plan = planOf(program);
      expect(plan.deployments).to.deep.equal([]);
      expect(plan.rollbacks).to.deep.equal([]);
      expect(textOf(plan)).to.not.match(/second set of tasks|ECS go/);
    }
  });
});

describe("a check of a deployment", () => {
  const spec = variantSpec("h2-direct", {
    ...{ loadBalancerCertificate: true, originName: "", viewerNames: [] },
  });
  const front = { name: "www.example.com", address: "127.0.0.1", port: 8443, tls: true };
  const checked = {
    ...{ of: "alb", path: spec, places: { front, cloudfrontAddress: "127.0.1.1" } },
    service: "web",
  };
  const steps = [
    { stage: "before", percent: 0 },
    { stage: "started", percent: 0 },
    { stage: "shifting", percent: 10 },
    { stage: "all", percent: 100 },
  ] as const;
  const moves = (forTests?: true) =>
    movesOf([{ service: "web", steps, at: 0 }], [{ ...checked, ...(forTests && { forTests }) }]);

  it("walks every step, and back from the last one, with who may answer", () => {
    expect(
      moves().map(({ at, probes }) => [at, probes[0]?.revisions, probes[0]?.times]),
    ).to.deep.equal([
      [0, ["blue"], undefined],
      [1, ["blue"], undefined],
      [2, ["blue", "green"], 20],
      [3, ["green"], undefined],
      [0, ["blue"], undefined],
    ]);
    expect(moves().at(-1)?.probes[0]?.title).to.include("rolled back");
  });

  it("expects the new tasks on the listener for tests, as soon as they run", () => {
    const answering = moves(true).map(({ probes }) => probes[0]?.revisions?.join());
    expect(answering).to.deep.equal(["blue", "green", "green", "green", "blue"]);
  });

  it("asks nothing of services that are not deployed so", () => {
    const others = movesOf([{ service: "web", steps, at: 0 }], [{ ...checked, service: "api" }]);
    expect(others.flatMap(({ probes }) => probes)).to.deep.equal([]);
    expect(movesOf([], [checked])).to.deep.equal([]);
  });
});
