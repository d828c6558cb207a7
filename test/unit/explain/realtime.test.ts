/** CloudFront's real-time logs, whose records do not name their fields. */
import { expect } from "chai";
import { parseFields } from "../../../cli/explain/options";
import { everyField, realtimeFields } from "../../../logs/edge/realtime";
import { accounted, countsOf, read } from "./reading";

const values: Readonly<Record<string, string>> = {
  timestamp: "1763633730.937",
  "c-ip": "192.0.2.21",
  "s-ip": "203.0.113.4",
  "time-to-first-byte": "0.332",
  "sc-status": "502",
  "sc-bytes": "347",
  "cs-method": "GET",
  "cs-protocol": "https",
  "cs-host": "www.example.com",
  "cs-uri-stem": "/orders/17?page=2",
  "cs-bytes": "512",
  "x-edge-location": "FRA56-P4",
  "x-edge-request-id": "ZqX-_aB3==",
  "x-host-header": "d111111abcdef8.cloudfront.net",
  "time-taken": "0.332",
  "cs-protocol-version": "HTTP/2.0",
  "c-ip-version": "IPv4",
  "cs-user-agent": "Mozilla/5.0%20(X11)",
  "x-edge-response-result-type": "Error",
  "x-edge-result-type": "Error",
  "x-edge-detailed-result-type": "OriginDnsError",
  "ssl-protocol": "TLSv1.3",
  "ssl-cipher": "TLS_AES_128_GCM_SHA256",
  "sc-content-type": "text/html",
  "sc-content-len": "162",
  "c-port": "41234",
  "c-country": "DE",
  "cs-accept": "*/*",
  "cs-accept-encoding": "gzip",
  "cache-behavior-path-pattern": "*",
  "primary-distribution-id": "E2QWRUHAPOMQZL",
  "primary-distribution-dns-name": "d111111abcdef8.cloudfront.net",
  asn: "64496",
};
const hit = {
  "sc-status": "200",
  "x-edge-response-result-type": "Hit",
  "x-edge-result-type": "Hit",
  "x-edge-detailed-result-type": "Hit",
};
/** Read to the end of the read timeout: `origin-fbl` says that the origin had begun to answer. */
const stalled = {
  "sc-status": "504",
  "x-edge-detailed-result-type": "OriginCommError",
  "time-taken": "30.010",
  "origin-fbl": "0.200",
};
const record = (fields: readonly string[], more: Readonly<Record<string, string>> = {}): string =>
  fields.map((field) => more[field] ?? values[field] ?? "-").join("\t");
const log = (fields: readonly string[]): string =>
  [record(fields), record(fields, hit), record(fields, stalled)].join("\n");

const selection = ["timestamp", "sc-status", "cs-method", "x-edge-detailed-result-type"];
const without = (field: string): string[] => realtimeFields.filter((one) => one !== field);

async function causesOf(text: string, fields?: readonly string[]) {
  const { report, tally } = await read(text, { fields });
  expect(accounted(tally)).to.equal(report.read.lines);
  return countsOf(report.cloudfront?.causes);
}

describe("a real-time log of CloudFront is read", () => {
  const complete: readonly (readonly [what: string, fields: readonly string[]])[] = [
    ["every field of today", realtimeFields],
    ["fields that AWS may add", [...realtimeFields, "new-field", "newer-field"]],
    ["the fields before those of media players", realtimeFields.slice(0, 46)],
  ];
  for (const [what, fields] of complete)
    it(`with ${what}`, async () => {
      const { report } = await read(log(fields));
      const { cloudfront } = report;
      expect(cloudfront?.requests).to.equal(3);
      expect(countsOf(cloudfront?.causes)).to.deep.equal({
        "edge-origin-dns": 1,
        "edge-origin-slow": 1,
      });
      expect(cloudfront?.causes[0]).to.deep.include({ first: "2025-11-20T10:15:30Z" });
      expect(cloudfront?.causes[0]?.paths.top[0]?.name).to.equal("/orders/{n}");
    });

  it("with the fields of 2020, without s-ip and origin-fbl", async () => {
    const causes = { "edge-origin-dns": 1, "edge-origin-timeout": 1 };
    expect(await causesOf(log(without("s-ip").slice(0, 40)))).to.deep.equal(causes);
    expect(await causesOf(log(without("s-ip").slice(0, 33)))).to.deep.equal(causes);
  });

  it("pasted with spaces for tabs, and found by grep", async () => {
    const text = log(realtimeFields).replaceAll("\t", "    ");
    expect(await causesOf(text)).to.have.property("edge-origin-dns", 1);
    const found = log(realtimeFields).replace(/^/gm, "a/b.log:17:");
    expect(await causesOf(found)).to.have.property("edge-origin-dns", 1);
  });

  it("with any other fields if the caller names them, in any order", async () => {
    const causes = { "edge-origin-dns": 1, "edge-origin-timeout": 1 };
    expect(await causesOf(log(selection), parseFields([...selection].reverse().join(",")))).to.deep.equal(causes);
    expect(await causesOf(log(without("x-edge-location")), parseFields(JSON.stringify(without("x-edge-location"))))).to.have.property("edge-origin-slow", 1);
  }); // prettier-ignore

  it("not without one of them: no value is taken for another one's", async () => {
    const used = realtimeFields.slice(0, realtimeFields.indexOf("x-edge-detailed-result-type") + 1);
    for (const field of used) {
      const { report } = await read(log(without(field)));
      // Neither address is used, and without one of them the rest is still in a known place.
      const requests = /^[cs]-ip$/.test(field) ? 3 : undefined;
      expect(report.cloudfront?.requests, field).to.equal(requests);
    }
    for (const field of realtimeFields.slice(used.length)) {
      // origin-fbl, which shows that the origin was slow, is used only if it is in its place.
      const inPlace = realtimeFields.indexOf(field) > realtimeFields.indexOf("asn");
      const cause = inPlace ? "edge-origin-slow" : "edge-origin-timeout";
      const causes = await causesOf(log(without(field)));
      expect(causes, field).to.deep.equal({ "edge-origin-dns": 1, [cause]: 1 });
    }
  });

  it("not without two of them", () => {
    const addresses = ["c-ip", "s-ip"];
    const others = realtimeFields.slice(0, realtimeFields.indexOf("c-country") + 1);
    for (const one of others)
      for (const other of others.filter((field) => field > one)) {
        const fields = without(one).filter((field) => field !== other);
        const recognised = everyField(record(fields).split("\t")) ?? [];
        // All but the addresses, which are not used.
        const misplaced = recognised.filter((field, i) => fields[i] !== field);
        expect(misplaced.filter((field) => !addresses.includes(field)), `${one}, ${other}`).to.deep.equal([]); // prettier-ignore
      }
  });

  it("among lines of a log with a header", async () => {
    const header = "#Fields: sc-status x-edge-detailed-result-type\n502\tOriginDnsError\n";
    const causes = { "edge-origin-dns": 2, "edge-origin-slow": 1 };
    expect(await causesOf(header + log(realtimeFields))).to.deep.equal(causes);
  });

  it("not with other fields than the caller names", async () => {
    const named = parseFields("timestamp c-ip sc-status x-edge-detailed-result-type");
    const { report } = await read(log(selection), { fields: named });
    expect(report.cloudfront).to.equal(undefined);
    expect(report.read.malformed.kinds[0]?.name).to.match(/other fields than --fields/);
  });
});

describe("--fields", () => {
  it("also names those of a plain log of version 2, in its own order", async () => {
    const text = "FRA56-P4 2026-11-20 10:15:30 OriginDnsError 502".replaceAll(" ", "\t");
    const fields = parseFields("x-edge-location date time x-edge-detailed-result-type sc-status");
    expect(await causesOf(text, fields)).to.deep.equal({ "edge-origin-dns": 1 });
  });

  it("does not replace a header", async () => {
    const text =
      "#Fields: sc-status x-edge-detailed-result-type timestamp\n502\tOriginDnsError\t1763633730";
    const fields = parseFields("timestamp,x-edge-detailed-result-type,sc-status");
    expect(await causesOf(text, fields)).to.deep.equal({ "edge-origin-dns": 1 });
  });

  it("takes a field that is not known where AWS's order is kept", () => {
    expect(parseFields("timestamp\tnew-field\tsc-status")).to.have.length(3);
    expect(() => parseFields("sc-status,new-field,timestamp")).to.throw(/get-realtime-log-config/);
    expect(() => parseFields("timestamp,c-ip")).to.throw(/sc-status/);
    expect(() => parseFields("sc-status,timestamp,sc_status")).to.throw(/sc_status is given twice/);
  });
});
