/** The number of tasks in plans of any program, and in comparisons. */
import { expect } from "chai";
import { comparePlans } from "../../../cli/plan/diff";
import { printDiff } from "../../../cli/plan/diffText";
import { printPlan } from "../../../cli/plan/text";
import type { Screen } from "../../../cli/screen";
import { UNKNOWN, type DeclaredResource, type Props } from "../../../topology/resource";
import { directProgram, resource } from "../rules/program";
import { expectValid, planOf, printed as printedAt } from "./planOf";

const printed = (print: (screen: Screen) => void): string => printedAt(print, { width: 120 });

const about = (inputs: Props): Props => ({
  ...{ serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" },
  ...{ resourceId: "service/main/web-1a2b3c4", ...inputs },
});
const target = (inputs: Props = {}): DeclaredResource =>
  resource(
    "aws:appautoscaling/target:Target",
    "scaling",
    about({ minCapacity: 2, maxCapacity: 6, ...inputs }),
  );
const follow = (name: string, predefinedMetricType: string, targetValue: number) =>
  resource(
    "aws:appautoscaling/policy:Policy",
    name,
    about({
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        predefinedMetricSpecification: { predefinedMetricType },
      },
    }),
  );
const night = resource(
  "aws:appautoscaling/scheduledAction:ScheduledAction",
  "night",
  about({
    schedule: "cron(0 20 ? * * *)",
    timezone: "Europe/Berlin",
    scalableTargetAction: { minCapacity: 0, maxCapacity: 0 },
  }),
);
const spot = {
  launchType: undefined,
  capacityProviderStrategies: [
    { capacityProvider: "FARGATE", base: 1, weight: 30 },
    { capacityProvider: "FARGATE_SPOT", weight: 70 },
  ],
};
const fixed = (web: Props = {}) =>
  directProgram({
    definition: { cpu: "256", memory: "512" },
    web: { name: "web-1a2b3c4", desiredCount: 2, ...web },
  });
const scaled = [
  ...fixed(spot),
  ...[target(), follow("cpu", "ECSServiceAverageCPUUtilization", 60)],
  ...[follow("requests", "ALBRequestCountPerTarget", 1000), night],
];

describe("the number of tasks in a plan", () => {
  it("is a range, with what it follows, its schedules and Spot's share", () => {
    const plan = planOf(scaled);
    expect(plan.tasks).to.deep.equal([
      {
        ...{ service: "web", min: 2, max: 6 },
        follows: [
          { metric: "CPU", target: 60 },
          { metric: "requests", target: 1000 },
        ],
        schedules: [{ schedule: "cron(0 20 ? * * *)", timezone: "Europe/Berlin", min: 0, max: 0 }],
        spot: { percent: 70, base: 1, spotBase: 0 },
      },
    ]);
    const text = printed((screen) => {
      printPlan(plan, screen);
    });
    expect(text).to.match(
      /web +2 to 6 +follows CPU at 60 %, 1000 requests a minute for each task\n/,
    );
    expect(text).to.match(/ {8}from cron\(0 20 \? \* \* \*\) Europe\/Berlin: none\n/);
    expect(text).to.match(
      /the first 1 on demand, 70 % of the others on Fargate Spot, at its market price\n/,
    );
    expect(text).to.match(/USD \d+\.\d\d to \d+\.\d\d a month by the number of tasks/);
  });

  it("is not printed where it is fixed and nothing runs on Spot", () => {
    const plan = planOf(fixed());
    expect(plan.tasks).to.deep.equal([
      { service: "web", min: 2, max: 2, follows: [], schedules: [] },
    ]);
    const text = printed((screen) => {
      printPlan(plan, screen);
    });
    expect(text).not.to.include("Number of tasks");
    expect(plan.cost.most).to.equal(undefined);
  });

  it("is not guessed where it is not known what is scaled", () => {
    expect(planOf([...fixed(), target({ resourceId: UNKNOWN })]).tasks).to.deep.equal([]);
  });

  it("is compared, with the cost of the most tasks", () => {
    const of = (resources: readonly DeclaredResource[]) => ({
      plan: planOf(resources),
      resources: new Map(),
    });
    const diff = comparePlans(of(fixed()), of(scaled));
    expectValid(diff);
    expect(diff.same).to.equal(false);
    expect(diff.tasks.map(({ what }) => what)).to.deep.equal([
      "web",
      "web follows",
      "web at times",
      "web on Spot",
    ]);
    expect(diff.tasks[0]).to.deep.equal({ what: "web", from: "2", to: "2 to 6" });
    expect(diff.cost.most?.to).to.be.greaterThan(Number(diff.cost.to));
    const text = printed((screen) => {
      printDiff(diff, screen);
    });
    expect(text).to.match(/web follows +none . CPU at 60 %, 1000 requests/);
    expect(text).to.match(/all, with the most tasks, \+\d/);
    expect(comparePlans(of(scaled), of(scaled)).same).to.equal(true);
  });
});
