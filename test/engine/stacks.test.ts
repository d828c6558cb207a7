/** The life of each committed stack: `pulumi preview`, `up`, `up` again, `refresh`, a change, `destroy`. */
import { expect } from "chai";
import { committedStacks, newerProvider } from "../committedStacks";
import { describeWith } from "../parts";
import { createStack, expectWhole, steps, type Stack } from "./stack";

/** What is special about a committed stack. */
interface About {
  /** What a preview warns of, before anything exists. @default nothing */
  readonly warns?: RegExp;
  /** Values of the secret header. @default 1 */
  readonly secrets?: number;
  /** True: logs stop a destroy, at first. */
  readonly logs?: true;
}

const special: Readonly<Record<string, About>> = {
  grpc: { logs: true },
  mixed: { logs: true },
  h2: { warns: /warning: [^]*464/, secrets: 0, logs: true },
  services: { warns: /warning: [^]*464/, secrets: 0 },
  h2cf: { warns: /warning: [^]*edge-http2-fallback/, logs: true },
};

for (const name of committedStacks) {
  const about = special[name] ?? {};
  describeWith("pulumi", `the stack ${name}, by the real engine`, () => {
    let stack: Stack;

    before(async () => {
      // One of them starts its program each time, as people's do.
      stack = await createStack(name, { kept: name !== "dev", knowing: newerProvider[name] });
    });

    after(() => (stack as Stack | undefined)?.close());

    it("is previewed, and nothing is created", async () => {
      const { output } = await stack.ok("preview");
      expect(output).to.match(/\+ \d+ to create/);
      if (about.warns) expect(output).to.match(about.warns);
      else expect(output).to.not.include("warning:");
      expect(stack.providers.calls.all).to.be.empty;
    });

    it("is created whole, every target group in use", async () => {
      await stack.up();
      expectWhole(stack);
    });

    it("is left alone by a second update, and has not drifted", async () => {
      expect(await stack.up("--expect-no-changes")).to.be.empty;
      await stack.ok("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    });

    it("holds no secret in plain text", async () => {
      const { output } = await stack.ok("stack", "export");
      const secrets = stack.providers.account.resources
        .filter((resource) => resource.type === "random:index/randomPassword:RandomPassword")
        .map((resource) => String(resource.outputs.result));
      expect(secrets).to.have.lengthOf(about.secrets ?? 1);
      for (const secret of secrets) expect(output).to.not.include(secret);
    });

    it("changes its count in place, and only the service", async () => {
      stack.set("service.count", "5");
      expect(steps(await stack.up())).to.deep.equal(["update Service web"]);
      expectWhole(stack);
    });

    it("is destroyed to nothing, once nothing protects it and nobody wants its logs", async () => {
      if (name === "prod") {
        const refused = await stack.run("destroy", "--yes", "--skip-preview");
        expect(refused.code).to.not.equal(0);
        expect(refused.output).to.include("OperationNotPermitted");
        stack.set("deletionProtection", "false");
        stack.set("logs.forceDestroy", "true");
        await stack.up();
      }
      if (about.logs) {
        const stopped = await stack.run("destroy", "--yes", "--skip-preview");
        expect(stopped.code).to.not.equal(0);
        expect(stopped.output).to.include("BucketNotEmpty");
        const left = stack.providers.account.resources.map((resource) => resource.type);
        expect(left).to.deep.equal(["aws:s3/bucket:Bucket"]);
        stack.set("logs.forceDestroy", "true");
        await stack.up();
      }
      await stack.ok("destroy", "--yes", "--skip-preview");
      expect(stack.providers.account.resources).to.be.empty;
    });
  });
}
