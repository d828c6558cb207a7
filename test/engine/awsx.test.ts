/** Components of awsx behind the real engine make what they make in an evaluation. */
import * as path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";
import type { LocalResource, Props } from "../../local/model/types";
import { describeWith } from "../parts";
import { createProject, type Project } from "./cli";

const FIXTURE = path.join(__dirname, "awsx");

/** Type, name and the types of the ancestors. */
const made = (resources: readonly LocalResource[]): string[] =>
  resources
    .filter(({ id }) => id !== "")
    .map(({ urn }) => urn.split("::").slice(2).join(" "))
    .sort();

describeWith("pulumi", "awsx behind the real engine", () => {
  let project: Project;
  beforeEach(async () => {
    project = await createProject(FIXTURE, [
      "Pulumi.yaml",
      "package.json",
      "tsconfig.json",
      "index.ts",
    ]);
    await project.ok("stack", "init", "test");
  });
  afterEach(() => {
    project.close();
  });

  it("makes a load balancer and a service as the evaluation of the same program does", async () => {
    await project.ok("preview");
    await project.ok("up", "--yes");
    const live = project.providers.account.resources;
    const evaluated = await evaluate({ projectDir: project.directory, stack: "test" });
    expect(made(live)).to.deep.equal(made(evaluated.resources));
    const task = live.find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
    const [app] = JSON.parse(String(task?.inputs.containerDefinitions)) as Props[];
    const web = live.find(({ type }) => type === "aws:ecs/service:Service");
    expect(web?.inputs.taskDefinition).to.equal(task?.outputs.arn);
    expect(app?.portMappings).to.deep.equal([{ containerPort: 80, hostPort: 80 }]);
    await project.ok("up", "--yes", "--expect-no-changes");
    const outputs = JSON.parse((await project.ok("stack", "output", "--json")).output) as Props;
    expect(outputs.endpoint).to.match(/\.elb\.amazonaws\.com$/);
    await project.ok("destroy", "--yes");
    expect(project.providers.account.resources).to.deep.equal([]);
  });
});
