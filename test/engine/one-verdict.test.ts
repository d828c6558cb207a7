/** The policy pack in the real engine says what plan says of each rule's first broken program. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import type { Plan, PlanFinding } from "../../cli/plan/types";
import type { ProgramFinding } from "../../cli/findings";
import { Account } from "../../local/model";
import { run, start } from "../cli/hopwise";
import {
  evaluateTogether,
  expectSame,
  firstBroken,
  fixture,
  ofSettings,
  planOf,
  prefixed,
  verdictOf,
  verdictWanted,
} from "../unit/rules/firstBroken";
import { describeWith } from "../parts";
import { createProject, type Project } from "./cli";
import { PACK, startPolicyPacks, textsOf, verdictsIn } from "./policyPack";

/** What the provider refuses without asking AWS: the engine ends the preview there. */
const refusedByCheck = [
  "health-check-cannot-pass",
  "invalid-cidr",
  "listener-without-certificate",
  "name-too-long",
];

/**
 * What a preview takes for right although it cannot know it, with the reason; anything else that it
 * cannot know is listed by `not-checked-at-preview`.
 */
const assumedRight: Readonly<Record<string, string>> = {
  "alarm-without-data": "whether an unknown dimension is an ARN or its end: it mostly is the end",
};

const files = (folder: string): string[] =>
  fs.readdirSync(folder).filter((file) => !["node_modules", ".hopwise"].includes(file));
const verdictsOf = (findings: readonly ProgramFinding[]): string[] =>
  findings.map((finding) => verdictOf(finding, finding.resource));

describeWith("pulumi", "one verdict of plan and the policy pack, by the real engine", () => {
  let stop: (() => void) | undefined;
  const projects: Project[] = [];
  const open = async (folder: string, region: string, kept = false): Promise<Project> => {
    stop ??= startPolicyPacks();
    const project = await createProject(folder, files(folder), new Account({ region }), { kept });
    projects.push(project);
    await project.ok("stack", "init", "dev");
    return project;
  };
  after(() => {
    for (const project of projects) project.close();
    stop?.();
  });

  const all = firstBroken();
  const cases = all.map((broken, i) => {
    const prefix = `c${String(i).padStart(2, "0")}`;
    return { ...broken, prefix, ...prefixed(broken.program, prefix) };
  });
  type Case = (typeof cases)[number];
  const isOf = ({ prefix }: Case, name = ""): boolean => name.startsWith(`${prefix}-`);
  const previewed = async (project: Project, those: readonly Case[], ...args: string[]) => {
    const programs = path.join(project.directory, "programs.json");
    fs.writeFileSync(programs, JSON.stringify(those.map(({ program }) => program)));
    return project.run("preview", ...args);
  };

  describe("of a program for each rule", () => {
    const accepted = cases.filter(({ rule }) => !refusedByCheck.includes(rule.code));
    const refused = cases.filter(({ rule }) => refusedByCheck.includes(rule.code));
    let project: Project;
    let plan: Plan;
    let output: string;
    before(async () => {
      project = await open(fixture, "eu-west-1", true);
      plan = planOf(await evaluateTogether(accepted.map(({ program }) => program)));
      ({ output } = await previewed(project, accepted, "--policy-pack", PACK));
    });

    it("leaves out no rule but those that only settings can break", () => {
      expect(all.length).to.equal(accepted.length + refused.length);
      expect(ofSettings).to.deep.equal([
        ...["plain-text-shared-vpc", "direct-waf-inside-vpc", "direct-no-static-site"],
        "http3-unavailable-on-alb",
      ]);
    });

    for (const one of accepted)
      it(one.rule.code, () => {
        const { code } = one.rule;
        const findings = plan.findings.filter(({ resource }) => isOf(one, resource?.name));
        const said = verdictsIn(output).filter((v) => isOf(one, v.split(" ").at(-1)));
        const unknown = "[advisory] [severity: low] not-checked-at-preview ";
        const pack = said.filter((verdict) => !verdict.startsWith(unknown));
        const missed = textsOf(output, "not-checked-at-preview").filter((text) =>
          text.split("\n")[0]?.includes(`${one.prefix}-`),
        );
        expect(verdictsOf(findings)).to.include(verdictWanted(one, one.nameOf));
        const checked = findings.filter(
          (finding) =>
            !(finding.code in assumedRight) && !missed.some((text) => text.includes(finding.code)),
        );
        expectSame(code, { plan: verdictsOf(checked), "the policy pack": pack });
      });

    for (const one of refused)
      it(`${one.rule.code}, which the provider refuses`, async () => {
        const { code, refusedAs } = one.rule;
        const alone = planOf(await evaluateTogether([one.program])).findings;
        const finding: PlanFinding | undefined = alone.find((found) => found.code === code);
        expect(verdictsOf(alone)).to.include(verdictWanted(one, one.nameOf));
        const preview = await previewed(project, [one]);
        expect(preview.code).not.to.equal(0);
        const problem = /has a problem: (\S+): (.*)/.exec(preview.output);
        expect([problem?.[1], finding?.refused?.code], code).to.deep.equal([
          refusedAs?.code,
          refusedAs?.code,
        ]);
        expect(problem?.[2]).to.include(finding?.refused?.message);
      });
  });

  describe("of programs as people write them", () => {
    const root = path.join(__dirname, "../..");

    it("says the same of what is left over next to a load balancer", async () => {
      const project = await open(path.join(__dirname, "aside"), "eu-west-1");
      const { output } = await project.run("preview", "--policy-pack", PACK);
      const { stdout } = await run(["plan", "--program", project.directory, "--format", "json"]);
      const plan = verdictsOf((JSON.parse(stdout) as Plan).findings);
      expect(plan.map((verdict) => verdict.split(" ").slice(-2).join(" "))).to.have.members([
        "role-trusts-everyone anybody",
        "target-group-fixed-name leftover",
        "target-group-unused leftover",
        "target-group-without-targets tasks",
        "access-logs-off inside",
      ]);
      // What uses a resource that is not there yet may be created in `apply`: no preview shows it.
      const missed = textsOf(output, "not-checked-at-preview").join("\n");
      const later = plan.filter((verdict) => missed.includes(verdict.split(" ").at(-2) ?? ""));
      expect(later.map((verdict) => verdict.split(" ").slice(-2).join(" "))).to.have.members([
        "target-group-unused leftover",
        "target-group-without-targets tasks",
      ]);
      expectSame("the program", {
        plan: plan.filter((verdict) => !later.includes(verdict)),
        "pulumi preview": verdictsIn(output).filter((v) => !v.includes(" not-checked-at-preview ")),
      });
    });

    it("says the same with each command, of the article's program", async () => {
      const article = path.join(root, "examples/article-464");
      const project = await open(article, "ap-northeast-1");
      const { directory } = project;
      const { output } = await project.run("preview", "--policy-pack", PACK);
      const { stdout } = await run(["plan", "--program", directory, "--format", "json"]);
      const served = start(["local", "--program", directory, "--port", "0", "--json"]);
      const lines = await served.said('"kind":"ready"');
      served.child.kill("SIGINT");
      await served.ended;
      const serving = lines
        .split("\n")
        .filter((line) => line.includes('"kind":"serving"'))
        .map((line) => JSON.parse(line) as { findings: ProgramFinding[] });
      const plan = verdictsOf((JSON.parse(stdout) as Plan).findings);
      // A rule about a path, one about who gets in, and one about a resource.
      expect(plan).to.include.members([
        "[mandatory] [severity: high] edge-http1-to-http2-target nginx",
        "[mandatory] [severity: medium] load-balancer-open-behind-edge alb",
        "[advisory] [severity: low] access-logs-off test-alb",
      ]);
      const pack = verdictsIn(output).filter((said) => !said.includes(" not-checked-at-preview "));
      expectSame("the article's program", {
        "hopwise plan": plan,
        "hopwise local": verdictsOf(serving[0]?.findings ?? []),
        "pulumi preview": pack,
      });
    });
  });
});
