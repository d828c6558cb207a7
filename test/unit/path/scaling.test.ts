/** Schedules, time zones, ranges of tasks and shares of Fargate Spot. */
import { expect } from "chai";
import { mostTasks, scheduledRange, trackedTargets } from "../../../path/scaling";
import { scheduleProblem, timezoneProblem } from "../../../path/schedules";
import { providerShares, spotProblem } from "../../../path/spot";

describe("a schedule", () => {
  const right = [
    "cron(0 20 ? * MON-FRI *)",
    "cron(0/15 7-19 * * ? *)",
    "cron(30 6 L * ? 2026-2030)",
    "cron(0 0 1,15 JAN,JUL ? *)",
    "cron(0 9 ? * 2#1 *)",
    "cron(0 9 15W * ? *)",
    "cron(0 9 ? * 6L *)",
    "rate(1 hour)",
    "rate(5 minutes)",
    "rate(2 days)",
    "at(2026-12-24T18:00:00)",
  ];
  for (const text of right)
    it(`is ${text}`, () => {
      expect(scheduleProblem(text)).to.equal(undefined);
    });

  const wrong: [string, RegExp][] = [
    ["", /cron\(minutes/],
    ["0 20 * * 1-5", /cron\(minutes/],
    ["cron(0 20 * * *)", /six fields.*not 5/],
    ["cron(0 20 * * * *)", /exactly one/],
    ["cron(0 20 ? * ? *)", /exactly one/],
    ["cron(60 20 ? * MON *)", /another minutes.*0 to 59/],
    ["cron(0 20 ? 13 MON *)", /another month.*JAN to DEC/],
    ["cron(0 20 32 * ? *)", /another day of month/],
    ["cron(0 20 ? * 0 *)", /another day of week.*1 to 7/],
    ["cron(0 20 ? * MON 1969)", /another year/],
    ["cron(0 20/0 ? * MON *)", /another hours/],
    ["rate(0 days)", /from 1/],
    ["rate(1 hours)", /rate\(1 minute\)/],
    ["rate(2 hour)", /rate\(1 minute\)/],
    ["rate(1 week)", /cron\(minutes/],
    ["at(2026-02-30T00:00:00)", /a time that exists/],
    ["at(2026-12-24 18:00)", /cron\(minutes/],
  ];
  for (const [text, says] of wrong)
    it(`is not '${text}'`, () => {
      expect(scheduleProblem(text)).to.match(says);
    });
});

describe("a time zone", () => {
  for (const name of ["UTC", "Europe/Berlin", "Etc/GMT+9", "Asia/Kolkata", "America/New_York"])
    it(`is ${name}`, () => {
      expect(timezoneProblem(name)).to.equal(undefined);
    });
  for (const [name, problem] of [
    ["Berlin", {}],
    ["+02:00", {}],
    ["europe/berlin", { write: "Europe/Berlin" }],
  ] as const)
    it(`is not ${name}`, () => {
      expect(timezoneProblem(name)).to.deep.equal(problem);
    });
});

describe("a range of tasks", () => {
  it("of a schedule is none for a minimum of 0, and otherwise up to the service's", () => {
    const ranges = [{ min: 0 }, { min: 4 }, { min: 9 }, { min: 1, max: 2 }].map((one) =>
      scheduledRange({ schedule: "rate(1 day)", ...one }, { max: 6 }),
    );
    expect(ranges.map(({ max }) => max)).to.deep.equal([0, 6, 9, 2]);
  });

  it("has the most tasks of any of its schedules", () => {
    const schedules = { sale: { schedule: "at(2026-11-27T00:00:00)", min: 10 } };
    expect(mostTasks({ max: 6, schedules })).to.equal(10);
  });

  it("follows CPU if nothing else is named, and nothing if it is a single number", () => {
    expect(trackedTargets({ max: 6 }).cpuPercent).to.equal(60);
    expect(trackedTargets({ max: 6, memoryPercent: 80 })).to.deep.include({
      cpuPercent: undefined,
      memoryPercent: 80,
    });
    expect(trackedTargets({ min: 3, max: 3, cpuPercent: 50 })).to.deep.equal({});
  });
});

describe("the share on Fargate Spot", () => {
  it("leaves out a provider without a weight, which takes no task", () => {
    expect(providerShares({ percent: 0 })).to.have.length(1);
    expect(providerShares({ percent: 50, base: 0 })).to.deep.equal([
      { capacityProvider: "FARGATE", weight: 50 },
      { capacityProvider: "FARGATE_SPOT", weight: 50 },
    ]);
  });

  it("cannot be all with a base on demand", () => {
    expect(spotProblem({ percent: 100 })).to.match(/^0 with a percent of 100/);
    expect(spotProblem({ percent: 100, base: 0 })).to.equal(undefined);
    expect(spotProblem({ percent: 99 })).to.equal(undefined);
  });
});
