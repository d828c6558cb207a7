/** The policy pack as a program has it that installed the package. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { startPolicyPacks, textsOf, verdictsIn } from "../engine/policyPack";
import { createStack, type Stack } from "../engine/stack";
import { install, npm, pack, temporaryFolder } from "../packed";
import { describeWith } from "../parts";

describeWith("pulumi", "the policy pack installed as a package, by the real engine", () => {
  let stack: Stack;
  let folder: string;
  let stop: () => void;
  before(async () => {
    stop = startPolicyPacks();
    folder = temporaryFolder();
    // Types are another suite's business.
    const tarball = pack(folder, "--noCheck", "--declaration", "false");
    install(tarball, folder);
    stack = await createStack("prod");
  });
  after(() => {
    stop();
    (stack as Stack | undefined)?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  // Container definitions, and the policies of topics and keys, are made of what does not exist yet.
  const notChecked = ["web", "web-alb", "web-alarms", "web-edge-alarms"].map(
    (name) => `[advisory] [severity: low] not-checked-at-preview ${name}`,
  );

  it("is the same as it is published: packed by npm, with the dependencies that it lists", async () => {
    const written = path.join(folder, "publishable");
    const script = path.join(folder, "node_modules/hopwise/policy/publishable.js");
    execFileSync(process.execPath, [script, written]);
    const [tarball = ""] = npm(["pack", "--silent"], written).trim().split("\n");
    const published = path.join(temporaryFolder(), "package");
    try {
      execFileSync("tar", ["-xzf", path.join(written, tarball), "-C", path.dirname(published)]);
      const { dependencies } = JSON.parse(
        fs.readFileSync(path.join(published, "package.json"), "utf8"),
      ) as { dependencies: Record<string, string> };
      for (const name of Object.keys(dependencies)) {
        const link = path.join(published, "node_modules", name);
        fs.mkdirSync(path.dirname(link), { recursive: true });
        fs.symlinkSync(path.join(__dirname, "../../node_modules", name), link);
      }
      const { output } = await stack.ok("preview", "--policy-pack", published);
      expect(verdictsIn(output)).to.have.members(notChecked);
    } finally {
      fs.rmSync(path.dirname(published), { recursive: true, force: true });
    }
  });

  it("stops nothing, in the preview nor in the update", async () => {
    const pack = path.join(folder, "node_modules/hopwise/policy");
    const commands = commandsOf(path.join(__dirname, "../../examples/ci/hopwise.yml"), pack);
    expect(commands.map(([command]) => command)).to.deep.equal(["preview", "up"]);
    const [previewed = [], updated = []] = commands;
    const preview = await stack.ok(...previewed);
    expect(verdictsIn(preview.output)).to.have.members(notChecked);
    const texts = textsOf(preview.output, "not-checked-at-preview");
    expect(texts.filter((text) => text.includes(": alarm-not-delivered."))).to.have.length(2);
    const { output } = await stack.ok(...updated, "--skip-preview");
    expect(output).to.match(/hopwise@v\S+ \(local: .*node_modules\/hopwise\/policy\)/);
    expect(verdictsIn(output)).to.deep.equal([]);
  });
});

/** Arguments of each `pulumi` of the workflow that people copy, with this pack. */
function commandsOf(workflow: string, pack: string): string[][] {
  const { env, jobs } = parse(fs.readFileSync(workflow, "utf8")) as {
    env: { STACK: string };
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.map(({ run = "" }) => run.trim().split(" ")))
    .filter(([program]) => program === "pulumi")
    .map(([, ...words]) =>
      words
        .map((word) => word.replace('"$STACK"', env.STACK))
        .map((word) => (word === "node_modules/hopwise/policy" ? pack : word)),
    );
}
