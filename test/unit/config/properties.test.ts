import { expect } from "chai";
import fc from "fast-check";
import { parseSettings, SettingsError } from "../../../config";
import { keys, schemaAt } from "../../../config/keys";
import { runs } from "../../thorough";
import { direct, edge, named, type Raw } from "./rows";

/** Any value at all, as a program could be handed it. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string(),
  fc.json(),
  fc.constantFrom("", "{", "null", "[]", "{}", '{"__proto__":1}', "1e400", -0, NaN, undefined),
);
const groups = [...new Set(keys.map(({ path }) => path[0] ?? ""))];

function errorOf(raw: Raw): SettingsError | undefined {
  try {
    parseSettings(raw);
    return undefined;
  } catch (error) {
    // Any other exception would be a defect: people would see a stack trace instead of words.
    if (!(error instanceof SettingsError)) throw error;
    expect(error.problems).not.to.have.length(0);
    for (const { key, expected, change } of error.problems) {
      expect(error.message).to.contain(key).and.to.contain(expected).and.to.contain(change);
      expect(key).to.match(/^hopwise:/);
      expect(`${expected}${change}`).not.to.match(/undefined|\[object/);
    }
    return error;
  }
}

describe("any settings", () => {
  it("parse or are refused with a key, whatever the top-level keys hold", () => {
    const raw = fc.dictionary(fc.oneof(fc.constantFrom(...groups), fc.string()), anything);
    fc.assert(
      fc.property(raw, (settings) => {
        errorOf(settings);
      }),
      { numRuns: runs(100) },
    );
  });

  it("are refused by the key that is wrong, whatever one key holds", () => {
    const start = fc.constantFrom(edge, named, direct);
    fc.assert(
      fc.property(start, fc.constantFrom(...keys), anything, (sound, { path, schema }, value) => {
        fc.pre(value !== null && value !== undefined && value !== "");
        const error = errorOf(merge(sound, path, value));
        // Where the value alone is wrong, its key must be named, or one of its entries.
        if (!schema.safeParse(value).success && path.length > 1) {
          expect(error?.problems.map(({ key }) => key).join()).to.contain(`:${path.join(".")}`);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it("are refused by the name of an unknown key, at every level", () => {
    const levels = [[], ["service"], ["service", "app"], ["origin", "timeouts"], ["domain"]];
    const name = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...levels), name, (level, unknown) => {
        fc.pre(schemaAt([...level, unknown]) === undefined && unknown !== "__proto__");
        const error = errorOf(merge(named, [...level, unknown], 1));
        expect(error?.problems.some(({ expected }) => expected.startsWith("no such key"))).to.equal(
          true,
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

function merge(into: Raw, path: readonly string[], value: unknown): Raw {
  const [first = "", ...rest] = path;
  const inner = Object.hasOwn(into, first) ? (into[first] as Raw) : {};
  return { ...into, [first]: rest.length === 0 ? value : merge(inner, rest, value) };
}
