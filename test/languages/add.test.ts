/** `pulumi package add`, as users type it, and a program with what it added. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { Account } from "../../local/model";
import { createProject, type Project } from "../engine/cli";
import { describeWith } from "../parts";
import { findLanguages, found } from "../tools";
import { read, root } from "../unit/document";

describeWith(["pulumi", "languages"], "pulumi package add", () => {
  let project: Project;
  before(async () => {
    const also = { folder: found(findLanguages()).folder };
    project = await createProject("", [], new Account({ region: "eu-west-1" }), { also });
  });
  after(() => {
    project.close();
  });

  it("adds the folder of the provider, which the engine then starts", async () => {
    const [, example = ""] = /```yaml\n([^]*?)```/.exec(read("docs/languages.md")) ?? [];
    const file = path.join(project.directory, "Pulumi.yaml");
    fs.writeFileSync(file, `name: shop\nruntime: yaml\n${example}`);
    await project.ok("package", "add", path.join(root, "provider"));
    expect(fs.readFileSync(file, "utf8")).to.match(/^packages:\n +hopwise: .*provider$/m);
    await project.ok("stack", "init", "test");
    await project.ok("config", "set", "aws:region", "eu-west-1");
    await project.ok("up", "--yes", "--skip-preview");
    const { output } = await project.ok("stack", "output", "url");
    expect(output.trim()).to.equal("https://shop.example.com");
  });
});
