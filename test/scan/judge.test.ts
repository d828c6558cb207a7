import { expect } from "chai";
import type { LocalResource } from "../../local/model/types";
import type { Exception } from "./exceptions";
import type { StackName } from "./scannedStacks";
import { explainedTwice, needless, unexplained } from "./judge";
import type { ScanVerdict } from "./verdict";

const resource: LocalResource = {
  urn: "",
  id: "1",
  name: "web",
  type: "aws:lb/listener:Listener",
  inputs: {},
  outputs: {},
};
const verdict = (check: string, passed: boolean): ScanVerdict => ({
  source: "Checkov",
  check,
  title: `asks ${check}`,
  resource,
  passed,
});
const exception = (checks: string[], stacks: StackName[]): Exception => ({
  checks,
  stacks,
  setting: "waf",
  reason: "because",
});
const verdicts = {
  prod: [verdict("A", false), verdict("B", true)],
  h2: [verdict("A", false)],
  others: [],
};

describe("verdicts against exceptions", () => {
  it("name a failed check without a reason, its stack and its resource", () => {
    expect(unexplained(verdicts, [exception(["A"], ["prod"])])).to.deep.equal([
      "h2: Checkov A (asks A): aws:lb/listener:Listener web",
    ]);
    expect(unexplained(verdicts, [exception(["A"], ["prod", "h2"])])).to.deep.equal([]);
  });

  it("name a reason whose check passes or no longer exists", () => {
    const needed = exception(["A"], ["prod", "h2"]);
    expect(needless(verdicts, [needed, exception(["B", "C"], ["prod"])])).to.deep.equal([
      "prod: B does not fail",
      "prod: C does not fail",
    ]);
  });

  it("name a check with two reasons", () => {
    const twice = [exception(["A"], ["prod", "h2"]), exception(["A"], ["h2"])];
    expect(explainedTwice(twice)).to.deep.equal(["h2: A"]);
  });
});
