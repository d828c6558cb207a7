/** Programs in the process that is kept for several runs end as they do in one of their own. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { createProject, type Project } from "./cli";

const fixture = path.join(__dirname, "fixture");

describeWith("pulumi", "a program in the process that is kept", () => {
  let project: Project;
  before(async () => {
    const files = ["Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"];
    project = await createProject(fixture, files, undefined, { kept: true });
    await project.ok("stack", "init", "dev");
    await project.ok("config", "set", "aws:region", "us-east-1");
  });
  after(() => {
    (project as Project | undefined)?.close();
  });
  const write = (cidr: string): void => {
    const text = [
      'import * as aws from "@pulumi/aws";',
      'const v = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });',
      `const cidr = v.cidrBlock.apply((range): string => { ${cidr} });`,
      'const s = new aws.ec2.Subnet("s", { vpcId: v.id, cidrBlock: cidr });',
      'new aws.ec2.Subnet("t", { vpcId: v.id, cidrBlock: "10.0.2.0/24", tags: { next: s.cidrBlock } });',
    ];
    fs.writeFileSync(path.join(project.directory, "index.ts"), `${text.join("\n")}\n`);
  };

  // Pulumi's server for programs within a process waits for ever for the second subnet.
  it("ends where apply fails and a resource waits for what never comes of it", async () => {
    write('throw new Error("out of paper");');
    const { code, output } = await project.run("preview");
    expect(code).to.not.equal(0);
    expect(output).to.match(/cidrBlock": out of paper/);
  });

  it("runs as if nothing had been before", async () => {
    write('return range.replace("0.0/16", "1.0/24");');
    const { output } = await project.ok("preview");
    expect(output)
      .to.match(/\+ 4 to create/)
      .and.not.match(/out of paper/);
  });
});
