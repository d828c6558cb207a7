import { expect } from "chai";
import { niceSteps, tickTimes } from "../../../cli/explain/axes";
import { threadsFor } from "../../../cli/explain/readAll";
import { parseTime, parseTop } from "../../../cli/explain/options";
import { progressText, formatBytes } from "../../../cli/explain/progress";
import {
  formatCount,
  formatDuration,
  formatPercent,
  formatPeriod,
} from "../../../cli/explain/words";

describe("what people read", () => {
  it("shares: never 0 % of something, nor 100 % of less than all", () => {
    const rows: [number, string][] = [
      [0, "0 %"],
      [0.000001, "< 0.01 %"],
      [0.005, "0.50 %"],
      [0.123, "12.3 %"],
      [0.99999, "> 99.9 %"],
      [1, "100 %"],
    ];
    for (const [share, text] of rows) expect(formatPercent(share)).to.equal(text);
  });

  it("numbers, times and lengths of time", () => {
    expect([formatCount(1, "line"), formatCount(1234, "line")]).to.deep.equal([
      "1 line",
      "1,234 lines",
    ]);
    expect(formatPeriod("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z")).to.equal(
      "2026-11-20 10:00:00 to 11:00:00 UTC",
    );
    expect(formatPeriod("2026-11-20T10:00:00Z", "2026-11-21T11:00:00Z")).to.equal(
      "2026-11-20 10:00:00 to 2026-11-21 11:00:00 UTC",
    );
    expect([60, 300, 3600, 14_400, 86_400].map(formatDuration)).to.deep.equal([
      "minute",
      "5 minutes",
      "hour",
      "4 hours",
      "day",
    ]);
  });

  it("the progress bar", () => {
    expect(progressText(0, 100, 0)).to.match(/^░{24} {3}0 %/);
    expect(progressText(25e6, 100e6, 1000)).to.equal(
      "██████░░░░░░░░░░░░░░░░░░  25 %  25 MB of 100 MB  3 s left",
    );
    expect(progressText(2e9, 1e9, 1000)).to.match(/^█{24} 100 %/);
    expect([formatBytes(2000), formatBytes(3.4e9)]).to.deep.equal(["2 KB", "3.4 GB"]);
  });

  it("axes: round numbers up to just over the highest, round times between the ends", () => {
    for (const highest of [1, 3, 7, 42, 122, 999, 123_456]) {
      const steps = niceSteps(highest);
      expect(steps.at(-1)).to.be.at.least(highest);
      expect(steps.length).to.be.within(2, 6);
      expect(steps.at(-2)).to.be.below(highest);
    }
    for (const [steps, stepSeconds] of [
      [27, 300],
      [120, 60],
      [10, 86_400],
      [100, 604_800],
    ] as const) {
      const ticks = tickTimes({
        start: "2026-11-20T00:05:00Z",
        stepSeconds,
        requests: Array<number>(steps).fill(0),
        causes: {},
      });
      expect(ticks.length).to.be.within(1, 9);
      for (const { share, label } of ticks) {
        expect(share).to.be.within(0, 1);
        expect(label).to.match(/^(\d\d:\d\d|\d\d-\d\d)$/);
      }
    }
  });
});

describe("times of the command line", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  const rows: [string, string][] = [
    ["2026-11-20", "2026-11-20T00:00:00Z"],
    ["2026-11-20T10:15", "2026-11-20T10:15:00Z"],
    ["2026-11-20 10:15:30Z", "2026-11-20T10:15:30Z"],
    ["90m", "2026-11-20T10:30:00Z"],
    ["2d", "2026-11-18T12:00:00Z"],
  ];
  for (const [text, iso] of rows)
    it(text, () => {
      expect(parseTime(text, now)).to.equal(Date.parse(iso) / 1000);
    });
  for (const text of ["", "now", "2026-13-01", "5", "-3h", "2026-11-20T25:00"])
    it(`not "${text}"`, () => {
      expect(() => parseTime(text, now)).to.throw(/Write a date/);
    });
  it("rows of a ranking", () => {
    expect(parseTop("7")).to.equal(7);
    for (const text of ["0", "101", "x", "1.5"]) expect(() => parseTop(text)).to.throw(/1 to 100/);
  });
});

describe("threads", () => {
  const job = (bytes: number) => ({ id: 0, path: "x", bytes });
  it("as many as there are cores and jobs, and one for what is over in a moment", () => {
    expect(threadsFor([job(1e6), job(1e6)], 8)).to.equal(1);
    expect(threadsFor([job(1e9)], 8)).to.equal(1);
    expect(threadsFor([job(1e9), job(1e9), job(1e9)], 2)).to.equal(2);
  });
});
