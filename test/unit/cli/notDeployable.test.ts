/** `originHttpVersion` with a provider that cannot set it: shown and served, and marked. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { programFindings, type ProgramFinding } from "../../../cli/findings";
import { describePath } from "../../../cli/local/present";
import type { EvaluatedStack } from "../../../cli/plan/evaluateStack";
import { makePlan } from "../../../cli/plan/make";
import { printPlan } from "../../../cli/plan/text";
import { screenOf } from "../../../cli/screen";
import { Stack } from "../../../topology/stack/stack";
import { declareProvider, madeVersion } from "../../madeProvider";
import { stack, type StackOptions } from "../../local/stacks/resources";
import { committedStack } from "../evaluated";

const code = "edge-http2-not-deployable";
const marked = (findings: readonly ProgramFinding[]) =>
  findings.filter((finding) => finding.code === code);

describe("what the installed provider cannot deploy", () => {
  /** Folders of programs whose provider does not know the property, or knows it in one block. */
  const folders = { none: "", custom: "", vpc: "" };
  before(() => {
    for (const name of ["none", "custom", "vpc"] as const)
      folders[name] = mkdtempSync(path.join(tmpdir(), "hopwise-not-deployable-"));
    declareProvider(folders.none, []);
    declareProvider(folders.custom, ["customOriginConfig"]);
    declareProvider(folders.vpc, ["vpcOriginConfig"]);
  });
  after(() => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  });

  describe("of our own stack", () => {
    let evaluated: EvaluatedStack;
    before(async () => {
      evaluated = await committedStack("h2cf");
    });
    const withProvider = (cwd: string): EvaluatedStack => ({
      ...evaluated,
      evaluation: { ...evaluated.evaluation, cwd },
    });

    it("is a warning of plan, in JSON and in text; the path is shown all the same", () => {
      const plan = makePlan(withProvider(folders.none));
      const [finding, ...more] = marked(plan.findings);
      expect(more).to.deep.equal([]);
      expect(finding).to.include({ severity: "warning" });
      expect(finding?.resource?.type).to.equal("aws:cloudfront/distribution:Distribution");
      expect(finding?.message).to.match(
        new RegExp(`^Not deployable with the installed provider: @pulumi/aws ${madeVersion} `),
      );
      expect(finding?.message).to.include("2026-11-20");
      expect(finding?.change).to.match(
        /h1-via-cloudfront without origin\.httpVersion, or h2-direct/,
      );
      expect(plan.verdict).to.equal("ok");
      expect(plan.paths[0]?.requests.find(({ kind }) => kind === "http")?.status).to.equal(200);
      let text = "";
      const output = { columns: 80, write: (more: string) => (text += more) };
      printPlan(plan, screenOf(output, { LANG: "C.UTF-8" }));
      expect(text)
        .to.include(code)
        .and.to.match(/Not deployable with the installed\s+provider/);
    });

    it("is a warning of local", () => {
      const { evaluation } = withProvider(folders.none);
      expect(marked(describePath(evaluation).findings)).to.have.length(1);
    });

    it("is nothing to say once a provider has the property", () => {
      const { evaluation } = withProvider(folders.custom);
      expect(marked(makePlan(withProvider(folders.custom)).findings)).to.deep.equal([]);
      expect(marked(describePath(evaluation).findings)).to.deep.equal([]);
    });
  });

  describe("of anybody's program, which passes the property with a cast", () => {
    const common = { version: "HTTP2", listener: "HTTPS", port: 8080 } as const;
    const findings = (edge: StackOptions["edge"], cwd: string, originHttpVersion?: string) => {
      const made = stack({ ...common, edge });
      const distribution = made.find("aws:cloudfront/distribution:Distribution");
      const [origin] = distribution.inputs.origins as Record<string, object>[];
      const config = edge === "vpc" ? "vpcOriginConfig" : "customOriginConfig";
      const asking = { ...origin, [config]: { ...origin?.[config], originHttpVersion } };
      const resources = made.with(distribution.type, distribution.name, { origins: [asking] });
      return marked(programFindings(Stack.of(resources), cwd, undefined));
    };

    it("says what to write instead in the words of Pulumi's provider", () => {
      const [finding] = findings("public", folders.none, "http2");
      expect(finding?.message).to.include("originHttpVersion of customOriginConfig");
      expect(finding?.change).to.include('protocolVersion: "HTTP1" on the aws.lb.TargetGroup');
      expect(finding?.change).not.to.include("h1-via-cloudfront");
    });

    it("looks at the block that has it", () => {
      expect(findings("public", folders.custom, "http2")).to.deep.equal([]);
      expect(findings("public", folders.vpc, "http2")).to.have.length(1);
      expect(findings("vpc", folders.custom, "http2")).to.have.length(1);
      expect(findings("vpc", folders.vpc, "http2")).to.deep.equal([]);
    });

    it("is about HTTP/2 only: without the property CloudFront speaks HTTP/1.1 anyway", () => {
      expect(findings("public", folders.none, "http1.1")).to.deep.equal([]);
      expect(findings("public", folders.none)).to.deep.equal([]);
    });
  });
});
