/** h2spec, the conformance tests of HTTP/2, on nginx as the variant h2-direct runs it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { start, stopAll } from "../local/nginx-support";
import { reflectPath } from "../local/serving";
import { departures } from "./nginxH2spec";
import { findH2spec, found } from "../tools";
import { run } from "./run";

/** Every case of a report: `section case` -> whether it passed. */
function casesOf(report: string): Map<string, boolean> {
  const found = report.matchAll(
    /<testcase package="([^"]*)" classname="([^"]*)"[^>]*?(\/>|>[\s\S]*?<\/testcase>)/g,
  );
  return new Map(
    [...found].map(([, section = "", name = "", rest = ""]) => [
      `${section} ${name.replaceAll("&#34;", '"')}`,
      !/<(failure|error)/.test(rest),
    ]),
  );
}

/** What h2spec is asked for at once: a case that is not answered waits for the whole timeout. */
const parts = ["generic", "hpack", ...[3, 4, 5, 6, 7, 8].map((section) => `http2/${section}`)];

/** Runs every part with a timeout in seconds; says which cases passed. */
async function casesWith(seconds: number, address: string, port: number) {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-h2spec-"));
  try {
    const reports = await Promise.all(
      parts.map(async (part, index) => {
        const report = path.join(folder, `${index}.xml`);
        await run(found(findH2spec()), [
          ...[part, "--host", address, "--port", String(port), "--path", reflectPath],
          ...["--timeout", String(seconds), "--junit-report", report],
        ]);
        return [...casesOf(readFileSync(report, "utf8"))];
      }),
    );
    return new Map(reports.flat());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Cases that failed without a reason for it. */
const surprises = (cases: ReadonlyMap<string, boolean>): string[] =>
  [...cases].flatMap(([name, passed]) => (passed || name in departures ? [] : [name]));

describeWith(["h2spec", "nginx"], "h2spec", () => {
  afterEach(stopAll);

  it("finds nginx true to HTTP/2, but for what is listed with its reason", async () => {
    const { address, port } = await start("nginx", { HOPWISE_HTTP2: "on" });
    let cases = await casesWith(1, address, port);
    // A machine that is busy may need longer than nginx does.
    if (surprises(cases).length > 0) cases = await casesWith(30, address, port);
    expect(cases.size, "cases").to.equal(145);
    expect(surprises(cases)).to.deep.equal([]);
    // What is listed and does not exist excuses nothing.
    expect(Object.keys(departures).filter((name) => !cases.has(name))).to.deep.equal([]);
  });
});
