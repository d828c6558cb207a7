/** What the provider refuses, whatever the language. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { yaml } from "./languages";
import { everyVariant, type LanguageProject, startProject } from "./programs";

describeWith(yaml.parts, "the components' provider", () => {
  let project: LanguageProject;
  before(async () => {
    project = await startProject(yaml);
  });
  after(() => project.close());

  const refused = async (from: string, to: string): Promise<string> => {
    await project.write(everyVariant(yaml).replace(from, to));
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
});
