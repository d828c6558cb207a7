/** A program in Java. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Project } from "../engine/cli";
import { describeWith } from "../parts";
import { findJava, found } from "../tools";
import { startProgramHost } from "./programHost";
import {
  command,
  createStack,
  expectEveryVariantDeployed,
  makeSdk,
  startProject,
} from "./programs";

describeWith(["pulumi", "languages", "java"], "the components, from Java", () => {
  let project: Project;
  beforeEach(async () => {
    const classPath = [
      "classes",
      "sdks/hopwise/src/main/resources",
      `${found(findJava()).library}/*`,
    ];
    const host = await startProgramHost("java", [
      "java",
      "-cp",
      classPath.join(path.delimiter),
      "App",
    ]);
    project = await startProject("java", ["App.java", "Pulumi.yaml"], host);
    await build(project.directory);
    await createStack(project);
  });
  afterEach(() => project.close());

  it("creates every variant, leaves it alone, and takes it away", () =>
    expectEveryVariantDeployed(project));
});

async function build(folder: string): Promise<void> {
  const sdk = await makeSdk("java", folder);
  const sources = fs
    .readdirSync(sdk, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".java"))
    .map((name) => path.join(sdk, name));
  const options = ["-proc:none", "-d", "classes", "-cp", `${found(findJava()).library}/*`];
  await command("javac", [...options, ...sources, "App.java"], folder);
}
