import { expect } from "chai";
import { ruleOf, rules } from "../../../rules";
import type { Finding } from "../../../rules/finding";
import { findingOf } from "../../../rules/found";
import { unnamed } from "../../../rules/naming";
import { resolvePath } from "../../../rules/resolve";
import { faultList, type Rule } from "../../../rules/rule";
import type { DeclaredResource } from "../../../topology/resource";
import { knownSpec } from "../../../topology/stack/knownSpec";
import { pathsIn } from "../../../topology/stack/paths";
import { cases } from "./cases";
import { ofSettings } from "./firstBroken";
import { soundProgram, directProgram, vpcOriginProgram } from "./program";
import { directNotes, judge, missed, stackOf } from "./support";

/** True where a path without resources can break the rule, and what breaks it shows in no program. */
const onlyPlanned = (rule: Rule): boolean =>
  rule.about === "path" ? rule.ofVariants === true : rule.planned !== undefined;

/** What a rule about paths says to our components, before they have the resources of a program. */
function plannedOf(rule: Rule, program: readonly DeclaredResource[]): Finding[] {
  if (rule.about !== "path") return [];
  return pathsIn(stackOf(program))
    .paths.filter(({ missing, uncertain }) => missing.size === 0 && uncertain === undefined)
    .flatMap((path) => faultList(rule.check(knownSpec(path, path.missing, rule.assuming), unnamed)))
    .map((fault) => findingOf(rule, fault, true));
}

function expectReadable({ message, change, source }: Finding): void {
  for (const text of [message, change]) {
    expect(text).to.match(/^[A-Z].*\.$/s);
    expect(text).not.to.match(/ {2}|undefined|\.\./);
  }
  expect(source).to.match(/^https:\/\/\S+$/);
}

describe("the rules", () => {
  it("say nothing of a program in which everything is as it should be", () => {
    expect(judge(soundProgram())).to.deep.equal([]);
    expect(judge(vpcOriginProgram())).to.deep.equal([]);
    // What one gives up without CloudFront.
    const notes = judge(directProgram()).map(({ rule, level }) => `${level} ${rule}`);
    expect(notes).to.deep.equal(directNotes.map((code) => `advisory ${code}`));
  });

  it("each have programs that break them, programs that do not, and undecided ones", () => {
    expect(Object.keys(cases).sort()).to.deep.equal(rules.map((rule) => rule.code).sort());
    for (const [code, { broken, fine, unknown }] of Object.entries(cases))
      // Of what no resource says there is nothing to break and nothing to know.
      for (const programs of ofSettings.includes(code) ? [fine] : [broken, fine, unknown])
        expect(Object.keys(programs).length, code).to.be.greaterThan(0);
  });

  it("have paths that break them, where no program's path shows that", () => {
    const withPaths = Object.entries(cases).filter(([, { planned }]) => planned !== undefined);
    const codes = rules.filter(onlyPlanned).map(({ code }) => code);
    expect(withPaths.map(([code]) => code)).to.have.members(codes);
  });

  for (const [name, { broken, fine, unknown, planned = {} }] of Object.entries(cases))
    describe(name, () => {
      const of = (program: Parameters<typeof judge>[0]) => judge(program, name);

      for (const [why, [program, on, says]] of Object.entries(broken))
        it(`is broken by: ${why}`, () => {
          const [reported, ...more] = of(program());
          expect(reported?.urn.split("::").at(-1)).to.equal(on);
          expect(reported?.message).to.match(says);
          expect(reported?.message.split("\n").at(-1)).to.match(/^https:\/\/\S+$/);
          expect(more.map((m) => m.urn)).not.to.include(reported?.urn);
          plannedOf(ruleOf(name), program()).forEach(expectReadable);
        });

      for (const [why, [spec, says]] of Object.entries(planned))
        it(`is broken before there are resources by: ${why}`, () => {
          const found = resolvePath(spec).findings.find(({ code }) => code === name);
          expect(found, name).not.to.equal(undefined);
          if (found === undefined) return;
          expect(found.severity).to.equal(ruleOf(name).severity);
          expect(`${found.message} ${found.change}`).to.match(says);
          expectReadable(found);
        });

      for (const [why, program] of Object.entries(fine))
        it(`is not broken by: ${why}`, () => {
          expect(of(program())).to.deep.equal([]);
        });

      for (const [why, program] of Object.entries(unknown))
        it(`is not decided without: ${why}`, () => {
          expect(of(program()).filter((reported) => reported.level === "mandatory")).to.deep.equal(
            [],
          );
          expect(missed(program(), name)).to.include(name);
        });
    });
});
