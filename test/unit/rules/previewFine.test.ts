/** What is right once everything is known is right in the preview before it, too. */
import { expect } from "chai";
import { cases } from "./cases";
import { asPreview } from "./preview";
import { outcomes } from "./support";

describe("a program that breaks no rule, in its preview", () => {
  for (const [code, { fine }] of Object.entries(cases))
    it(code, () => {
      const said = Object.entries(fine).filter(([, program]) =>
        outcomes(asPreview(program())).reports.some(({ rule }) => rule === code),
      );
      expect(said.map(([what]) => what)).to.deep.equal([]);
    });
});
