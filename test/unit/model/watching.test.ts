/** What an account has once. */
import { expect } from "chai";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";
import { make, scene } from "./scene";
import { refusalsOf } from "./support";

describe("what an account has once", () => {
  const once: [type: string, more: Props, says: RegExp][] = [
    [token.detector, {}, /already exists for the current account/],
    [token.detectorFeature, {}, /sets the feature RUNTIME_MONITORING/],
    [
      token.detectorFeature,
      { name: "EKS_RUNTIME_MONITORING", additionalConfigurations: undefined },
      /Only one of EKS_RUNTIME_MONITORING and RUNTIME_MONITORING/,
    ],
    [token.inspector, { resourceTypes: ["EC2"] }, /already/],
    [token.topic, {}, /already exists/],
  ];
  for (const [type, more, says] of once) {
    it(`${type.split(":").pop() ?? ""} ${JSON.stringify(more)} is refused beside another`, () => {
      const s = scene();
      const second = () => make(s.account, type, "second", { ...s.valid(type), ...more });
      make(s.account, type, "first", s.valid(type));
      const found = refusalsOf(second);
      expect(found).to.have.length(1);
      expect(found[0]?.message).to.match(says);
    });
  }

  it("and once more in another region", () => {
    const s = scene();
    make(s.account, token.detector, "first", {});
    expect(
      refusalsOf(() => make(s.account, token.detector, "edge", { region: "us-east-1" })),
    ).to.deep.equal([]);
  });

  it("an alarm without a threshold, for which the provider sends 0", () => {
    const s = scene();
    const alarm = { ...s.valid(token.metricAlarm), threshold: undefined };
    expect(refusalsOf(() => make(s.account, token.metricAlarm, "any", alarm))).to.deep.equal([]);
  });
});
