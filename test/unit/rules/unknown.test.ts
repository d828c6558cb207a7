/** Whatever is not known yet: no crash, no violation made of it, and nothing passes without a message. */
import { expect } from "chai";
import fc from "fast-check";
import type { DeclaredResource, Props } from "../../../topology/resource";
import { runs, thorough } from "../../thorough";
import { rules } from "../../../rules";
import { cases } from "./cases";
import { asPreview } from "./preview";
import { directProgram, other, soundProgram, vpcOriginProgram } from "./program";
import { directNotes, FromUnknown, judge, outcomes, type PolicyReport } from "./support";

const programs = new Map<string, () => DeclaredResource[]>([
  ["sound", soundProgram],
  ["with a VPC origin", vpcOriginProgram],
  ["without CloudFront", directProgram],
]);
for (const [rule, { broken }] of Object.entries(cases))
  for (const [why, [program]] of Object.entries(broken)) programs.set(`${rule}: ${why}`, program);

const mandatory = (reports: readonly PolicyReport[]): PolicyReport[] =>
  reports.filter((t) => t.level === "mandatory");
const blamed = (reports: readonly PolicyReport[]): string[] =>
  mandatory(reports).map(({ rule, urn }) => `${rule} ${urn}`);

/** Of an unknown dimension a preview assumes what it mostly is: docs/policy.md says so. */
const assumed = ["an ARN", "the ARN of a target group"];

/** What a program does wrong when everything is known. */
const whenKnown = new Map<string, PolicyReport[]>();
function known(name: string): PolicyReport[] {
  const reports = whenKnown.get(name) ?? outcomes(programs.get(name)?.() ?? []).reports;
  whenKnown.set(name, reports);
  return reports;
}

/** The reports before anything exists. */
const beforehand = new Map<string, ReturnType<typeof outcomes>>();
function inPreview(name: string): ReturnType<typeof outcomes> {
  const said = beforehand.get(name) ?? outcomes(asPreview(programs.get(name)?.() ?? []));
  beforehand.set(name, said);
  return said;
}

/** Nothing that is not so, and a word of everything that is. */
function expectHonest(name: string, { reports, missed } = inPreview(name)): void {
  const full = known(name);
  const made = blamed(reports).filter((one) => !blamed(full).includes(one));
  expect(made, "made of what is not known").to.deep.equal([]);
  const spoken = new Set([...reports.map(({ rule }) => rule), ...missed]);
  const silent = mandatory(full).filter(({ rule }) => !spoken.has(rule));
  expect(
    silent.map(({ rule }) => rule),
    "let pass without a word",
  ).to.deep.equal([]);
}

/** Every place in the properties, nested ones too. */
function places(props: Props, at: readonly string[] = []): string[][] {
  return Object.entries(props).flatMap(([key, value]) => {
    const here = [...at, key];
    const nested = typeof value === "object" && value !== null && !(value instanceof FromUnknown);
    return [here, ...(nested ? places(value as Props, here) : [])];
  });
}

function withUnknown(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return new FromUnknown(other);
  // Already replaced together with what holds it.
  if (typeof value !== "object" || value === null || value instanceof FromUnknown) return value;
  const inner = withUnknown((value as Props)[first], rest);
  if (Array.isArray(value)) return value.map((v: unknown, i) => (String(i) === first ? inner : v));
  return { ...value, [first]: inner };
}

function missingAt(resource: DeclaredResource, place: readonly string[]): DeclaredResource {
  const inputs = withUnknown(resource.inputs, place) as Props;
  return { ...resource, inputs, outputs: withUnknown(resource.outputs, place) as Props };
}

/**
 * Of the places of all programs, one in so many is tried, and of places that differ in nothing but an
 * index or a resource's name the first; trying all of them takes two minutes of CPU time.
 */
const step = thorough ? 1 : 79;

describe("the policy pack and what is not known yet", () => {
  it("never makes a violation of any single value, nor lets one pass without a message", () => {
    const faults: string[] = [];
    let count = 0;
    for (const [name, program] of programs) {
      const seen = new Set<string>();
      for (const [i, { inputs, type, name: resource }] of program().entries())
        for (const place of places(inputs)) {
          const kind = `${type} ${place.join(".").replace(/\b\d+\b/g, "[]")}`;
          if (seen.has(kind)) continue;
          seen.add(kind);
          count += 1;
          if (count % step !== 0) continue;
          const resources = program().map((r, k) => (k === i ? missingAt(r, place) : r));
          try {
            expectHonest(name, outcomes(resources));
          } catch (error) {
            faults.push(`${name}, ${resource} ${place.join(".")}: ${(error as Error).message}`);
          }
        }
    }
    expect(faults.join("\n")).to.equal("");
  });

  it("never makes a violation of several, nor lets one pass without a message", () => {
    const names = [...programs.keys()];
    const choice = fc.record({
      name: fc.constantFrom(...names),
      picks: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(choice, ({ name, picks }) => {
        let resources = programs.get(name)?.() ?? [];
        for (const [which, where] of picks) {
          const target = resources[which % resources.length];
          const all = places(target?.inputs ?? {});
          const place = all[where % all.length];
          if (!place) continue;
          resources = resources.map((r) => (r === target ? missingAt(r, place) : r));
        }
        expectHonest(name, outcomes(resources));
      }),
      { numRuns: runs(20) },
    );
  });

  for (const name of programs.keys())
    it(`before anything exists: ${name}`, () => {
      expectHonest(name);
    });

  for (const { code, lacks } of rules.filter((rule) => rule.lacks !== undefined))
    it(`before anything exists: ${code} says what apply may make`, () => {
      const says = `If the program makes ${lacks ?? ""} in apply of an unknown value, this preview does`;
      const names = Object.keys(cases[code]?.broken ?? {}).map((why) => `${code}: ${why}`);
      const of = (reports: readonly PolicyReport[]): PolicyReport[] =>
        reports.filter(({ rule }) => rule === code);
      const before = names.flatMap((name) => of(inPreview(name).reports));
      expect(before).to.not.deep.equal([]);
      for (const { message } of before) expect(message).to.include(says);
      for (const { message } of names.flatMap((name) => of(known(name))))
        expect(message).not.to.include("in apply");
    });

  for (const [code, { broken, fine }] of Object.entries(cases))
    it(`before anything exists: right and wrong programs of ${code}`, () => {
      const blaming = Object.entries(fine).filter(([, program]) =>
        outcomes(asPreview(program())).reports.some(({ rule }) => rule === code),
      );
      expect(
        blaming.map(([what]) => what),
        "right, and blamed",
      ).to.deep.equal([]);
      const silent = Object.keys(broken).filter((why) => {
        const { reports, missed } = inPreview(`${code}: ${why}`);
        return ![...reports.map(({ rule }) => rule), ...missed].includes(code);
      });
      expect(silent, "wrong, and passed over").to.deep.equal(
        code === "alarm-without-data" ? assumed : [],
      );
    });

  it("sees through references that are not known: nothing is missed of a sound program", () => {
    expect(judge(asPreview(soundProgram()))).to.deep.equal([]);
    const notes = judge(asPreview(directProgram())).map(({ rule }) => rule);
    expect(notes).to.deep.equal(directNotes);
    expect(judge(asPreview(vpcOriginProgram()))).to.deep.equal([]);
  });

  it("blames the same resources of the broken programs before anything exists", () => {
    // What forwards to a group, or opens a bucket, may be created in `apply`: no preview shows it.
    const waiting = ["service-target-group-unused", "bucket-closed-to-edge"];
    const later = (one: string): boolean => waiting.some((code) => one.startsWith(`${code} `));
    const lost = [...programs.keys()].filter((name) => {
      const before = blamed(inPreview(name).reports);
      return blamed(known(name)).some((one) => !before.includes(one) && !later(one));
    });
    expect(lost).to.deep.equal([]);
  });

  it("says each value that is missing once, with the rules that wanted it", () => {
    const unknown = new FromUnknown(other);
    const reports = judge(soundProgram({ definition: { containerDefinitions: unknown } }));
    expect(reports.map(({ rule, level }) => [rule, level])).to.deep.equal([
      ["not-checked-at-preview", "advisory"],
    ]);
    expect(reports[0]?.message).to.match(
      /^Not known before the deployment: containerDefinitions of the task definition definition\. Not checked because of it: container-lacks-protocol, container-port-mismatch and \d+ more\.$/m,
    );
  });
});
