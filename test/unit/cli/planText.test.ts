/** What a person reads of a plan: the headline, how long it is, what is in a table. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { makePlan } from "../../../cli/plan/make";
import { propertiesWithoutSecrets, withoutSecrets } from "../../../cli/plan/secrets";
import { printPlan } from "../../../cli/plan/text";
import type { Plan } from "../../../cli/plan/types";
import { screenOf } from "../../../cli/screen";
import { evaluatedHere } from "../evaluated";

const root = path.join(__dirname, "..", "..", "..");
const article = path.join(root, "examples", "article-464");

const planOf = async (folder: string): Promise<Plan> =>
  makePlan(await evaluatedHere(folder, "dev"));

/** The plan's lines at 80 columns. */
function linesOf(plan: Plan, options = {}): string[] {
  let text = "";
  const output = { columns: 80, write: (more: string) => (text += more) };
  printPlan(plan, screenOf(output, { LANG: "C.UTF-8" }), options);
  return text.trimEnd().split("\n");
}

describe("the text of a plan", () => {
  it("says first what is wrong, where, and the one change, in at most 40 lines", async () => {
    const lines = linesOf(await planOf(article));
    const source = readFileSync(path.join(article, "index.ts"), "utf8").split("\n");
    const line = source.findIndex((text) => text.includes("new aws.lb.TargetGroup(")) + 1;
    const headline = lines.slice(0, lines.indexOf("")).join(" ").replace(/\s+/g, " ");
    expect(headline).to.match(
      new RegExp(
        `^✘ index\\.ts:${line} lb TargetGroup nginx: Every request gets 464: .* Set protocolVersion: "HTTP1" on the aws\\.lb\\.TargetGroup nginx\\. edge-http1-to-http2-target https://`,
      ),
    );
    expect(lines.length).to.be.at.most(40);
    expect(lines.pop()).to.equal("✘ 1 error, 2 warnings. More about a code: hopwise finding CODE");
    expect(lines.join("\n")).not.to.match(/variant|h1-via-cloudfront|h2-direct|hopwise/);
  });

  it("has no error after that change, and the two warnings about who gets in", async () => {
    const folder = mkdtempSync(path.join(root, "examples", ".changed-"));
    try {
      cpSync(article, folder, { recursive: true });
      const file = path.join(folder, "index.ts");
      writeFileSync(file, readFileSync(file, "utf8").replace('"HTTP2"', '"HTTP1"'));
      const plan = await planOf(folder);
      expect(plan.verdict).to.equal("ok");
      const warnings = plan.findings.filter(({ severity }) => severity === "warning");
      expect(warnings.map(({ code, access }) => [code, access])).to.deep.equal([
        ["load-balancer-open-behind-edge", true],
        ["no-secret-header", true],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("shows paths that only differ in names once, with a row for each", async () => {
    const plan = await planOf(path.join(__dirname, "plan-programs", "services"));
    expect(plan.paths).to.have.length(20);
    const lines = linesOf(plan);
    const rows = lines.filter((line) => /^ {2}api\.example\.com\/service-\d+\/\* /.test(line));
    expect(rows).to.have.length(20);
    expect(rows[6]).to.match(/api\.example\.com\/service-7\/\* +8080 +app of service-7$/);
    expect(lines.length).to.be.lessThan(55);
    expect(linesOf(plan, { all: true }).length).to.be.greaterThan(lines.length);
  });

  it("hides a short secret only where a plan quotes the program, and never keys and numbers", () => {
    const secrets = new Set(["us", "web", "5432", "s3cr3t-value"]);
    const data = {
      ...{ us: "us-east-1", port: 5432, ports: "5432", name: "web", title: "load balancer web" },
      ...{ pathPattern: "us", other: "a s3cr3t-value in a text", whole: "s3cr3t-value" },
      message: "The path '/us/*' of web, 'us'",
    };
    expect(withoutSecrets(data, secrets)).to.deep.equal({
      ...data,
      ...{ pathPattern: "[secret]", other: "a [secret] in a text", whole: "[secret]" },
      message: "The path '/us/*' of web, '[secret]'",
    });
  });

  it("hides a short secret among the properties of a resource that holds it", () => {
    const secrets = new Set(["us", "5432", "s3cr3t-value"]);
    const data = { port: 5432, text: "us", list: ["us", "eu"], other: "a s3cr3t-value" };
    expect(propertiesWithoutSecrets(data, secrets, new Set(["us", "5432"]))).to.deep.equal({
      ...{ port: "[secret]", text: "[secret]", list: ["[secret]", "eu"], other: "a [secret]" },
    });
    expect(propertiesWithoutSecrets(data, secrets, new Set())).to.deep.equal({
      ...data,
      other: "a [secret]",
    });
  });

  it("takes words and regions out of texts only where they stand by themselves", () => {
    const secrets = new Set(["listener", "eu-west-1", "1", "us"]);
    const data = {
      region: "eu-west-1",
      message:
        "The listener is in eu-west-1: 'listener' is none of 1, 2; postgres://us:listener@db",
    };
    expect(withoutSecrets(data, secrets)).to.deep.equal({
      region: "eu-west-1",
      message:
        "The listener is in eu-west-1: '[secret]' is none of 1, 2; postgres://us:[secret]@db",
    });
  });
});
