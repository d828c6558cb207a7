/** A program in Go. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Project } from "../engine/cli";
import { describeWith } from "../parts";
import { findLanguages, found } from "../tools";
import { startProgramHost } from "./programHost";
import {
  command,
  createStack,
  expectEveryVariantDeployed,
  makeSdk,
  startProject,
} from "./programs";

describeWith(["pulumi", "languages"], "the components, from Go", () => {
  let project: Project;
  beforeEach(async () => {
    project = await startProject(
      "go",
      ["main.go", "Pulumi.yaml"],
      await startProgramHost("go", ["./shop"]),
    );
    await build(project.directory);
    await createStack(project);
  });
  afterEach(() => project.close());

  it("creates every variant, leaves it alone, and takes it away", () =>
    expectEveryVariantDeployed(project));
});

/** Builds a program with the SDK, as `pulumi package add` and `pulumi up` do. */
async function build(folder: string): Promise<void> {
  await makeSdk("go", folder);
  const { goModule } = found(findLanguages());
  for (const file of ["go.mod", "go.sum"])
    fs.copyFileSync(path.join(goModule, file), path.join(folder, file));
  const sdk = "example.com/pulumi-hopwise/sdk/go";
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOPROXY: "off" };
  const edits = [`-replace=${sdk}=./sdks/hopwise`, `-require=${sdk}@v0.0.0`];
  await command("go", ["mod", "edit", ...edits], folder, env);
  await command("go", ["build", "-trimpath", "-o", "shop", "."], folder, env);
}
