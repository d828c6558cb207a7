/** The policy pack as a program has it that installed the package. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { startPolicyPacks, textsOf, verdictsIn } from "../engine/policyPack";
import { createStack, type Stack } from "../engine/stack";
import { install, pack, temporaryFolder } from "../packed";
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
  after(async () => {
    stop();
    await (stack as Stack | undefined)?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("stops nothing, in the preview nor in the update", async () => {
    const pack = path.join(folder, "node_modules/hopwise/policy");
    const preview = await stack.ok("preview", "--policy-pack", pack);
    // Container definitions, and the policies of topics and keys, are made of what does not exist yet.
    expect(verdictsIn(preview.output)).to.have.members(
      ["web", "web-alb", "web-alarms", "web-edge-alarms"].map(
        (name) => `[advisory] [severity: low] not-checked-at-preview ${name}`,
      ),
    );
    const texts = textsOf(preview.output, "not-checked-at-preview");
    expect(texts.filter((text) => text.includes(": alarm-not-delivered."))).to.have.length(2);
    const { output } = await stack.ok("up", "--yes", "--skip-preview", "--policy-pack", pack);
    expect(output).to.match(/hopwise@v\S+ \(local: .*node_modules\/hopwise\/policy\)/);
    expect(verdictsIn(output)).to.deep.equal([]);
  });
});
