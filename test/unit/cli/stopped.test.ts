/** What `hopwise local` says of targets that would get no requests on AWS. */
import { expect } from "chai";
import { stoppedOnAws } from "../../../cli/evaluation/stopped";
import { stackOfEvaluation } from "../../../cli/findings";
import { Account } from "../../../local/model";
import type { DeclaredResource } from "../../../topology/resource";
import { cases } from "../rules/cases";
import { onInstances, soundProgram } from "../rules/program";

const notes = (resources: readonly DeclaredResource[]): string[] =>
  stoppedOnAws(stackOfEvaluation({ account: new Account({ region: "eu-west-1" }), resources }));

describe("the differences from AWS where no target gets requests there", () => {
  for (const code of [
    "tasks-without-route",
    "health-check-port-closed",
    "health-check-cannot-pass",
  ])
    it(code, () => {
      const [broken] = Object.values(cases[code]?.broken ?? {});
      const said = notes(broken?.[0]() ?? []);
      expect(said).to.have.lengthOf(1);
      expect(said[0]).to.match(/^On AWS no (task starts|target is healthy).* get 503/);
      expect(said[0]).to.contain(`(${code})`);
    });

  it("are none of a sound program, nor of instances, which get requests while none is healthy", () => {
    expect(notes(soundProgram())).to.deep.equal([]);
    expect(notes(onInstances({ tasks: { healthCheck: { matcher: "700" } } })())).to.deep.equal([]);
  });
});
