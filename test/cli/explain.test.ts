import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { publishedSchema, reportSchema } from "../../cli/explain/schema";
import type { Report } from "../../logs/report";
import { albLine, notSent, traffic } from "../unit/explain/lines";
import { describeRuns, projectDir, run, start } from "./hopwise";

const bad = albLine({ ...notSent, elb_status_code: "464", user_agent: "Amazon CloudFront" });
const schemaFile = path.join(projectDir, "docs", "explain.schema.json");

describeRuns("hopwise explain", () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  const write = (name: string, content: string | Buffer): string => {
    mkdirSync(path.dirname(file(name)), { recursive: true });
    writeFileSync(file(name), content);
    return file(name);
  };
  const reportOf = (text: string): Report => JSON.parse(text) as Report;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-explain-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("says what happened, then what to change, and exits with 1", async () => {
    const ended = await run([
      "explain",
      write("a.log", [bad, ...Array.from({ length: 9 }, () => albLine())].join("\n")),
    ]);
    expect(ended.stdout).to.match(/✘ 1 of 10 requests \(10\.0 %\) got an error/);
    expect(ended.stdout).to.match(/464 +1 +10\.0 % +HTTP\/1\.1 from CloudFront/);
    expect(ended.stdout.indexOf("What to change")).to.be.within(1, ended.stdout.indexOf("Details"));
    expect(ended.stdout)
      .to.contain('protocolVersion: "HTTP1"')
      .and.contain("edge-http1-to-http2-target");
    const columns = ended.stdout.split("\n").filter((line) => !line.includes("https://docs.aws"));
    expect(Math.max(...columns.map((line) => line.length))).to.be.at.most(80);
    expect(ended).to.include({ code: 1, stderr: "" });
  });

  it("exits with 0 where nothing is wrong, the targets' own errors and notes included", async () => {
    const own = albLine({ elb_status_code: "500", target_status_code: "500" });
    const note = albLine({
      ...notSent,
      elb_status_code: "403",
      actions_executed: "fixed-response",
    });
    const ended = await run(["explain", write("a.log", [own, note, albLine()].join("\n"))]);
    expect(ended.stdout).to.match(/3 requests, and no error that the load balancer made itself/);
    expect(ended.stdout)
      .to.match(/passed on: 500 \(1\)/)
      .and.match(/a rule of the listener answered/);
    expect(ended.code).to.equal(0);
  });

  it("reads folders, patterns and standard input alike", async () => {
    write("AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/11/20/x.log.gz", gzipSync(bad));
    write("AWSLogs/111122223333/ELBAccessLogTestFile", "Enable AccessLog for ELB: test");
    write("AWSLogs/y.log", bad);
    const all = reportOf((await run(["explain", "--json", folder])).stdout);
    expect(all.read).to.include({ files: 2, lines: 2 });
    const some = reportOf((await run(["explain", "--json", `${folder}/**/*.gz`])).stdout);
    expect(some.read).to.include({ files: 1, lines: 1 });
    const running = start(["explain", "--json", "-"]);
    running.child.stdin.end(gzipSync(`${bad}\n${bad}`));
    const piped = reportOf((await running.ended).stdout);
    expect(piped.loadBalancer?.errors).to.equal(2);
    expect(piped.loadBalancer?.causes[0]?.examples[0]).to.include({
      file: "(standard input)",
      line: 1,
    });
  });

  it("reads a large log in pieces, on several cores, to the same end", async () => {
    const lines = [...traffic(60_000, 21, 30)].map(({ line }) => line);
    const name = write("large.log", lines.join("\n"));
    const whole = reportOf((await run(["explain", "--json", "--top", "100", name])).stdout);
    expect(whole.read).to.include({ files: 1, lines: lines.length });
    const packed = write("large.gz", gzipSync(lines.join("\n")));
    const other = reportOf((await run(["explain", "--json", "--top", "100", packed])).stdout);
    const plain = JSON.parse(JSON.stringify(whole).replaceAll("large.log", "large.gz")) as Report;
    expect(other).to.deep.equal(plain);
    for (const cause of whole.loadBalancer?.causes ?? [])
      for (const { line, text } of cause.examples)
        expect(lines[line - 1]?.startsWith(text.replace("…", ""))).to.equal(true);
  });

  it("reads a large real-time log of CloudFront by the fields that --fields names", async () => {
    const record = ["1763633730.937", "502", "OriginDnsError", "x".repeat(300)].join("\t");
    const lines = 120_000;
    const name = write("realtime.log", `${record}\n`.repeat(lines));
    const fields = "sc-status,timestamp,x-edge-detailed-result-type,cs-headers";
    const { stdout } = await run(["explain", "--json", "--fields", fields, name]);
    const { cloudfront, read } = reportOf(stdout);
    expect(read).to.include({ files: 1, lines });
    expect(cloudfront?.causes[0]).to.include({ code: "edge-origin-dns", count: lines });
  });

  it("prints JSON as the published schema has it", async () => {
    const log = [...traffic(2000, 4, 5)].map(({ line }) => line);
    const { stdout } = await run([
      "explain",
      "--json",
      write("a.log", [...log, "rubbish"].join("\n")),
    ]);
    expect(reportSchema.parse(JSON.parse(stdout)).read.lines).to.equal(2001);
    expect(() => reportSchema.parse({ ...reportOf(stdout), extra: 1 })).to.throw();
    const published = `${JSON.stringify(publishedSchema(), undefined, 2)}\n`;
    if (process.env.UPDATE === "1") writeFileSync(schemaFile, published);
    expect(
      JSON.parse(readFileSync(schemaFile, "utf8")),
      "run this test with UPDATE=1",
    ).to.deep.equal(JSON.parse(published));
  });

  it("draws a picture of the errors over time, with nothing of the log as markup", async () => {
    const evil = albLine({
      ...notSent,
      elb_status_code: "464",
      user_agent: "<script>alert(1)</script>",
      request: "GET https://a/<b>&c HTTP/1.1",
    });
    const log = write(
      "a.log",
      [evil, ...[...traffic(500, 4, 5)].map(({ line }) => line)].join("\n"),
    );
    await run(["explain", log, "--svg", file("p.svg"), "--html", file("p.html")]);
    const svg = readFileSync(file("p.svg"), "utf8");
    const html = readFileSync(file("p.html"), "utf8");
    expect(svg)
      .to.match(/^<svg xmlns/)
      .and.match(/prefers-color-scheme: dark/)
      .and.match(/<rect fill="#d55e00"/);
    // In each language.
    expect(
      html.match(/<svg class="plot"[^]*?<\/svg>/g)?.filter((plot) => plot.includes("#d55e00")),
    ).to.have.length(2);
    expect(html).not.to.match(/<script|<b>&/);
    expect(html).to.contain("/&lt;b&gt;&amp;c");
  });

  it("says which part of a file could not be read", async () => {
    const whole = gzipSync([...traffic(3000, 2)].map(({ line }) => line).join("\n"));
    write("cut.gz", whole.subarray(0, whole.length - 2000));
    write("odd.log", `${bad}\nnot a log\n`);
    for (const name of ["packed.zst", "packed2.zst", "packed3.zst"])
      write(name, Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]));
    const { stdout, code } = await run(["explain", folder]);
    expect(stdout)
      .to.match(/cut\.gz: damaged gzip/)
      .and.match(/packed\.zst and 2 more: compressed by zstd; pipe it/);
    expect(stdout)
      .to.match(/1 line, not a log line/)
      .and.match(/odd\.log:2: not a log/);
    expect(code).to.equal(1);
  });

  const nothing: [string, string | Buffer, RegExp][] = [
    ["an empty file", "", /^The file is empty\.$/m],
    ["the test file of AWS, given by its name", "Enable AccessLog for ELB: app/web/1 at 2026-11-20T09:55:52.806Z", /the test file that AWS writes/],
    ["a Network Load Balancer's log", "tls 2.0 2026-11-20T10:15:30 net/my-nlb/c6e7 g3d4 198.51.100.7:51341 10.0.0.1:443", /a Network Load Balancer's log \(1\)/],
    ["JSON of CloudTrail", '{"Records":[{"eventVersion":"1.08"}]}', /AWS CloudTrail/],
  ]; // prettier-ignore
  for (const [what, content, pattern] of nothing)
    it(`${what} is named, and exits with 2`, async () => {
      const name = write("ELBAccessLogTestFile", content);
      const ended = await run(["explain", name]);
      expect(ended.stdout)
        .to.match(pattern)
        .and.match(/hopwise explain reads access,\s+connection/);
      expect(ended).to.include({ code: 2, stderr: "" });
      const json = await run(["explain", "--json", name]);
      expect(reportSchema.parse(JSON.parse(json.stdout)).loadBalancer).to.equal(undefined);
      expect(json.code).to.equal(2);
    });

  it("shows file names that a terminal would obey harmlessly, and keeps them in JSON", async () => {
    const name = write("\u001b[31m\u202elog", `${bad}\nrubbish\n`);
    const { stdout } = await run(["explain", name]);
    expect(stdout).to.contain("\\x1b[31m\\u202elog:2: rubbish");
    const missing = await run(["explain", `${name}2`]);
    const json = await run(["explain", "--json", name]);
    for (const text of [stdout, missing.stderr, json.stdout])
      for (const character of ["\u001b", "\u202e"]) expect(text).not.to.contain(character);
    expect(reportOf(json.stdout).loadBalancer?.causes[0]?.examples[0]?.file).to.equal(name);
  });

  it("explains a connection log, and exits with 1", async () => {
    const log = write(
      "conn_log.gz",
      gzipSync(
        '2026-11-20T10:15:30.123456Z 198.51.100.7 41234 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 - "CN=a" - FE Failed:ClientCertExpired TID_1',
      ),
    );
    const ended = await run(["explain", log, "--html", file("p.html")]);
    expect(ended.stdout).to.match(/1 of 1 connection .* failed/);
    expect(ended.code).to.equal(1);
    expect(readFileSync(file("p.html"), "utf8")).to.contain("tls-client-certificate-expired");
  });

  const usage: [string, string[], RegExp][] = [
    ["a file that is not there", ["nope.log"], /^Nothing to read: there is no nope\.log\.\n$/],
    ["several that are not there, at once", ["a.log", "b/*.gz"], /no a\.log; nothing matches b\/\*\.gz/],
    ["a time that is none", ["x", "--since", "yesterday"], /'yesterday' is invalid.*6h/],
    ["times the wrong way round", ["-", "--since", "2026-11-20", "--until", "2026-11-19"], /--since is not before --until/],
    ["standard input among files", ["-", "x"], /\(-\) is read alone/],
    ["no file", [], /missing required argument 'file'/],
    ["a ranking of nothing", ["x", "--top", "0"], /1 to 100/],
    ["fields without a status", ["x", "--fields", "timestamp,c-ip"], /sc-status, which is not among the fields/],
    ["a picture that cannot be written", ["package.json", "--svg", "/nowhere/x.svg"], /--svg: \/nowhere\/x\.svg cannot be written/],
  ]; // prettier-ignore
  for (const [what, args, pattern] of usage)
    it(`${what}: exit code 2`, async () => {
      const ended = await run(["explain", ...args]);
      expect(ended.stderr).to.match(pattern);
      expect(ended.stderr).not.to.match(/\n\s+at /);
      expect(ended.code).to.equal(2);
    });
});
