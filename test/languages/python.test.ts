/** A program in Python. */
import * as path from "node:path";
import { expect } from "chai";
import type { Project } from "../engine/cli";
import { describeWith } from "../parts";
import { findLanguages, findPulumi, found } from "../tools";
import { command, expectEveryVariant, makeSdk, startProject } from "./programs";

describeWith(["pulumi", "languages"], "the components, from Python", () => {
  let project: Project;
  beforeEach(async () => {
    project = await startProject("python", ["program.py"]);
    const { directory } = project;
    const sdk = await makeSdk("python", directory);
    const { python } = found(findLanguages());
    const options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
    const target = ["--target", "packages"];
    await command(python, ["-m", "pip", "install", ...options, ...target, sdk], directory);
  });
  afterEach(() => project.close());

  const run = (name: string): Promise<string> => {
    const { directory, env } = project;
    const cli = path.dirname(found(findPulumi()));
    return command(found(findLanguages()).python, ["program.py", name], directory, {
      ...env,
      PYTHONPATH: "packages",
      PATH: `${cli}${path.delimiter}${env.PATH ?? ""}`,
    });
  };

  it("creates every variant, leaves it alone, and takes it away", async () => {
    expectEveryVariant(project, JSON.parse(await run("up")) as Record<string, unknown>);
    await run("again");
    await run("destroy");
    expect(project.providers.account.resources).to.deep.equal([]);
  });
});
