import { expect } from "chai";
import { rules } from "../../../rules";
import { cases } from "./cases";
import { ofSettings } from "./firstBroken";
import { soundProgram, directProgram, vpcOriginProgram } from "./program";
import { directNotes, judge, missed } from "./support";

describe("the rules", () => {
  it("say nothing of a program in which everything is as it should be", () => {
    expect(judge(soundProgram())).to.deep.equal([]);
    expect(judge(vpcOriginProgram())).to.deep.equal([]);
    // What one gives up without CloudFront.
    const notes = judge(directProgram()).map(({ rule, level }) => `${level} ${rule}`);
    expect(notes).to.deep.equal(directNotes.map((code) => `advisory ${code}`));
  });

  it("each have programs that break them, that do not, and of which nobody can tell yet", () => {
    expect(Object.keys(cases).sort()).to.deep.equal(rules.map((rule) => rule.code).sort());
    for (const [code, { broken, fine, unknown }] of Object.entries(cases))
      // Of what no resource says there is nothing to break and nothing to know.
      for (const programs of ofSettings.includes(code) ? [fine] : [broken, fine, unknown])
        expect(Object.keys(programs).length, code).to.be.greaterThan(0);
  });

  for (const [name, { broken, fine, unknown }] of Object.entries(cases))
    describe(name, () => {
      const of = (program: Parameters<typeof judge>[0]) => judge(program, name);

      for (const [why, [program, on, says]] of Object.entries(broken))
        it(`is broken by: ${why}`, () => {
          const [told, ...more] = of(program());
          expect(told?.urn.split("::").at(-1)).to.equal(on);
          expect(told?.message).to.match(says);
          expect(told?.message.split("\n").at(-1)).to.match(/^https:\/\/\S+$/);
          expect(more.map((m) => m.urn)).not.to.include(told?.urn);
        });

      for (const [why, program] of Object.entries(fine))
        it(`is not broken by: ${why}`, () => {
          expect(of(program())).to.deep.equal([]);
        });

      for (const [why, program] of Object.entries(unknown))
        it(`cannot be told without: ${why}`, () => {
          expect(of(program()).filter((told) => told.level === "mandatory")).to.deep.equal([]);
          expect(missed(program(), name)).to.include(name);
        });
    });
});
