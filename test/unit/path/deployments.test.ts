import { expect } from "chai";
import {
  alarmName,
  type DeploymentChoices,
  ecsStage,
  ecsStrategy,
  hasSecondGroup,
  shiftMinutes,
  shiftOf,
  shiftSteps,
  strategyOfEcs,
} from "../../../path/deployments";

describe("deployments", () => {
  const steps: readonly [DeploymentChoices, percents: number[], minutes: number][] = [
    [{ strategy: "blue-green" }, [100], 10],
    [{ strategy: "blue-green", bakeMinutes: 0 }, [100], 0],
    [{ strategy: "canary" }, [5, 100], 20],
    [{ strategy: "canary", canaryPercent: 0.1, stepMinutes: 60, bakeMinutes: 5 }, [0.1, 100], 65],
    [{ strategy: "linear", stepPercent: 25, stepMinutes: 6 }, [25, 50, 75, 100], 28],
    [{ strategy: "linear", stepPercent: 30, stepMinutes: 1 }, [30, 60, 90, 100], 13],
    [{ strategy: "linear", stepPercent: 100 }, [100], 10],
    [{ strategy: "canary", canaryPercent: 100 }, [100], 10],
  ];
  for (const [choices, percents, minutes] of steps)
    it(`${JSON.stringify(choices)}: ${percents.join(", ")} % in ${minutes} min`, () => {
      const shift = shiftOf(choices);
      if (shift === undefined) throw new Error("no shift");
      expect(shiftSteps(shift).map(({ percent }) => percent)).to.deep.equal(percents);
      expect(shiftMinutes(shift)).to.equal(minutes);
    });

  it("rolling shifts no requests, and has a second group only where it is asked to", () => {
    for (const choices of [undefined, {}, { strategy: "rolling" } as const]) {
      expect(shiftOf(choices)).to.equal(undefined);
      expect(hasSecondGroup(choices)).to.equal(false);
    }
    expect(hasSecondGroup({ secondGroup: true })).to.equal(true);
    expect(hasSecondGroup({ strategy: "linear" })).to.equal(true);
  });

  it("has ECS's words", () => {
    expect(ecsStrategy("blue-green")).to.equal("BLUE_GREEN");
    expect(strategyOfEcs("CANARY")).to.equal("canary");
    expect(strategyOfEcs("CODE_DEPLOY")).to.equal(undefined);
    expect(ecsStage("post-test-traffic-shift")).to.equal("POST_TEST_TRAFFIC_SHIFT");
  });

  it("names alarms, which may be given as ARNs", () => {
    expect(alarmName("errors")).to.equal("errors");
    const arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders: slow";
    expect(alarmName(arn)).to.equal("orders: slow");
  });
});
