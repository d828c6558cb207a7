/** The workflow that people copy: its commands on a repository with a base and a head. */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { mermaidType } from "../unit/mermaid";

const root = path.join(__dirname, "../..");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { permissions: Record<string, string>; steps: readonly Step[] }>
  >;
}

describe("the workflow of examples/ci", function () {
  this.timeout(600_000);
  const { env: settings, jobs } = parse(
    fs.readFileSync(path.join(root, "examples/ci/hopwise.yml"), "utf8"),
  ) as Workflow;
  let folder: string;
  let outputs: Record<"status" | "comment" | "log", string>;

  /** Runs a step as GitHub does, in the folder with both checkouts. */
  function runStep(name: string, env: Record<string, string> = {}) {
    const script = jobs.plan?.steps.find((step) => step.name === name)?.run;
    if (script === undefined) throw new Error(`the job has no step ${name}`);
    return spawnSync("bash", ["-e", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...settings, LANG: "C.UTF-8", ...env },
    });
  }
  const git = (...words: string[]): void => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    execFileSync("git", [...who, ...words], { cwd: path.join(folder, "repository") });
  };

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-ci-"));
    const repository = path.join(folder, "repository");
    const example = path.join(root, "examples/article-464");
    const stack = fs.readFileSync(path.join(example, "Pulumi.dev.yaml"), "utf8");
    fs.cpSync(example, repository, {
      recursive: true,
      filter: (file) => path.basename(file) !== "node_modules",
    });
    fs.writeFileSync(path.join(repository, `Pulumi.${settings.STACK ?? ""}.yaml`), stack);
    const program = path.join(repository, "index.ts");
    const text = fs.readFileSync(program, "utf8");
    // The base works, and the pull request switches the target group to HTTP/2.
    fs.writeFileSync(program, text.replace('protocolVersion: "HTTP2"', 'protocolVersion: "HTTP1"'));
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("commit", "--quiet", "--message", "base");
    git("switch", "--quiet", "--create", "change");
    fs.writeFileSync(program, text);
    git("commit", "--quiet", "--all", "--message", "head");
    for (const [checkout, branch] of [
      ["base", "main"],
      ["head", "change"],
    ] as const) {
      git("worktree", "add", "--quiet", "--force", "--detach", path.join(folder, checkout), branch);
      const modules = path.join(folder, checkout, "node_modules");
      fs.mkdirSync(path.join(modules, ".bin"), { recursive: true });
      for (const name of fs.readdirSync(path.join(root, "node_modules")))
        if (!name.startsWith("."))
          fs.symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
      fs.symlinkSync(path.join(root, "cli/hopwise.js"), path.join(modules, ".bin/hopwise"));
    }
    fs.mkdirSync(path.join(folder, "bin"));
    // What would be posted, in place of GitHub.
    const gh = '#!/bin/sh\nprintf "%s\\n" "$*" > gh.txt\n';
    fs.writeFileSync(path.join(folder, "bin/gh"), gh, { mode: 0o755 });

    const output = path.join(folder, "output.txt");
    const { stderr, stdout } = runStep("Plan", { GITHUB_OUTPUT: output });
    outputs = {
      status: fs.readFileSync(output, "utf8").trim(),
      comment: fs.readFileSync(path.join(folder, "comment.md"), "utf8"),
      log: stdout + stderr,
    };
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("says what the change does to requests, and fails", () => {
    const { comment, status, log } = outputs;
    expect(status, log).to.equal("status=1");
    expect(comment).to.match(/^### hopwise: `prod`\n/);
    expect(comment).to.include("prod in base → prod in head");
    expect(comment).to.match(/HTTP\/1\.1 +200.* → 464/);
    expect(comment).to.match(/\+ error edge-http1-to-http2-target/);
    expect(comment).to.match(/<summary>The whole plan<\/summary>\n\n```\n✘ index\.ts:51/);
    const result = jobs.plan?.steps.find(({ name }) => name === "Result")?.run;
    expect(result).to.equal('exit "$STATUS"');
  });

  it("draws the path, in the comment and as a file", async () => {
    const [, diagram = ""] = /```mermaid\n([\s\S]*?)```/.exec(outputs.comment) ?? [];
    expect(await mermaidType(diagram)).to.match(/^flowchart/);
    expect(fs.readFileSync(path.join(folder, "path.svg"), "utf8")).to.match(/<\/svg>\n$/);
  });

  it("posts one comment, which the next run changes", () => {
    const summary = path.join(folder, "summary.md");
    const { status } = runStep("Comment", {
      ...{ PULL_REQUEST: "7", GITHUB_STEP_SUMMARY: summary },
      PATH: `${path.join(folder, "bin")}${path.delimiter}${process.env.PATH ?? ""}`,
    });
    expect(status).to.equal(0);
    expect(fs.readFileSync(path.join(folder, "gh.txt"), "utf8")).to.equal(
      "pr comment 7 --edit-last --create-if-none --body-file comment.md\n",
    );
    expect(fs.readFileSync(summary, "utf8")).to.equal(outputs.comment);
  });

  it("gives each job only the rights that it needs", () => {
    const rights = Object.entries(jobs).map(([name, { permissions }]) => [name, permissions]);
    const token = { contents: "read", "id-token": "write" };
    expect(Object.fromEntries(rights)).to.deep.equal({
      plan: { contents: "read", "pull-requests": "write" },
      ...{ policy: token, deploy: token },
    });
  });
});
