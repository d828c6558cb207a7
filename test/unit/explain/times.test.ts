/** Times of log lines, which exports may give in another zone than UTC. */
import { expect } from "chai";
import { parseTime } from "../../../cli/explain/options";
import { firstInstant, milliseconds } from "../../../logs/time";
import { albLine, noAnswer } from "./lines";
import { read } from "./reading";

const utc = "2026-11-20T10:15:30.000Z";

describe("a time is one in UTC", () => {
  for (const text of [
    ...["2026-11-20T10:15:30Z", "2026-11-20 10:15:30", "2026-11-20 10:15:30.000000 UTC"],
    ...["2026-11-20T19:15:30+09:00", "2026-11-20 19:15:30,000 +0900", "2026-11-20 19:15:30+09"],
    ...["2026-11-19T20:45:30.000-1330", "2026-11-20 16:00:30.000 Asia/Kathmandu"],
    ...["2026-11-20 05:15:30.000 America/New_York", "2026-11-20 10:15:30.000 GMT"],
    ...["2026/11/20 10:15:30", "2026-11-20T10:15:30+00"],
    ...["1795169730", "1795169730.000", "1795169730000", "1795169730000000", "1.79516973E9"],
  ])
    it(text, () => {
      expect(firstInstant(undefined, "-", text)).to.equal(Date.parse(utc));
    });

  it("of a spreadsheet, without seconds and leading zeros", () => {
    expect(milliseconds("2026/1/5 9:05")).to.equal(Date.UTC(2026, 0, 5, 9, 5));
    for (const text of ["11/20/2026 10:15", "20.11.2026 10:15", "2026-13-01 10:15"])
      expect(milliseconds(text), text).to.equal(undefined);
  });

  it("by the offset of the time itself on the day that the clocks change", () => {
    const hours = ["2026-03-29 01:30:00", "2026-03-29 03:30:00"].map(
      (text) => (milliseconds(`${text} Europe/Berlin`) ?? NaN) / 3_600_000,
    );
    expect((hours[1] ?? NaN) - (hours[0] ?? NaN)).to.equal(1);
  });

  it("and unknown where the zone is", () => {
    for (const text of ["2026-11-20 10:15:30 IST", "2026-11-20 10:15:30 Mars/Olympus", "17", ""])
      expect(firstInstant(text), text).to.equal(undefined);
  });

  it("also on the command line", () => {
    for (const text of ["2026-11-20T19:15:30+09:00", "2026-11-20T10:15:30", "2026-11-20 10:15:30Z"])
      expect(parseTime(text)).to.equal(Date.parse(utc) / 1000);
    expect(parseTime("2026-11-20T19:15+09:00")).to.equal(Date.parse("2026-11-20T10:15Z") / 1000);
  });
});

describe("times with an offset are shown in UTC, and selected by it", () => {
  const time = "2026-11-20T19:15:30.123456+09:00";
  const connection =
    '203.0.113.9 36280 443 TLSv1.2 ECDHE - "CN=shop" NotBefore=2025-01-01T00:00:00Z;NotAfter=2026-01-01T00:00:00Z FEF2 Failed:ClientCertExpired TID_1c71';
  const texts: readonly (readonly [what: string, text: string])[] = [
    ["of an access log", albLine({ ...noAnswer, time, elb_status_code: "504" })],
    ["of an access log that is cut", albLine({ ...noAnswer, time, elb_status_code: "504" }, 18)],
    ["of an access log as JSON", JSON.stringify({ time, elb_status_code: 504, target_status_code: "-" })],
    ["of an access log with a creation time alone", JSON.stringify({ request_creation_time: time, elb_status_code: 504, target_status_code: "-" })],
    ["of CloudFront as JSON", JSON.stringify({ timestamp: time, "sc-status": 502, "x-edge-detailed-result-type": "OriginDnsError" })],
    ["of CloudFront as JSON, in milliseconds", JSON.stringify({ timestamp: 1795169730123, "sc-status": 502, "x-edge-detailed-result-type": "OriginDnsError" })],
    ["of a connection", `${time} ${connection}`],
  ]; // prettier-ignore
  for (const [what, text] of texts)
    it(what, async () => {
      const wanted = { since: Date.parse(utc) / 1000, until: Date.parse(utc) / 1000 + 1 };
      const { report } = await read(text, wanted);
      const hop = report.loadBalancer ?? report.cloudfront ?? report.connections;
      expect(hop?.causes[0]?.first).to.equal("2026-11-20T10:15:30Z");
      expect(hop?.timeline?.start).to.equal("2026-11-20T10:15:00Z");
    });
});
