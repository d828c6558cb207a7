/** A program in YAML, and what is refused in every language. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import type { Project } from "../engine/cli";
import { describeWith } from "../parts";
import { createStack, expectEveryVariantDeployed, startProject } from "./programs";

describeWith(["pulumi", "languages"], "the components, from YAML", () => {
  let project: Project;
  beforeEach(async () => {
    project = await startProject("yaml", ["Pulumi.yaml"]);
    await createStack(project);
  });
  afterEach(() => project.close());

  const refused = async (from: string, to: string): Promise<string> => {
    const file = path.join(project.directory, "Pulumi.yaml");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
    const { code, output } = await project.run("preview");
    expect(code, output).not.to.equal(0);
    return output;
  };

  it("refuses a value that the schema does not have", async () => {
    expect(await refused("vpc-origin", "vpc-orign")).to.include('VpcOrigin ("vpc-origin")');
  });

  it("refuses a path that cannot work, with the component's own words", async () => {
    const output = await refused("vpc-origin", "prefix-list");
    expect(output).to.include("plain-http-to-public-load-balancer");
  });

  it("refuses what is not known before it decides what is created", async () => {
    const output = await refused(
      "port: 3000",
      "user: ${net.placement.vpcId}\n          port: 3000",
    );
    expect(output).to.match(/service\.app\.user.*only known once other resources exist/);
  });

  it("creates every variant, leaves it alone, and takes it away", () =>
    expectEveryVariantDeployed(project));
});
