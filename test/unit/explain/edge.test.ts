import { expect } from "chai";
import { edgeFields, fieldKey } from "../../../logs/edge/fields";
import { edgeCauses } from "../../../logs/causes/edge";
import { accounted, countsOf, read } from "./reading";

type Values = Readonly<Record<string, string>>;

const miss: Values = {
  date: "2026-11-20",
  time: "10:15:30",
  "x-edge-location": "FRA56-P4",
  "c-ip": "203.0.113.7",
  "cs-method": "GET",
  "cs(Host)": "d111111abcdef8.cloudfront.net",
  "cs-uri-stem": "/orders/17",
  "sc-status": "200",
  "cs(User-Agent)": "Mozilla/5.0%20(X11;%20Linux%20x86_64)",
  "x-edge-result-type": "Miss",
  "x-host-header": "app.example.com",
  "cs-protocol": "https",
  "cs-protocol-version": "HTTP/2.0",
  "x-edge-response-result-type": "Miss",
  "x-edge-detailed-result-type": "Miss",
};

const failed = (status: number, detail = "Error", more: Values = {}): Values => ({
  ...miss,
  "sc-status": String(status).padStart(3, "0"),
  "x-edge-result-type": "Error",
  "x-edge-response-result-type": "Error",
  "x-edge-detailed-result-type": detail,
  ...more,
});

const line = (values: Values, fields: readonly string[] = edgeFields): string =>
  fields.map((field) => values[field] ?? "-").join("\t");
const header = (fields: readonly string[]): string => `#Version: 1.0\n#Fields: ${fields.join(" ")}`;

const cases: readonly (readonly [cause: string, values: Values])[] = [
  ["edge-464-http1-to-http2-target", failed(464)],
  ["edge-464-grpc", failed(464, "Error", { "cs-protocol": "grpcs", "cs-method": "POST" })],
  ["edge-load-balancer-status", failed(460)],
  ["edge-load-balancer-status", failed(561)],
  ["edge-viewer-gone", failed(0, "ClientCommError")],
  ["edge-origin-unreachable", failed(502, "OriginConnectError")],
  ["edge-origin-unreachable", failed(504, "OriginConnectError")],
  ["edge-origin-dns", failed(502, "OriginDnsError")],
  ["edge-origin-timeout", failed(504, "OriginCommError")],
  ["edge-origin-broke-off", failed(502, "OriginCommError")],
  ["edge-origin-broke-off", failed(200, "AbortedOrigin")],
  ["edge-origin-invalid", failed(502, "OriginHeaderTooBigError")],
  ["edge-geo-blocked", failed(403, "ClientGeoBlocked")],
  ["edge-function", failed(503, "FunctionExecutionError")],
  ["edge-function", failed(503, "LambdaTimeoutError")],
  ["edge-invalid-request", failed(400, "InvalidRequestMethod")],
  ["edge-viewer-broke-off", failed(200, "ClientHungUpRequest")],
  ["edge-cloudfront-failed", failed(503, "CapacityExceeded")],
  ["edge-url-too-long", failed(414)],
]; // prettier-ignore

describe("causes in CloudFront's logs", () => {
  for (const [cause, values] of cases)
    it(`${cause}: ${values["sc-status"] ?? ""} ${values["x-edge-detailed-result-type"] ?? ""}`, async () => {
      const { report } = await read(`${header(edgeFields)}\n${line(values)}\n${line(miss)}\n`);
      expect(countsOf(report.cloudfront?.causes)).to.deep.equal({ [cause]: 1 });
      expect(report.cloudfront?.requests).to.equal(2);
    });

  it("have a line each in this test", () => {
    expect([...new Set(cases.map(([cause]) => cause))]).to.have.members([
      ...new Set(edgeCauses.map(({ code }) => code)),
    ]);
  });

  it("are not the origin's own errors", async () => {
    const lines = [404, 500, 502, 503].map((status) => line(failed(status)));
    const { cloudfront } = (await read(`${header(edgeFields)}\n${lines.join("\n")}`)).report;
    expect(cloudfront).to.deep.include({ errors: 0, causes: [] });
    expect(cloudfront?.passedOn.map(({ status }) => status)).to.deep.equal([404, 500, 502, 503]);
  });
});

describe("CloudFront's logs are read in every form", () => {
  const some = ["sc-status", "timestamp(ms)", "cs-uri-stem", "x-edge-detailed-result-type"];
  const values = { ...failed(464), "timestamp(ms)": String(Date.UTC(2026, 10, 20, 10, 15, 30)) };
  const forms: readonly (readonly [what: string, text: string])[] = [
    ["legacy, under a header", `${header(edgeFields)}\n${line(values)}`],
    ["version 2 as w3c with another selection", `${header(some)}\n${line(values, some)}`],
    ["version 2 as w3c, a header with tabs", `${header(some).replaceAll(" ", "\t")}\n${line(values, some)}`],
    ["version 2 as plain, without a header", line(values)],
    ["version 2 as json", JSON.stringify(values)],
    ["version 2 as json, numbers as numbers", JSON.stringify({ ...values, "sc-status": 464 })],
    ["keys with underscores", JSON.stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [fieldKey(key).replaceAll("-", "_"), value])))],
  ]; // prettier-ignore
  for (const [what, text] of forms)
    it(what, async () => {
      const { report, tally, result } = await read(text);
      const [cause] = report.cloudfront?.causes ?? [];
      expect(cause?.code).to.equal("edge-464-http1-to-http2-target");
      expect(cause?.first).to.equal("2026-11-20T10:15:30Z");
      expect(cause?.paths.top).to.deep.equal([{ name: "/orders/{n}", count: 1 }]);
      expect(accounted(tally)).to.equal(result.lines);
    });

  it("a second header in the same stream rules what follows", async () => {
    const text = [header(edgeFields), line(failed(464)), header(some), line(values, some)].join(
      "\n",
    );
    expect((await read(text)).report.cloudfront?.errors).to.equal(2);
  });

  it("a line with fields missing is malformed, not misread", async () => {
    const { report } = await read(
      `${header(edgeFields)}\n${line(failed(464), edgeFields.slice(0, 20))}`,
    );
    expect(report.read.kinds).to.include({ cloudfront: 0, malformed: 1 });
  });
});
