import { expect } from "chai";
import { niceSteps, tickTimes } from "../../../cli/explain/axes";
import { threadsFor } from "../../../cli/explain/readAll";
import { parseTime, parseTop } from "../../../cli/explain/options";
import { progressText, formatBytes } from "../../../cli/explain/progress";
import { phrasesOf } from "../../../cli/explain/phrases";

describe("what people read", () => {
  const say = phrasesOf("en");
  const inJapanese = phrasesOf("ja");

  it("shares: never 0 % of something, nor 100 % of less than all", () => {
    const rows: [number, string][] = [
      [0, "0 %"],
      [0.000001, "< 0.01 %"],
      [0.005, "0.50 %"],
      [0.123, "12.3 %"],
      [0.99999, "> 99.9 %"],
      [1, "100 %"],
    ];
    for (const [share, text] of rows) {
      expect(say.percent(share)).to.equal(text);
      expect(inJapanese.percent(share)).to.equal(text.replace(" %", "%"));
    }
  });

  it("numbers", () => {
    expect([say.count(1, "line"), say.count(1234, "line")]).to.deep.equal([
      "1 line",
      "1,234 lines",
    ]);
    expect([inJapanese.count(1, "line"), inJapanese.count(1234, "request")]).to.deep.equal([
      "1 行",
      "リクエスト 1,234 件",
    ]);
  });

  it("times, without saying the day twice", () => {
    const from = "2026-11-20T10:00:00Z";
    for (const [to, english, japanese] of [
      [from, "2026-11-20 10:00:00 UTC", "2026-11-20 10:00:00 UTC"],
      [
        "2026-11-20T11:00:00Z",
        "2026-11-20 10:00:00 to 11:00:00 UTC",
        "2026-11-20 10:00:00 ～ 11:00:00 UTC",
      ],
      [
        "2026-11-21T11:00:00Z",
        "2026-11-20 10:00:00 to 2026-11-21 11:00:00 UTC",
        "2026-11-20 10:00:00 ～ 2026-11-21 11:00:00 UTC",
      ],
    ] as const) {
      expect(say.period(from, to)).to.equal(english);
      expect(inJapanese.period(from, to)).to.equal(japanese);
    }
  });

  it("lengths of time", () => {
    const ends = ["2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"] as const;
    for (const [seconds, english, japanese] of [
      [60, "minute", "1 分"],
      [300, "5 minutes", "5 分"],
      [3600, "hour", "1 時間"],
      [14_400, "4 hours", "4 時間"],
      [86_400, "day", "1 日"],
    ] as const) {
      expect(say.steps(ends, seconds)).to.match(new RegExp(`, errors per ${english}$`));
      expect(inJapanese.steps(ends, seconds)).to.match(new RegExp(`、${japanese}ごとのエラー数$`));
    }
  });

  it("the progress bar", () => {
    expect(progressText(0, 100, 0)).to.match(/^░{24} {3}0 %/);
    expect(progressText(25e6, 100e6, 1000)).to.equal(
      "██████░░░░░░░░░░░░░░░░░░  25 %  25 MB of 100 MB  3 s left",
    );
    expect(progressText(25e6, 100e6, 1000, "ja")).to.match(/ 25 MB \/ 100 MB {2}残り 3 秒$/);
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
