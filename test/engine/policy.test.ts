/** The policy pack as people run it: `--policy-pack` of the real engine, in previews and updates. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { Account } from "../../local/model";
import { createProject, type Project } from "./cli";
import { startPolicyPacks } from "./policyPack";
import { createStack, type Stack } from "./stack";

const ROOT = path.join(__dirname, "../..");
const PACK = path.join(ROOT, "policy");
const ARTICLE = path.join(ROOT, "examples/article-464");

/** `[mandatory] edge-http1-to-http2-target nginx` of what the CLI printed, in its order. */
function toldIn(output: string): string[] {
  const lines = output.matchAll(/^ +- \[(\w+)\] \[severity: \w+\] +([\w-]+) +\(.*: (\S+)\)$/gm);
  return [...lines].map(([, level, rule, name]) => `[${level ?? ""}] ${rule ?? ""} ${name ?? ""}`);
}

/** What stands under one rule, as people read it. */
function textOf(output: string, rule: string): string {
  const [, ...after] = output.split(new RegExp(`^ +- \\[.*\\] +${rule} .*$`, "m"));
  return (
    (after[0] ?? "")
      .split(/^ +- \[|^\S/m)[0]
      ?.replace(/^ +/gm, "")
      .trim() ?? ""
  );
}

const caught = [
  "[mandatory] edge-http1-to-http2-target nginx",
  "[mandatory] load-balancer-open-behind-edge alb",
  "[mandatory] no-secret-header https",
  "[advisory] access-logs-off test-alb",
];

describeWith("pulumi", "the policy pack, by the real engine", () => {
  let stop: () => void;
  before(() => {
    stop = startPolicyPacks();
  });
  after(() => {
    stop();
  });

  describe("on the article's program", () => {
    let project: Project;
    const configuration = (config: object): string[] => {
      const file = path.join(project.directory, "..", "policy.json");
      fs.writeFileSync(file, JSON.stringify(config));
      return ["--policy-pack", PACK, "--policy-pack-config", file];
    };
    before(async () => {
      const files = fs.readdirSync(ARTICLE).filter((file) => file !== "node_modules");
      const account = new Account({ region: "ap-northeast-1" });
      project = await createProject(ARTICLE, files, account);
      await project.ok("stack", "init", "dev");
    });
    after(() => (project as Project | undefined)?.close());

    it("stops the preview of what would answer 464, and says what to write instead", async () => {
      const { code, output } = await project.run("preview", "--policy-pack", PACK);
      expect(code, output).to.equal(1);
      expect(toldIn(output)).to.have.members([
        ...caught,
        "[advisory] not-checked-at-preview nginx",
      ]);
      expect(textOf(output, "edge-http1-to-http2-target").split("\n")).to.deep.equal([
        "Distribution main (*) -> load balancer test-alb, listener https -> target group nginx -> service nginx:",
        "CloudFront speaks HTTP/1.1 to its origins, and a load balancer answers an HTTP/1.1 request to a target group of version HTTP2 with 464: every request fails. That viewers speak HTTP/2 to CloudFront, and the load balancer offers it, changes nothing.",
        'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup nginx and let the container speak HTTP/1.1; where HTTP/2 must reach the container, let viewers call the load balancer without CloudFront.',
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html",
      ]);
      expect(textOf(output, "not-checked-at-preview")).to.match(
        /^Not known before the deployment: containerDefinitions of the task definition nginx\./,
      );
      expect(project.providers.calls.all).to.deep.equal([]);
    });

    it("wants a reason for an exception", async () => {
      const exceptions = [{ urn: "*" }];
      const args = configuration({ "no-secret-header": { exceptions } });
      const { code, output } = await project.run("preview", ...args);
      expect(code).not.to.equal(0);
      expect(output).to.match(/no-secret-header: exceptions.*reason is required/);
    });

    it("without a preview, stops a single resource before it is created", async () => {
      const args = configuration({ all: "disabled", "access-logs-off": "mandatory" });
      const { code, output } = await project.run("up", "--yes", "--skip-preview", ...args);
      expect(code, output).to.equal(1);
      expect(toldIn(output)).to.deep.equal(["[mandatory] access-logs-off test-alb"]);
      const made = project.providers.calls.all.map(({ type }) => type);
      expect(made).to.include("aws:ec2/securityGroup:SecurityGroup");
      expect(made).not.to.include("aws:lb/loadBalancer:LoadBalancer");
    });

    it("lets pass what the configuration excepts, and asks again after the update", async () => {
      const reason = "to show what happens";
      const exceptions = [{ urn: "urn:pulumi:dev::article-464::*", reason }];
      const args = configuration({
        all: "mandatory",
        "access-logs-off": "disabled",
        "edge-http1-to-http2-target": { enforcementLevel: "advisory" },
        "load-balancer-open-behind-edge": { exceptions },
        "no-secret-header": { exceptions },
      });
      const { code, output } = await project.run("up", "--yes", ...args);
      expect(code, output).to.equal(0);
      const [preview = "", update = ""] = output.split("Updating (dev)");
      const warned = "[advisory] edge-http1-to-http2-target nginx";
      // How much the update before it has made, and so is known, is a matter of chance.
      const told = toldIn(preview).filter((one) => !one.includes("not-checked-at-preview"));
      expect(told).to.deep.equal([warned]);
      expect(toldIn(update)).to.deep.equal([warned]);
    });

    it("says the same of what is deployed, where everything is known", async () => {
      const { code, output } = await project.run("preview", "--policy-pack", PACK);
      expect(code, output).to.equal(1);
      expect(toldIn(output)).to.have.members(caught);
    });
  });

  describe("installed as a package, on this project's own program", () => {
    let stack: Stack;
    let folder: string;
    before(async () => {
      folder = installedPackage();
      stack = await createStack("prod");
    });
    after(async () => {
      await (stack as Stack | undefined)?.close();
      fs.rmSync(folder, { recursive: true, force: true });
    });

    it("stops nothing, in the preview nor in the update", async () => {
      const pack = path.join(folder, "node_modules/hopwise/policy");
      const preview = await stack.ok("preview", "--policy-pack", pack);
      expect(toldIn(preview.output)).to.deep.equal(["[advisory] not-checked-at-preview web"]);
      const { output } = await stack.ok("up", "--yes", "--skip-preview", "--policy-pack", pack);
      expect(output).to.match(/hopwise@v\S+ \(local: .*node_modules\/hopwise\/policy\)/);
      expect(toldIn(output)).to.deep.equal([]);
    });
  });
});

/** A folder with `node_modules/hopwise`: what package.json lists, compiled as before publishing. */
function installedPackage(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-installed-"));
  const modules = path.join(folder, "node_modules");
  const hopwise = path.join(modules, "hopwise");
  fs.mkdirSync(hopwise, { recursive: true });
  for (const name of fs.readdirSync(path.join(ROOT, "node_modules")))
    fs.symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name));
  const { files } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    files: string[];
  };
  const needed = files.filter((file) => file.startsWith("policy/") || file === "startup");
  for (const file of [...needed, "package.json"])
    fs.cpSync(path.join(ROOT, file), path.join(hopwise, file), { recursive: true });
  const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
  const build = ["-p", "tsconfig.build.json", "--outDir", path.join(hopwise, "dist")];
  // Types are another suite's business.
  const quick = ["--noCheck", "--declaration", "false"];
  execFileSync(process.execPath, [tsc, ...build, ...quick], { cwd: ROOT });
  return folder;
}
