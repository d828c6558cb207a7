/** What explain advises: the rules' fixes, under the rules' codes where a log proves them. */
import { expect } from "chai";
import { albCauses } from "../../../logs/causes/alb";
import { mismatchesByGroup } from "../../../logs/causes/albMismatch";
import type { CauseText } from "../../../logs/causes/cause";
import { edgeCauses } from "../../../logs/causes/edge";
import { causeByCode } from "../../../logs/causes";
import { narrowByGroup, unknownGroup } from "../../../logs/causes/narrowByGroup";
import { changesFor } from "../../../logs/advice";
import { targetVersions } from "../../../logs/targetGroup";
import { ruleOf } from "../../../rules";
import { albLine, groupArn, noAnswer, notSent, type Fields } from "./lines";
import { countsOf, read, reportText } from "./reading";

const all: readonly CauseText[] = [...albCauses, ...mismatchesByGroup, ...edgeCauses];
/** Every group as far as advice depends on it. */
const groups = [unknownGroup, ...[[], ["HTTP1"], ["HTTP2"], ["GRPC"], ["HTTP2", "GRPC"]].flatMap(
  (versions) =>
    [true, false].flatMap((answersGrpc) =>
      [true, false].map((answered) => ({ versions: targetVersions.filter((version) => versions.includes(version)),
        answersGrpc, lostHttp2: answersGrpc, answered,
      })),
    ),
)]; // prettier-ignore

describe("the table of causes", () => {
  for (const cause of all)
    it(`${cause.code}: rules that exist, pages, a change at every target group`, () => {
      for (const advice of cause.advice) {
        if ("rule" in advice) expect(ruleOf(advice.rule).fix).not.to.equal("");
        if ("cause" in advice) expect(causeByCode(advice.cause).advice).not.to.deep.equal([]);
        if ("change" in advice) {
          expect(advice.source).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
          expect(advice.change).to.match(/^[A-Z].{20,}[.]$/s);
        }
      }
      expect(cause.title).to.match(/^\S.*[^.]$/);
      for (const group of groups)
        expect(narrowByGroup(cause, group).advice.length).to.be.greaterThan(0);
    });

  it("never speaks of hopwise's own settings, nor of nginx: nobody said whose program it is", () => {
    for (const cause of all) {
      const fixes = changesFor(cause.advice, false).map(({ change }) => change);
      for (const text of [cause.title, cause.why, ...fixes])
        expect(text, cause.code).not.to.match(
          /in hopwise|variant|HOPWISE_|nginx|\b(origin|waf|logs|domain)\.[a-z]+[.A-Za-z]*\b(?!\.amazon)/,
        );
    }
  });

  it("has no code that a rule has, unless it is that rule", () => {
    for (const { code, advice } of all)
      if (!/^(\d{3}|edge|fixed|undocumented|web-acl)-/.test(code))
        expect(advice).to.deep.include({ rule: code, at: ["HTTP2", "GRPC"] });
  });
});

const arn = groupArn("web");
const base: Fields = { target_group_arn: arn };
const get1: Fields = base;
const post1: Fields = { ...base, request: "POST https://a:443/pkg.Service/Method HTTP/1.1" };
const get2: Fields = { ...base, type: "h2", request: "GET https://a:443/ HTTP/2.0" };
const grpc: Fields = { ...base, type: "grpcs", request: "POST https://a:443/p.S/M HTTP/2.0" };
const refused = (fields: Fields): Fields => ({ ...fields, ...notSent, elb_status_code: "464" });
const earlier = (fields: Fields): Fields => ({ ...fields, time: "2026-11-20T00:00:00.000000Z" });
const fromEdge = (fields: Fields): Fields => ({ ...fields, user_agent: "Amazon CloudFront" });
const inside = (fields: Fields): Fields => ({ ...fields, "client:port": "10.0.9.9:4000" });

async function causesOf(...lines: Fields[]) {
  return (
    (await read(lines.map((one) => albLine(one)).join("\n"))).report.loadBalancer?.causes ?? []
  );
}

describe("a 464 is reported as the rule that the log proves", () => {
  const http2 = "edge-http1-to-http2-target";
  const toGrpc = "edge-http1-to-grpc-target";
  const onlyGrpc = "edge-grpc-only-target";
  const direct = "direct-http1-clients-464";
  const kinds = "request-kind-cannot-work";
  const rows: readonly (readonly [what: string, lines: Fields[], code: string, rules: string[]])[] = [
    ["CloudFront, an HTTP2 group", [refused(fromEdge(get1)), get2], http2, [http2]],
    ["CloudFront, a GRPC group", [refused(fromEdge(get1)), refused(get2)], "", [toGrpc]],
    ["CloudFront, HTTP2 or GRPC", [refused(fromEdge(get1))], "464-http1-from-cloudfront", [http2, toGrpc]],
    ["CloudFront, an HTTP2 group that answers gRPC", [refused(fromEdge(get1)), get2, grpc], "464-http1-from-cloudfront", [onlyGrpc, http2]],
    ["CloudFront's POST, an HTTP1 group", [refused(fromEdge(post1)), get1], "464-grpc-over-http1-from-cloudfront", [kinds]],
    ["CloudFront's POST alone", [refused(fromEdge(post1))], "464-http1-from-cloudfront", [http2, toGrpc, kinds]],
    ["a client", [refused(get1)], direct, [direct]],
    ["a client's POST, an HTTP2 group", [refused(post1), refused(get1), get2], direct, [direct]],
    ["a client's POST, an HTTP1 group", [refused(post1), get1], "464-grpc-over-http1-client", [kinds]],
    ["a client's POST alone", [refused(post1)], "464-http1-client", [direct, kinds]],
    ["a private address: CloudFront's, or not", [refused(inside(get1)), get2], "464-http1", [http2, direct]],
    ["HTTP/2 from CloudFront before, HTTP/1.1 now", [fromEdge(earlier(get2)), refused(fromEdge(get1))], "464-origin-http2-lost", ["edge-http2-fallback"]],
    ["HTTP/1.1 from CloudFront before, HTTP/2 now", [fromEdge(get2), refused(fromEdge(earlier(get1)))], http2, [http2]],
    ["HTTP/2 from a client before", [earlier(get2), refused(fromEdge(get1))], http2, [http2]],
    ["gRPC from CloudFront before", [fromEdge(earlier(grpc)), refused(fromEdge(get1))], "464-http1-from-cloudfront", [onlyGrpc, http2, toGrpc]],
    ["gRPC", [refused(grpc), get1], "464-grpc-to-http1-target", [kinds]],
  ]; // prettier-ignore
  for (const [what, lines, code, rules] of rows)
    it(`${what}: ${code || rules.join()}`, async () => {
      const causes = await causesOf(...lines);
      const cause = causes.find((one) => one.rules.join() === rules.join());
      expect(cause?.code).to.equal(code || rules[0]);
      for (const { rule, change, source } of cause?.changes ?? [])
        // What a path is for is in no log.
        if (rule !== undefined && rule !== kinds)
          expect({ change, source }).to.deep.equal({
            change: ruleOf(rule).fix,
            source: ruleOf(rule).source,
          });
    });

  it("with the rule's severity, and each target group on its own", async () => {
    const other = { target_group_arn: groupArn("other") };
    const causes = await causesOf(
      refused(fromEdge(get1)),
      get2,
      { ...refused(fromEdge(get1)), ...other },
      { ...refused(get2), ...other },
      refused(get1),
    );
    expect(countsOf(causes)).to.deep.equal({
      "464-http2-not-post-to-grpc-target": 1,
      [http2]: 1,
      [toGrpc]: 1,
      [direct]: 1,
    });
    for (const { code, severity } of causes)
      if (!code.startsWith("464")) expect(severity).to.equal(ruleOf(code).severity);
  });

  it("in the timeline as well", async () => {
    const lines = [refused(fromEdge(get1)), refused(fromEdge(get1)), get2];
    const { report } = await read(lines.map((one) => albLine(one)).join("\n"));
    expect(report.loadBalancer?.timeline?.causes).to.deep.equal({ [http2]: [2] });
  });

  it("advises gRPC's settings for gRPC over HTTP/1.1, by who called", async () => {
    const [edge] = await causesOf(refused(fromEdge(post1)), get1);
    expect(edge?.changes.map(({ change }) => change).join()).to.match(
      /grpcConfig.*"GRPC" or "HTTP2"/,
    );
    const [client] = await causesOf(refused(post1), get1);
    expect(client?.changes.map(({ change }) => change).join()).to.match(
      /over HTTP\/2.*"GRPC" or "HTTP2"/,
    );
    for (const cause of [edge, client])
      expect(cause?.changes.map(({ change }) => change).join()).not.to.match(/"HTTP1"/);
  });
});

describe("a target that does not answer", () => {
  const to = (target: string, fields: Fields = {}): Fields => ({
    ...base,
    "target:port": target,
    ...fields,
  });
  const lost = (status: string, target = "10.0.2.61:80"): Fields =>
    to(target, { ...noAnswer, elb_status_code: status, request_processing_time: "-1" });
  const [gone, alive] = ["10.0.2.61:80", "10.0.1.4:80"];
  const closed = "tasks-closed-to-load-balancer";

  for (const status of ["502", "504"])
    it(`${status}: one of several is stopping or gone, and named; no setting is blamed`, async () => {
      const [cause] = await causesOf(to(alive), to(alive), lost(status), lost(status));
      expect(cause?.code).to.equal(`${status}-no-connection`);
      expect(cause?.rules).to.deep.equal([]);
      expect(cause?.hints.join())
        .to.contain(gone)
        .and.match(/stopping, gone or overloaded/);
      expect(cause?.changes[0]?.change).to.match(/deregistrationDelay.*stopTimeout/s);
      expect(cause?.targets.top).to.deep.equal([{ name: gone, count: 2 }]);
    });

  it("one request alone: the target first, then a group or a network ACL; no hint for all", async () => {
    const [cause] = await causesOf(lost("504"));
    expect(cause?.changes[0]?.change).to.match(/stopping, gone/);
    expect(cause?.rules).to.deep.equal([closed]);
    expect(cause?.changes.at(-1)?.change).to.match(/network ACLs/);
    expect(cause?.hints.join()).to.match(/One request only to the target 10\.0\.2\.61:80/);
    expect(cause?.hints.join()).not.to.match(/No request of/);
  });

  it("none of them: the security groups first", async () => {
    const [cause] = await causesOf(lost("504"), lost("504", alive), lost("504"));
    expect(cause?.changes[0]?.rule).to.equal(closed);
    expect(cause?.hints.join()).to.match(/No request of its target groups was answered/);
  });

  it("502 of a group that answers nothing: port, TLS and protocol", async () => {
    const [cause] = await causesOf(lost("502"), lost("502"));
    expect(cause?.rules).to.deep.equal(
      ["container-port-mismatch", "container-tls-mismatch", "container-lacks-protocol"],
    ); // prettier-ignore
  });

  it("that worked for seconds and closed: its time limit, a crash, keep-alive; not its protocol", async () => {
    const line = albLine(
      { ...base, ...noAnswer, elb_status_code: "502", target_processing_time: "4.205" },
      18,
    );
    const { report } = await read(line);
    const [cause] = report.loadBalancer?.causes ?? [];
    expect(cause?.code).to.equal("502-target-closed-late");
    expect(cause?.rules).to.deep.equal(["idle-timeout-order"]);
    expect(cause?.targets.top[0]?.name).to.equal("10.0.1.17:8080");
    expect(cause?.hints.join()).not.to.match(/No request of/);
    expect(cause?.changes[0]?.change).to.match(/crash.*time limit/s);
  });

  it("503: without targets where none was ever seen, the service's events where one was", async () => {
    const empty: Fields = { ...base, ...notSent, elb_status_code: "503" };
    expect((await causesOf(empty, empty))[0]?.rules).to.deep.equal(
      ["target-group-without-targets", "service-without-tasks"],
    ); // prettier-ignore
    expect((await causesOf(empty, get1))[0]?.rules).to.deep.equal([]);
  });

  it("health checks that fail are named with a 503", async () => {
    const check = `http 2026-11-20T10:15:00.000000Z 0.004 10.0.1.17:8080 ${groupArn("web").split(":").pop() ?? ""} FAIL 500 ResponseCodeMismatch app/web/50dc 10.0.1.25`;
    const { report } = await read(
      [check, albLine({ ...notSent, elb_status_code: "503" })].join("\n"),
    );
    expect(report.read.kinds.healthChecks).to.equal(1);
    expect(report.loadBalancer?.causes[0]?.hints.join()).to.match(/ResponseCodeMismatch 500/);
    expect(reportText(report)).to.match(/Health checks: 1 line, 1 failed: .* 500\s+\(1\)/);
  });

  it("health checks by themselves: which failed, or that none did", async () => {
    const check = (result: string) =>
      `h2 2026-11-20T10:15:00.000000Z 5.0 [2001:db8::1]:8080 targetgroup/web/73e2 ${result} app/web/50dc 10.0.1.25 new`;
    const text = async (...results: string[]) =>
      reportText((await read(results.map(check).join("\n"))).report).replace(/\s+/g, " ");
    expect(await text("PASS 200 -", "FAIL - TimedOut")).to.include(
      "Health checks: 2 lines, 1 failed: targetgroup/web/73e2 TimedOut - (1).",
    );
    expect(await text("PASS 200 -")).to.include("Health checks: 1 line, none that failed.");
  });
});

describe("a report as text", () => {
  it("shows what its advice points at: error_reason of a status that AWS does not document", async () => {
    const odd = { ...notSent, elb_status_code: "431", error_reason: "SomethingNew" };
    const { report } = await read(albLine({ ...odd, user_agent: "x".repeat(300) }));
    expect(report.loadBalancer?.causes[0]?.examples[0]?.text).to.match(/"SomethingNew".*"-"$/);
    expect(reportText(report)).to.match(/"forward" "-" "SomethingNew"/);
  });

  it("names the rule and its page under its fix", async () => {
    const { report } = await read(
      [refused(fromEdge(get1)), get2].map((one) => albLine(one)).join("\n"),
    );
    const { fix, source } = ruleOf("edge-http1-to-http2-target");
    expect(reportText(report)).to.contain(`→ ${fix}\n      edge-http1-to-http2-target  ${source}`);
  });

  it("lists all statuses of a cause that has several", async () => {
    const acl = (status: string) =>
      albLine({ ...notSent, elb_status_code: status, actions_executed: "waf" });
    const { report } = await read(["503", "429"].map(acl).join("\n"));
    expect(reportText(report)).to.match(/429, 503 +2 +100 %/);
  });
});
