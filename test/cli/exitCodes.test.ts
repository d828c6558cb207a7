/** The same kind of error has the same exit code in every command. docs/ci.md has the table. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { hopwise } from "../../cli/main";
import { describeRuns, projectDir, run } from "./hopwise";

describeRuns("the exit code of hopwise", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-codes-"));
  const at = (...names: string[]): string => path.join(folder, ...names);
  const program = (name: string, files: Readonly<Record<string, string>>): void => {
    mkdirSync(at(name));
    const all = { "Pulumi.yaml": "name: t\nruntime: nodejs\nmain: index.js\n", ...files };
    for (const [file, text] of Object.entries(all)) writeFileSync(at(name, file), text);
    symlinkSync(path.join(projectDir, "node_modules"), at(name, "node_modules"));
  };
  before(() => {
    const dev = { "Pulumi.dev.yaml": "config: {}\n" };
    program("throws", { ...dev, "index.js": 'throw new Error("out of paper");' });
    program("broken", { "Pulumi.dev.yaml": "config:\n  a:b: [1, 2\n", "index.js": "" });
    program("without-main", dev);
    program("python", { "Pulumi.yaml": "name: t\nruntime: python\n" });
    mkdirSync(at("empty"));
    mkdirSync(at("without-sdk"));
    writeFileSync(at("without-sdk", "Pulumi.yaml"), "name: t\nruntime: nodejs\n");
    writeFileSync(at("without-sdk", "index.js"), "");
    const stack = {
      type: "pulumi:pulumi:Stack",
      urn: "urn:pulumi:dev::t::pulumi:pulumi:Stack::t-dev",
    };
    writeFileSync(at("state.json"), JSON.stringify({ deployment: { resources: [stack] } }));
    writeFileSync(at("no-log.txt"), "nothing of a log\n");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** The commands that run a program, with what they cannot do without. */
  const ofPrograms: Readonly<Record<string, readonly string[]>> = {
    plan: [],
    local: ["--check", "--embedded-origin"],
    verify: [],
    adopt: ["--state", at("state.json")],
  };
  const others = ["explain", "finding", "completion"];

  it("is known of each command", () => {
    const names = hopwise("0.0.0").commands.map((command) => command.name());
    expect(names).to.have.members([...Object.keys(ofPrograms), ...others]);
  });

  const kinds: readonly [what: string, args: readonly string[], code: 1 | 2, says: RegExp][] = [
    ["a folder that is not there", ["--program", at("nowhere")], 2, /no folder/],
    ["a folder without a project", ["--program", at("empty")], 2, /no Pulumi\.yaml/],
    ["a file in its place", ["--program", at("throws", "index.js")], 2, /is a file/],
    ["a stack that is not there", ["--program", at("throws"), "--stack", "no"], 2, /no stack 'no'/],
    ["a broken stack file", ["--program", at("broken")], 2, /Pulumi\.dev\.yaml:\d+:\d+/],
    ["a program that is not there", ["--program", at("without-main")], 2, /index\.js is missing/],
    ["a program in another language", ["--program", at("python")], 2, /only programs for nodejs/],
    ["a program without Pulumi's SDK", ["--program", at("without-sdk")], 2, /is not installed/],
    [
      "a file that is not there",
      ["--program", at("throws"), "--stack-outputs", `a=${at("none.json")}`],
      2,
      /--stack-outputs: .*ENOENT/,
    ],
    ["an unknown option", ["--bogus"], 2, /unknown option '--bogus'/],
    ["a program that throws", ["--program", at("throws")], 1, /out of paper|refused/],
  ];
  for (const [what, args, code, says] of kinds)
    it(`is ${code} for ${what}`, async () => {
      for (const [command, own] of Object.entries(ofPrograms)) {
        const ended = await run([command, ...own, ...args]);
        // What a plan finds is its output.
        expect(`${ended.stderr}${ended.stdout}`, command).to.match(says);
        expect(ended.code, command).to.equal(code);
        expect(ended.stderr).not.to.match(/\n\s+at /);
      }
    });

  type Wrong = [what: string, args: readonly string[], says: RegExp];
  const wrong: readonly Wrong[] = [
    ...others.map((command): Wrong => [
      `an unknown option of ${command}`,
      [command, "--bogus"],
      /--bogus/,
    ]),
    ["an unknown command", ["serve"], /unknown command/],
    ["no command", [], /Usage/],
    ["no log", ["explain"], /missing required argument/],
    ["a log that is not there", ["explain", at("none.log")], /there is no/],
    ["a file that is no log", ["explain", at("no-log.txt")], /^$|no-log\.txt/],
    ["a page that cannot be written", ["explain", "--html", at("no", "x"), "-"], /cannot be/],
    ["an unknown finding", ["finding", "nope"], /no finding nope/],
    ["what is no URL", ["verify", "http://"], /is not the URL/],
    ["a state that is not there", ["adopt", "--state", at("none.json")], /--state: .*ENOENT/],
    [
      "a plan that cannot be written",
      ["plan", "--program", at("throws"), "-o", at("no", "x")],
      /cannot be written/,
    ],
    ["a preview that is not there", ["plan", "--from", at("none.json")], /--from: .*ENOENT/],
    [
      "a pack's configuration that is not there",
      ["plan", "--policy-pack-config", at("none.json")],
      /--policy-pack-config: .*ENOENT/,
    ],
  ];
  for (const [what, args, says] of wrong)
    it(`is 2 for ${what}`, async () => {
      const { code, stderr } = await run([...args]);
      expect(stderr).to.match(says);
      expect(code).to.equal(2);
    });

  it("is 0 for help", async () => {
    for (const command of [...Object.keys(ofPrograms), ...others])
      expect((await run([command, "--help"])).code, command).to.equal(0);
  });
});
