/** What this checkout does to stacks that the last release deployed. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { recordedRelease, restoreStack } from "../engine/recorded";
import { createStack, expectWhole, type Stack } from "../engine/stack";
import { previewedLosses } from "../engine/steps";
import { describeWith } from "../parts";

/** Its revisions cannot be changed: a release with another nginx image deploys a new one. */
const revision = "aws:ecs/taskDefinition:TaskDefinition";

describeWith("pulumi", "an upgrade", () => {
  let stack: Stack;
  afterEach(() => (stack as Stack | undefined)?.close());

  const release = recordedRelease();
  for (const name of release?.stacks ?? [])
    it(`from ${release?.version ?? ""} replaces and deletes nothing of the stack ${name}`, async () => {
      stack = await restoreStack(release?.version ?? "", name);
      const losses = await previewedLosses(stack);
      expect(losses.filter((loss) => !loss.includes(revision))).to.deep.equal([]);
      const calls = await stack.up();
      const deleted = calls.filter(({ operation }) => operation === "delete");
      expect(deleted.filter(({ type }) => type !== revision)).to.deep.equal([]);
      expectWhole(stack);
    });

  it("that renames what is deployed is seen", async () => {
    stack = await createStack("dev");
    await stack.up();
    expect(await previewedLosses(stack)).to.deep.equal([]);
    const program = path.join(stack.directory, "index.ts");
    const text = fs.readFileSync(program, "utf8");
    fs.writeFileSync(program, text.replace('const name = "web"', 'const name = "site"'));
    const losses = await previewedLosses(stack);
    expect(losses).to.include("delete aws:lb/loadBalancer:LoadBalancer web-alb");
  });
});
