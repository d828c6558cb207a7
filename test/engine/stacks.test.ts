/** The life of each committed stack: `pulumi preview`, `up`, `up` again, `refresh`, a change, `destroy`. */
import { expect } from "chai";
import { recordedStack } from "../../cli/evaluation/recorded";
import { makePlan } from "../../cli/plan/make";
import type { Plan } from "../../cli/plan/types";
import { committedStacks, newerProvider } from "../committedStacks";
import { describeWith } from "../parts";
import { committedStack } from "../unit/evaluated";
import { createStack, expectWhole, steps, type Stack } from "./stack";

/** What is special about a committed stack. */
interface About {
  /** What a preview warns of, before anything exists. @default nothing */
  readonly warns?: RegExp;
  /** Values of the secret header. @default 1 */
  readonly secrets?: number;
}

const special: Readonly<Record<string, About>> = {
  h2: { warns: /warning: [^]*464/, secrets: 0 },
  services: { warns: /warning: [^]*464/, secrets: 0 },
  h2cf: { warns: /warning: [^]*edge-http2-fallback/ },
};

/** What a plan says, but for places in the source and the order of resources. */
function inShort({ verdict, paths, findings, openings, cost }: Plan) {
  const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  return {
    ...{ verdict, monthly: cost.monthly, openings: sorted(openings) },
    paths: sorted(paths.map(({ hops, requests }) => ({ hops, requests }))),
    findings: sorted(
      findings
        // Providers here may know what the checkout's does not.
        .filter(({ code }) => code !== "edge-http2-not-deployable")
        .map(({ code, severity, message, resource }) => {
          return { code, severity, message, of: resource?.name };
        }),
    ),
  };
}

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

    it("is planned from its state as from its program", async () => {
      const file = await stack.writeOutput("state.json", "stack", "export", "--show-secrets");
      const state = recordedStack(file, stack.directory, name);
      const planned = inShort(makePlan({ ...state, problems: [] }));
      expect(planned).to.deep.equal(inShort(makePlan(await committedStack(name))));
    });

    it("changes its count in place, and only the service", async () => {
      stack.set("service.count", "5");
      expect(steps(await stack.up())).to.deep.equal(["update Service web"]);
      expectWhole(stack);
    });

    it("is not destroyed while it is protected, with or without a preview", async () => {
      stack.set("deletionProtection", "true");
      await stack.up();
      const held = stack.providers.account.resources.length;
      for (const more of [[], ["--skip-preview"]]) {
        const refused = await stack.run("destroy", "--yes", ...more);
        expect(refused.code).to.not.equal(0);
        expect(refused.output).to.match(/hopwise:deletionProtection" cannot be deleted/);
        expect(stack.providers.account.resources).to.have.lengthOf(held);
      }
    });

    it("is unprotected in place, and then destroyed to nothing", async () => {
      stack.set("deletionProtection", "false");
      const calls = steps(await stack.up());
      expect(calls.filter((call) => !call.startsWith("update "))).to.deep.equal([]);
      await stack.ok("destroy", "--yes", "--skip-preview");
      expect(stack.providers.account.resources).to.be.empty;
    });
  });
}
