import { expect } from "chai";
import { edgeFields, fieldKey } from "../../../logs/edge/fields";
import { edgeCauses } from "../../../logs/causes/edge";
import { cases, failed, header, line, miss, type Values } from "./edgeLines";
import { accounted, countsOf, read, reportText } from "./reading";

describe("causes in CloudFront's logs", () => {
  for (const [cause, values] of cases)
    it(`${cause}: ${values["sc-status"] ?? ""} ${values["x-edge-detailed-result-type"] ?? ""}`, async () => {
      const { report } = await read(`${header(edgeFields)}\n${line(values)}\n${line(miss)}\n`);
      expect(countsOf(report.cloudfront?.causes)).to.deep.equal({ [cause]: 1 });
      expect(report.cloudfront?.requests).to.equal(2);
    });

  it("have a line each in this test", () => {
    // Of a log without the field, below.
    const judged = [...cases.map(([cause]) => cause), "edge-detail-missing"];
    expect([...new Set(judged)]).to.have.members([...new Set(edgeCauses.map(({ code }) => code))]);
  });

  it("are not the origin's own errors", async () => {
    const lines = [404, 500, 502, 503].map((status) => line(failed(status)));
    const { cloudfront } = (await read(`${header(edgeFields)}\n${lines.join("\n")}`)).report;
    expect(cloudfront).to.deep.include({ errors: 0, causes: [] });
    expect(cloudfront?.passedOn.map(({ status }) => status)).to.deep.equal([404, 500, 502, 503]);
  });

  it("of a result type that is not known: which one, and nobody is blamed", async () => {
    const lines = [failed(502, "OriginQuantumError"), failed(502, "OriginError"), miss];
    const text = `${header(edgeFields)}\n${lines.map((one) => line(one)).join("\n")}`;
    const { report } = await read(text);
    expect(countsOf(report.cloudfront?.causes)).to.deep.equal({ "edge-unknown-result": 1 });
    expect(report.cloudfront?.passedOn).to.deep.equal([{ status: 502, count: 1 }]);
    expect(reportText(report))
      .to.match(/✘ 1 of 3 requests .* from CloudFront or the origin; the log\s+does not say which/)
      .and.to.include("OriginQuantumError");
  });
});

describe("CloudFront's logs are read in every form", () => {
  const some = ["sc-status", "timestamp(ms)", "cs-uri-stem", "x-edge-detailed-result-type"];
  const values = { ...failed(464), "timestamp(ms)": String(Date.UTC(2026, 10, 20, 10, 15, 30)) };
  const forms: readonly (readonly [what: string, text: string])[] = [
    ["legacy, under a header", `${header(edgeFields)}\n${line(values)}`],
    ["version 2 as w3c with another selection", `${header(some)}\n${line(values, some)}`],
    ["version 2 as w3c, a header with tabs", `${header(some).replaceAll(" ", "\t")}\n${line(values, some)}`],
    ["version 2 as w3c, between bars", `${header(some).replaceAll(/(?<!:) /g, "|")}\n${line(values, some).replaceAll("\t", "|")}`],
    ["version 2 as plain, without a header", line(values)],
    ["version 2 as json", JSON.stringify(values)],
    ["version 2 as json, numbers as numbers", JSON.stringify({ ...values, "sc-status": 464 })],
    ["keys with underscores", JSON.stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [fieldKey(key).replaceAll("-", "_"), value])))],
  ]; // prettier-ignore
  for (const [what, text] of forms)
    it(what, async () => {
      const { report, tally, result } = await read(text);
      const [cause] = report.cloudfront?.causes ?? [];
      expect(cause?.code).to.equal("edge-464-http1");
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

  it("a log without x-edge-detailed-result-type: which field is missing, and no success", async () => {
    const some = ["date", "time", "cs-method", "cs-uri-stem", "sc-status", "x-edge-result-type"];
    const statuses = [200, 403, 404, 464, 502, 503, 504];
    const lines = statuses.map((status) => line(failed(status), some));
    const { cloudfront } = (await read(`${header(some)}\n${lines.join("\n")}`)).report;
    expect(countsOf(cloudfront?.causes)).to.deep.equal({
      "edge-464-http1": 1,
      "edge-detail-missing": 4,
    });
    expect(cloudfront?.passedOn).to.deep.equal([{ status: 404, count: 1 }]);
    const missing = cloudfront?.causes.find(({ code }) => code === "edge-detail-missing");
    expect(missing?.why).to.match(/x-edge-detailed-result-type/);
    expect(missing?.changes[0]?.change).to.match(/^Add x-edge-detailed-result-type/);
    expect(reportText((await read(`${header(some)}\n${lines.join("\n")}`)).report)).to.match(
      /✘ 5 of 7 requests .*CloudFront or the origin; the log does not say of 4 of them which/,
    );
  });

  it("a legacy log of before 2019, which has no such field either", async () => {
    const old = edgeFields.slice(0, 24);
    const text = `${header(old)}\n${line(failed(502), old)}`;
    const { report } = await read(text);
    expect(countsOf(report.cloudfront?.causes)).to.deep.equal({ "edge-detail-missing": 1 });
    expect(reportText(report)).to.match(/the log does not say which of them/);
    expect(report.cloudfront?.errors).to.equal(1);
  });

  it("json whose origin-fbl says that the origin had begun to answer", async () => {
    const begun = { ...failed(504, "OriginCommError"), "time-taken": "30.125" };
    const codes = async (values: Values) =>
      Object.keys(countsOf((await read(JSON.stringify(values))).report.cloudfront?.causes));
    expect(await codes({ ...begun, "origin-fbl": "29.400" })).to.deep.equal(["edge-origin-slow"]);
    expect(await codes({ ...begun, "origin-fbl": "-" })).to.deep.equal(["edge-origin-timeout"]);
  });
});

describe("the rest of CloudFront's log", () => {
  const only = async (...all: Values[]) => {
    const text = `${header(edgeFields)}\n${all.map((one) => line(one)).join("\n")}`;
    return (await read(text)).report.cloudfront?.causes[0];
  };
  const timeout = failed(504, "OriginCommError", { "time-taken": "30.019" });
  const closed = "load-balancer-closed-to-edge";

  it("puts the connection first where nothing was answered, and last where something was", async () => {
    const alone = await only(timeout, timeout);
    expect(alone?.changes[0]?.rule).to.equal(closed);
    expect(alone?.hints.join()).to.match(/No request .* answered: .*connection first/);
    expect(alone?.reasons.top).to.deep.equal([{ name: "OriginCommError after 30 s", count: 2 }]);
    const among = await only(timeout, miss);
    expect(among?.changes[0]).not.to.have.property("rule");
    expect(among?.rules).to.include(closed);
  });

  it("shows gRPC where only POST gets 464, and the target group's version where all do", async () => {
    const post = failed(464, "Error", { "cs-method": "POST" });
    const grpc = await only(post, miss);
    expect(grpc?.changes[0]?.change).to.match(/grpcConfig/);
    expect(grpc?.hints.join()).to.match(/Only POST .* gRPC/);
    const text = `${header(edgeFields)}\n${line(post)}\n${line(failed(464))}`;
    const causes = (await read(text)).report.cloudfront?.causes ?? [];
    expect(causes.find(({ code }) => code === "edge-464-post")?.hints.join()).to.match(/version/);
  });
});
