/** `hopwise completion`, as bash runs it. */
import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { completionScript } from "../../../cli/completion/script";
import { hopwise } from "../../../cli/main";
import { root } from "../document";

/** What bash offers for the last of the words. */
function offered(...words: string[]): string[] {
  const script = `${completionScript(hopwise("0.0.0"))}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hopwise; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const options = { cwd: root, encoding: "utf8" } as const;
  const output = execFileSync("bash", ["-c", script, "bash", "hopwise", ...words], options);
  return output.split("\n").filter((line) => line !== "");
}

describe("hopwise completion", () => {
  it("offers every command", () => {
    const commands = hopwise("0.0.0").commands.map((command) => command.name());
    expect(offered("")).to.include.members([...commands, "--version", "--help"]);
    expect(offered("ver")).to.deep.equal(["verify"]);
  });

  it("offers the options of the command", () => {
    expect(offered("plan", "--st")).to.deep.equal(["--stack", "--stack-outputs", "--strict"]);
    expect(offered("explain", "--json")).to.deep.equal(["--json"]);
    expect(offered("verify", "--diff")).to.deep.equal([]);
  });

  it("offers the stacks of the folder", () => {
    expect(offered("plan", "--stack", "h2")).to.deep.equal(["h2", "h2cf"]);
    expect(offered("plan", "--diff", "pro")).to.deep.equal(["prod"]);
  });

  it("offers files elsewhere", () => {
    expect(offered("explain", "CHANGE")).to.deep.equal(["CHANGELOG.md"]);
  });
});
