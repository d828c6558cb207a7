/** The program of the README, on the package as npm makes it; test/package has more of that. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";
import { install, pack, temporaryFolder } from "../packed";

const root = path.join(__dirname, "../..");

describe("the README's program on the packed package", () => {
  let project: string;

  before(() => {
    project = temporaryFolder();
    install(pack(project, "--noCheck"), project);
    const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
    const program = /```ts\n(import[\s\S]*?)```/.exec(readme)?.[1] ?? "";
    fs.writeFileSync(path.join(project, "index.ts"), program);
    fs.writeFileSync(path.join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    fs.writeFileSync(path.join(project, "Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n");
    fs.writeFileSync(path.join(project, "package.json"), '{ "name": "shop", "main": "index.ts" }');
  });
  after(() => {
    fs.rmSync(project, { recursive: true, force: true });
  });

  it("has its types", () => {
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    const options = ["--strict", "--noEmit", "--skipLibCheck", "--types", "node"];
    const modules = ["--module", "node16", "--moduleResolution", "node16", "--target", "es2022"];
    try {
      execFileSync(process.execPath, [tsc, ...options, ...modules, "index.ts"], { cwd: project });
    } catch (error) {
      throw new Error(String((error as { stdout: Buffer }).stdout));
    }
  });

  it("makes the path", async () => {
    const { resources, outputs } = await evaluate({ projectDir: project, stack: "dev" });
    expect(outputs.url).to.equal("https://shop.example.com");
    const types = resources.map((resource) => resource.type);
    expect(types).to.include("aws:cloudfront/distribution:Distribution");
    expect(types.filter((type) => type.startsWith("awsx:"))).to.deep.equal([]);
  });

  it("carries the nginx folder, so that NginxImage can build it", () => {
    const folder = path.join(project, "node_modules/hopwise/dist/nginx");
    expect(fs.existsSync(path.join(folder, "Dockerfile"))).to.equal(true);
  });
});
