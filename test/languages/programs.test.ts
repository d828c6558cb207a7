/** Programs in every language that create every variant, and the documents' examples, by the real engine. */
import { expect } from "chai";
import { recordedStack } from "../../cli/evaluation/recorded";
import { makePlan } from "../../cli/plan/make";
import type { Plan } from "../../cli/plan/types";
import { variants } from "../../path/variants";
import { expectWhole } from "../engine/stack";
import { describeWith } from "../parts";
import { read } from "../unit/document";
import { languages } from "./languages";
import { everyVariant, type LanguageProject, startProject } from "./programs";

for (const language of languages)
  describeWith(language.parts, `the components, from ${language.name}`, () => {
    let project: LanguageProject;
    before(async () => {
      project = await startProject(language);
    });
    after(() => project.close());

    it("are those of every variant, created, left alone and taken away", async () => {
      await project.write(everyVariant(language));
      await planned(project, "preview", "--json", "--show-sames");
      await project.ok("up", "--yes", "--skip-preview");
      await expectEveryVariant(project);
      const { paths } = await planned(project, "stack", "export", "--show-secrets");
      for (const { requests } of paths)
        expect(requests.map(({ status }) => status)).to.include(200);
      await project.ok("up", "--yes", "--skip-preview", "--expect-no-changes");
      await project.ok("destroy", "--yes", "--skip-preview");
      expect(project.providers.account.resources).to.deep.equal([]);
    });

    it("are used by the example of docs/languages.md", async () => {
      const block = new RegExp(`\`\`\`${language.name}\n([^]*?)\`\`\``);
      const [, example = ""] = block.exec(read("docs/languages.md")) ?? [];
      await project.write(example);
      await project.ok("up", "--yes", "--skip-preview");
      const { url, target } = await project.outputs();
      expect(url).to.equal("https://shop.example.com");
      expect(target).to.match(/\.elb\.amazonaws\.com$/);
    });
  });

const urls = {
  h2cf: "https://h2cf.example.com",
  grpc: "https://grpc.example.com",
  h2: "https://h2.example.com",
};
const secret = "a secret of the program";

/** The path of every variant is in the plan of what the CLI writes, without a secret. */
async function planned(project: LanguageProject, ...command: string[]): Promise<Plan> {
  const file = await project.writeOutput("written.json", ...command);
  const plan = makePlan({ ...recordedStack(file, project.directory), problems: [] });
  expect(plan.verdict).not.to.equal("error");
  const components = Object.values(variants).map(({ component }) => component);
  expect(plan.paths).to.have.length.of.at.least(components.length);
  expect(JSON.stringify(plan)).not.to.include(secret);
  return plan;
}

/** Every variant's component is there, with all its resources, and what they hand out. */
async function expectEveryVariant(project: LanguageProject): Promise<void> {
  expectWhole(project);
  const { resources = [] } = project.state();
  const made = resources.map(({ type }) => type);
  for (const { component } of Object.values(variants))
    expect(made).to.include(`hopwise:index:${component}`);
  expect(made.filter((type) => type === "aws:ecs/service:Service")).to.have.length(4);
  const outputs = await project.outputs();
  expect(outputs).to.deep.include(urls);
  expect(outputs.h1).to.match(/^https:\/\/\w+\.cloudfront\.net$/);
  expect(outputs.loadBalancer).to.match(/\.elb\.amazonaws\.com$/);
  // The account has it; the stack's own file keeps it encrypted.
  expect(JSON.stringify(project.providers.account.resources)).to.include(secret);
  expect(JSON.stringify(resources)).not.to.include(secret);
}
