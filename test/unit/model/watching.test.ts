/** What an account has once. */
import { expect } from "chai";
import * as t from "../../../local/model/tokens";
import type { Props } from "../../../local/types";
import { make, scene } from "./scene";
import { refusalsOf } from "./support";

describe("what an account has once", () => {
  const once: [type: string, more: Props, says: RegExp][] = [
    [t.DETECTOR, {}, /already exists for the current account/],
    [t.DETECTOR_FEATURE, {}, /sets the feature RUNTIME_MONITORING/],
    [
      t.DETECTOR_FEATURE,
      { name: "EKS_RUNTIME_MONITORING", additionalConfigurations: undefined },
      /Only one of EKS_RUNTIME_MONITORING and RUNTIME_MONITORING/,
    ],
    [t.INSPECTOR, { resourceTypes: ["EC2"] }, /already/],
    [t.TOPIC, {}, /already exists/],
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
    make(s.account, t.DETECTOR, "first", {});
    expect(
      refusalsOf(() => make(s.account, t.DETECTOR, "edge", { region: "us-east-1" })),
    ).to.deep.equal([]);
  });
});
