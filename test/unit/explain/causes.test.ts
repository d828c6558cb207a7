import { expect } from "chai";
import { albCauseOf, albCauses, madeByLoadBalancer } from "../../../logs/causes/alb";
import { edgeCauses } from "../../../logs/causes/edge";
import type { CauseText } from "../../../logs/causes/cause";
import { fewestFields } from "../../../logs/alb/columns";
import { readTruncated } from "../../../logs/alb/truncated";
import { albLine, cases, groupArn, noAnswer, notSent } from "./lines";
import { countsOf, read } from "./reading";

describe("causes of the load balancer's answers", () => {
  for (const { cause, what, fields } of cases)
    it(`${cause}: ${what}`, async () => {
      const { report } = await read(albLine(fields));
      expect(countsOf(report.loadBalancer?.causes)).to.deep.equal({ [cause]: 1 });
      expect(report.read.kinds.loadBalancer).to.equal(1);
      expect(report.read.cut).to.equal(0);
    });

  it("have a line each in this test", () => {
    // What a whole line always tells.
    const cutOnly = ["464-mismatch", "502-bad-gateway", "504-timeout"];
    const judged = new Set([...cases.map(({ cause }) => cause), ...cutOnly]);
    expect([...judged]).to.have.members([...new Set(albCauses.map(({ code }) => code))]);
  });

  it("are recognised in lines of any age", async () => {
    for (const { cause, fields } of cases) {
      const short = (await read(albLine(fields, fewestFields))).report;
      // These are recognised by fields that AWS added later.
      const older = cause === "502-stream-reset" ? "502-target-closed" : cause;
      expect(countsOf(short.loadBalancer?.causes)).to.deep.equal({ [older]: 1 });
      const long = (await read(`${albLine(fields)} "-" "something new" 17`)).report;
      expect(countsOf(long.loadBalancer?.causes)).to.deep.equal({ [cause]: 1 });
      const bare = (await read(albLine(fields).replaceAll('"-"', "-"))).report;
      expect(countsOf(bare.loadBalancer?.causes)).to.deep.equal({ [cause]: 1 });
    }
  });

  it("are not the target's own errors", async () => {
    const statuses = [400, 404, 431, 464, 500, 502, 503, 504].map(String);
    const lines = statuses.map((status) =>
      albLine({ elb_status_code: status, target_status_code: status }),
    );
    const { loadBalancer } = (await read(lines.join("\n"))).report;
    expect(loadBalancer?.causes).to.deep.equal([]);
    expect(loadBalancer?.errors).to.equal(0);
    expect(loadBalancer?.passedOn.map(({ status }) => String(status))).to.deep.equal(statuses);
  });

  it("nor redirects and answers below 400", async () => {
    const redirect = { ...notSent, elb_status_code: "301", actions_executed: "redirect" };
    const upgraded = { type: "wss", elb_status_code: "101", target_status_code: "101" };
    const { loadBalancer } = (await read([albLine(redirect), albLine(upgraded)].join("\n"))).report;
    expect(loadBalancer).to.include({ requests: 2, errors: 0, notes: 0 });
    expect(madeByLoadBalancer(301, -1)).to.equal(false);
  });

  it("say the same of one code in every row of it", () => {
    const all: readonly CauseText[] = [...albCauses, ...edgeCauses];
    for (const cause of all) {
      const first = all.find(({ code }) => code === cause.code);
      expect({ ...cause, when: [] }).to.deep.equal({ ...first, when: [] });
    }
  });
});

describe("lines as people paste them", () => {
  const pasted: readonly (readonly [what: string, line: string, cause: string])[] = [
    ["blotted out and abridged", 'https xxxx-xx-xxTxx:xx:xx.xxxxxxZ xxx/my-alb/xxxxxxxxxxxx x.x.x.x:x 464 - x x "GET https://example.com/ HTTP/1.1"', "464-http1"],
    ["cut after the request", albLine({ ...notSent, elb_status_code: "464" }, 13), "direct-http1-clients-464"],
    ["cut in the user agent", albLine({ ...notSent, elb_status_code: "464", user_agent: "Amazon CloudFront" }, 14).slice(0, -3), "direct-http1-clients-464"],
    ["with CloudFront's name", albLine({ ...notSent, elb_status_code: "464", user_agent: "Amazon CloudFront" }, 14), "464-http1-from-cloudfront"],
    ["cut after the status", albLine({ ...notSent, elb_status_code: "464" }, 9), "464-mismatch"],
    ["cut after the status of a 504", "https 2026-11-20T10:15:30.123456Z app/web/50dc 504", "504-timeout"],
    ["cut after the status of a 502", "h2 2026-11-20T10:15:30.123456Z app/web/50dc 502 -", "502-bad-gateway"],
    ["cut after the times", albLine({ ...noAnswer, elb_status_code: "502" }, 11), "502-target-closed"],
    ["with the file's name, as grep puts it", `logs/a_b.log:${albLine({ ...notSent, elb_status_code: "503" }, 20)}`, "503-no-targets"],
    ["indented", `    ${albLine({ ...notSent, elb_status_code: "464" }, 13)}  `, "direct-http1-clients-464"],
  ]; // prettier-ignore
  for (const [what, line, cause] of pasted)
    it(what, async () => {
      const { report } = await read(line);
      expect(countsOf(report.loadBalancer?.causes)).to.deep.equal({ [cause]: 1 });
      expect(report.read.cut).to.equal(1);
      expect(report.read.kinds.malformed).to.equal(0);
    });

  it("a number in a user agent is no status", () => {
    expect(
      readTruncated('https 2026-11-20T10:15:30Z app/web/1 "GET https://a/ HTTP/1.1" "bot 502 -"'),
    ).to.equal(undefined);
  });

  it("nothing is made of what has no status", () => {
    for (const line of ["", "https", "https 2026-11-20T10:15:30Z app/web/1", "hello 464 -"])
      expect(readTruncated(line), line).to.equal(undefined);
  });

  it("keep what they say", () => {
    const entry = readTruncated(albLine({ ...notSent, elb_status_code: "464" }, 17));
    expect(entry).to.include({ status: 464, targetStatus: -1, method: "GET", version: "HTTP/1.1" });
    expect(entry?.targetGroup).to.equal(groupArn("web-h1"));
    expect(entry && albCauseOf(entry).code).to.equal("direct-http1-clients-464");
  });
});
