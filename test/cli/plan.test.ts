/** `hopwise plan` as people run it. */
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Plan } from "../../cli/plan/types";
import { describeRuns, projectDir, run } from "./hopwise";
import { varied } from "./project";

const example = path.join(projectDir, "examples", "article-464");

describeRuns("hopwise plan", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-plan-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const width = (stdout: string): void => {
    for (const line of stdout.split("\n"))
      expect(line.length, line).to.be.at.most(line.includes("https://") ? 200 : 88);
  };

  it("shows the path and a summary, and ends with 0", async () => {
    const { code, stdout, stderr } = await run(["plan", "--stack", "prod"]);
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
    for (const said of [
      "hopwise / prod  h1-via-cloudfront, eu-west-1",
      "Path: app.example.com",
      "protected    ecr Repository web, ecr LifecyclePolicy web, s3 Bucket web-logs,",
      "open to all  CloudFront web (80, 443)",
      "resources    97",
      "a month without any use",
      "✔ No errors.",
    ])
      expect(stdout).to.include(said);
    expect(stdout).not.to.include("Inbound access");
    width(stdout);
  });

  it("shows openings, resources and cost with --all", async () => {
    const { code, stdout } = await run(["plan", "--program", example, "--all"]);
    expect(code).to.equal(1);
    for (const said of [
      "CloudFront speaks HTTP/1.1 to this origin",
      "Inbound access",
      "Outbound access",
      "Resources: ",
      "Fixed cost per month, without any use",
    ])
      expect(stdout).to.include(said);
    width(stdout);
  });

  it("says what is broken in somebody else's program, and ends with 1", async () => {
    const { code, stdout } = await run(["plan", "--program", example]);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^✘ index\.ts:51 lb TargetGroup nginx: Every request gets 464/);
    expect(stdout).to.match(/^ {2}edge-http1-to-http2-target {2}https:\/\/docs\.aws\./m);
    expect(stdout).to.match(/✘ container nginx of nginx .*, 464$/m);
    expect(stdout).to.include("✘ 1 error, 2 warnings.");
  });

  it("writes JSON that is all there is on standard output, and ends with 0 on warnings", async () => {
    const { code, stdout } = await run(["plan", "--stack", "h2", "--format", "json"]);
    expect(code).to.equal(0);
    const plan = JSON.parse(stdout) as Plan;
    expect(plan).to.include({ schemaVersion: 3, stack: "h2", verdict: "ok" });
    expect(plan.findings.map(({ severity }) => severity)).to.include("warning");
  });

  it("with --strict ends with 1 on warnings too", async () => {
    const { code, stdout } = await run(["plan", "--stack", "h2", "--strict"]);
    expect(stdout).to.match(/✔ No errors, \d+ warnings?\./);
    expect(code).to.equal(1);
  });

  it("writes a picture to a file, and nothing else", async () => {
    const file = path.join(folder, "plan.svg");
    const { code, stdout } = await run(["plan", "--program", example, "-f", "svg", "-o", file]);
    expect(code).to.equal(1);
    expect(stdout).to.equal("");
    expect(readFileSync(file, "utf8")).to.match(/^<\?xml[^]*<\/svg>\n$/);
  });

  it("compares two stacks", async () => {
    const { code, stdout } = await run(["plan", "--stack", "dev", "--diff", "prod"]);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^dev → prod\n[^]*encryption +plain → TLS/);
  });

  it("shows that nothing is made for services that cannot work, not even an image", async () => {
    const services = "  hopwise:services: { api: { paths: [/api/*], protocol: http2 } }\n";
    const project = varied({ "Pulumi.dev.yaml": (text) => `${text}${services}` });
    try {
      const { code, stdout } = await run(["plan", "--program", project.folder, "--stack", "dev"]);
      expect(stdout).to.match(/Set services\.api\.protocol: http1\.[^]*resources +0\n/);
      expect(code).to.equal(1);
    } finally {
      project.remove();
    }
  });

  const usage: [string, string[], RegExp][] = [
    ["another format", ["plan", "--format", "pdf"], /text, json, mermaid, svg/],
    ["a picture of a comparison", ["plan", "--diff", "prod", "-f", "svg"], /as text or json/],
    [
      "a stack that is not there",
      ["plan", "--stack", "nope"],
      /no stack 'nope'.*there are dev, .*h2, .*, prod, services\./,
    ],
    ["a folder without a project", ["plan", "--program", "docs"], /no Pulumi\.yaml/],
    [
      "a file that cannot be written",
      ["plan", "--program", example, "-o", "/nowhere/plan.txt"],
      /cannot be written/,
    ],
  ];
  for (const [what, args, message] of usage)
    it(`refuses ${what} with 2, in a line`, async () => {
      const { code, stdout, stderr } = await run(args);
      expect(code).to.equal(2);
      expect(stdout).to.equal("");
      expect(stderr).to.match(message);
      expect(stderr).to.not.match(/^\s+at /m);
    });
});
