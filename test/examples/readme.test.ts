/** The package as another program gets it: packed, installed with its dependencies, used as the README says. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";

const root = path.join(__dirname, "../..");

describe("the README's program on the packed package", () => {
  let project: string;

  before(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-example-"));
    const modules = path.join(project, "node_modules");
    fs.mkdirSync(path.join(modules, "hopwise"), { recursive: true });
    const [tarball = ""] = npm(["pack", "--silent", "--pack-destination", project], root)
      .trim()
      .split("\n")
      .slice(-1);
    execFileSync("tar", [
      ...["-xzf", path.join(project, tarball)],
      ...["-C", path.join(modules, "hopwise"), "--strip-components=1"],
    ]);
    // What npm would install with it; the same copies, because installing them again takes a minute.
    const { dependencies } = JSON.parse(
      fs.readFileSync(path.join(modules, "hopwise/package.json"), "utf8"),
    ) as { dependencies: Record<string, string> };
    for (const name of [...Object.keys(dependencies), "@types/node"]) {
      fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
      fs.symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
    }
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
    const folder = path.join(project, "node_modules/hopwise/nginx");
    expect(fs.existsSync(path.join(folder, "Dockerfile"))).to.equal(true);
  });
});

/** The npm that runs the tests, or the one on PATH. */
function npm(args: string[], cwd: string): string {
  const running = process.env.npm_execpath ?? "";
  return /npm-cli\.c?js$/.test(running)
    ? execFileSync(process.execPath, [running, ...args], { cwd, encoding: "utf8" })
    : execFileSync("npm", args, { cwd, encoding: "utf8" });
}
