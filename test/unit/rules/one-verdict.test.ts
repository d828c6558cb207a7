/** Plan, local and the policy pack say the same of each rule's first broken program. */
import { expect } from "chai";
import { describePath as described } from "../../../cli/local/present";
import { policies } from "../../../policy/index";
import {
  evaluateTogether,
  expectSame,
  firstBroken,
  planOf,
  verdictOf,
  verdictWanted,
} from "./firstBroken";
import { judge } from "./support";
import { token } from "../../../topology/tokens";

describe("one verdict of plan, local and the policy pack, on the local AWS", () => {
  for (const broken of firstBroken())
    it(broken.rule.code, async () => {
      const { code, refusedAs } = broken.rule;
      const evaluation = await evaluateTogether([broken.program]);
      const plan = planOf(evaluation).findings;
      const local = described(evaluation).findings;
      // What the engine shows the pack once everything has been created.
      const pack = judge(evaluation.resources).map(({ rule, level, urn }) => {
        const severity = policies.find(({ name }) => name === rule)?.severity ?? "";
        return `[${level}] [severity: ${severity}] ${rule} ${urn.split("::").at(-1) ?? ""}`;
      });
      const said = plan.map((finding) => verdictOf(finding, finding.resource));
      expect(said).to.include(verdictWanted(broken));
      expectSame(code, {
        plan: said,
        local: local.map((finding) => verdictOf(finding, finding.resource)),
        "the policy pack": pack,
      });
      const refused = plan.find((finding) => finding.code === code)?.refused;
      expect(refused?.code).to.equal(refusedAs?.code);
      if (refusedAs !== undefined) expect(refused?.message).to.match(refusedAs.message);
    });

  it("keeps other refusals of AWS for the same resource", async () => {
    const [broken] = firstBroken().filter(({ rule }) => rule.code === "service-target-missing");
    const program = (broken?.program ?? []).map((one) =>
      one.type === token.service
        ? { ...one, inputs: { ...one.inputs, networkConfiguration: { subnets: ["vpc-1"] } } }
        : one,
    );
    const plan = planOf(await evaluateTogether([program]));
    const messages = plan.refusals.map(({ message }) => message);
    expect(messages).to.include("The subnet ID 'vpc-1' does not exist");
    expect(messages.join("\n")).not.to.match(/The container app does not exist/);
  });
});
