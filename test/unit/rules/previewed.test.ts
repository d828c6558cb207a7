/** What a preview says of the programs of each rule: what is right stays so, and no fault is passed over. */
import { expect } from "chai";
import { cases } from "./cases";
import { asPreview } from "./preview";
import { outcomes } from "./support";

/** Of an unknown dimension a preview assumes what it mostly is: docs/policy.md says so. */
const assumed = ["an ARN", "the ARN of a target group"];

describe("the programs of each rule, in their preview", () => {
  for (const [code, { broken, fine }] of Object.entries(cases))
    it(code, () => {
      const blamed = Object.entries(fine).filter(([, program]) =>
        outcomes(asPreview(program())).reports.some(({ rule }) => rule === code),
      );
      expect(
        blamed.map(([what]) => what),
        "right, and blamed",
      ).to.deep.equal([]);
      const silent = Object.entries(broken).filter(([, [program]]) => {
        const { reports, missed } = outcomes(asPreview(program()));
        return ![...reports.map(({ rule }) => rule), ...missed].includes(code);
      });
      expect(
        silent.map(([what]) => what),
        "wrong, and passed over",
      ).to.deep.equal(code === "alarm-without-data" ? assumed : []);
    });
});
