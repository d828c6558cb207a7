/** docs/preview-environments.md and its example: the workflow and the rule priorities. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { routesOf } from "../../components/service/routes";
import { parseSettings } from "../../config";
import { previewFolder, previewWorkflow, step } from "../previewWorkflow";

const documents = fs.readFileSync(
  path.join(__dirname, "../../docs/preview-environments.md"),
  "utf8",
);

/** What the workflow's own arithmetic gives, in one shell for all numbers. */
function ranges(numbers: readonly number[]): { from: number; to: number }[] {
  const sum = /FROM=\$\(\(.*\)\)/.exec(step("Deploy").run)?.[0] ?? "";
  const to = /\$\(\(FROM \+ \d+\)\)/.exec(step("Deploy").run)?.[0] ?? "";
  const script = `for PR in ${numbers.join(" ")}; do ${sum}; echo "$FROM ${to}"; done`;
  const printed = execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split("\n");
  return printed.map((line) => {
    const [first, last] = line.split(" ").map(Number);
    return { from: first ?? 0, to: last ?? 0 };
  });
}

describe("the workflow of preview environments", () => {
  it("runs when a pull request is opened, changed and closed, once at a time for each", () => {
    expect(previewWorkflow.on.pull_request.types).to.have.members([
      ...["opened", "reopened", "synchronize", "closed"],
    ]);
    expect(previewWorkflow.concurrency.group).to.include("github.event.number");
    expect(previewWorkflow.concurrency["cancel-in-progress"]).to.equal(undefined);
  });

  it("gives forks neither the role nor the secrets, and asks for few permissions", () => {
    expect(previewWorkflow.jobs.preview.if).to.equal(
      "github.event.pull_request.head.repo.full_name == github.repository",
    );
    expect(previewWorkflow.permissions).to.deep.equal({ contents: "read", "id-token": "write" });
  });

  it("takes nothing that a pull request says into a command but through the environment", () => {
    for (const { run } of previewWorkflow.jobs.preview.steps)
      expect(run ?? "").to.not.include("${{");
  });

  it("deploys what is open and destroys what is closed", () => {
    expect(step("Deploy").if).to.equal("github.event.action != 'closed'");
    expect(step("Build").if).to.equal(step("Deploy").if);
    expect(step("Destroy").if).to.equal("github.event.action == 'closed'");
  });

  it("has commands that bash can read", () => {
    for (const name of ["Build", "Deploy", "Destroy"])
      execFileSync("bash", ["-n", "-c", step(name).run]);
  });

  it("is the one that the document shows", () => {
    expect(documents).to.include(step("Deploy").run.trim().split("\n")[0]);
    expect(documents).to.include("(../examples/preview-environments/preview.yml)");
  });
});

describe("the rule priorities of pull requests", () => {
  const many = Array.from({ length: 960 }, (_, i) => i + 1);

  it("are a hundred for each, which 480 pull requests in a row do not share", () => {
    const all = ranges(many);
    for (const [i, { from, to }] of all.entries()) {
      expect(to - from).to.equal(99);
      expect(from, `PR ${i + 1}`).to.be.at.least(1000);
      expect(to, `PR ${i + 1}`).to.be.at.most(48_999);
    }
    for (let start = 0; start < 480; start++) {
      const window = all.slice(start, start + 480).map(({ from }) => from);
      expect(new Set(window).size).to.equal(480);
    }
    expect(all[480 + 6], "the limit that the document states").to.deep.equal(all[6]);
  });

  it("have room for the host's rule, and for paths at it", () => {
    for (const range of ranges([1, 7, 479, 480])) {
      const hosts = ["pr-7.preview.example.com"];
      const at = [
        ...routesOf({ hosts }, range),
        ...routesOf({ hosts, paths: ["/api/*"] }, range),
      ].map(({ priority }) => priority);
      expect(new Set(at).size).to.equal(2);
      for (const priority of at) {
        expect(priority).to.be.at.least(range.from);
        expect(priority).to.be.at.most(range.to);
      }
    }
  });
});

describe("the settings of preview environments", () => {
  it("have no problem once the workflow has added its own", () => {
    const file = fs.readFileSync(path.join(previewFolder, "Pulumi.preview.yaml"), "utf8");
    const { config } = parse(file) as { config: Record<string, unknown> };
    const raw = Object.fromEntries(
      Object.entries(config).flatMap(([key, value]) =>
        key.startsWith("hopwise:") ? [[key.slice("hopwise:".length), value]] : [],
      ),
    ) as Record<string, { web: object } & Record<string, object>>;
    const web = raw.services?.web as { app: object };
    const settings = parseSettings(
      {
        ...raw,
        loadBalancer: { ...raw.loadBalancer, priorities: { from: "1700", to: "1799" } },
        services: {
          web: {
            ...web,
            hosts: ["pr-7.example.com"],
            app: { ...web.app, image: "r.example.com/a:1" },
          },
        },
      },
      { region: "eu-west-1" },
    );
    expect(settings.loadBalancer?.priorities).to.deep.equal({ from: 1700, to: 1799 });
  });
});
