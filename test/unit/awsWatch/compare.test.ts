import { expect } from "chai";
import { botocoreEntries } from "../../awsWatch/botocore";
import { compare, describe as inWords } from "../../awsWatch/compare";
import { digestOf } from "../../awsWatch/entries";
import { after, before } from "./models";

describe("two models compared", () => {
  const [old, young] = [before, after].map((model) =>
    botocoreEntries("cdn", model, ["CreateDistribution"]),
  );
  if (old === undefined || young === undefined) throw new Error("no models");

  it("finds what appeared, changed and went", () => {
    const found = compare(digestOf(old), young).map((one) => [one.kind, one.shape, one.member]);
    expect(found).to.deep.equal([
      ["changed", "cdn Config", "Key `idle.seconds`"],
      ["went", "cdn Config", "Key `old.enabled`"],
      ["changed", "cdn Config", "Origins"],
      ["went", "cdn Config", "Tags"],
      ["changed", "cdn Origin", "Id"],
      ["changed", "cdn Origin", "Protocols"],
      ["appeared", "cdn Origin", "Version"],
    ]);
  });

  it("finds nothing in what is the same", () => {
    expect(compare(digestOf(old), old)).to.deep.equal([]);
  });

  it("is described with AWS's words, those before included where they are known", () => {
    expect(inWords(compare(digestOf(old), young, old))).to.equal(
      `1 appeared, 4 changed, 2 went

changed: cdn Config.Key \`idle.seconds\`
    - From 1 to 4000.
    + From 1 to 8000.

went: cdn Config.Key \`old.enabled\`
  listed
    Of no use.

changed: cdn Config.Origins
    - Second.
    + Third.

went: cdn Config.Tags
  map of string to string deprecated

changed: cdn Origin.Id
  was required string 1..32 /[a-z]+/
  now string 1..32 /[a-z]+/

changed: cdn Origin.Protocols
  was list of string {http1.1}
  now list of string {http1.1 http2}

appeared: cdn Origin.Version
  string {http1.1 http2}
    If absent, 1.1.
    A protocol.`,
    );
  });

  it("has only the new words where the digest is all that is left of the old ones", () => {
    expect(inWords(compare(digestOf(old), young))).to.include(
      `changed: cdn Config.Origins
  The documentation changed. It is now:
    First. Third.`,
    );
  });

  it("names the values that came and went where there are many", () => {
    const many = Array.from({ length: 30 }, (_, at) => `VALUE_${at}`);
    const form = (values: string[]) => `string {${values.join(" ")}}`;
    const shape = { kind: "changed", shape: "cdn Origin", member: "Id" } as const;
    const changed = { ...shape, was: form(many), is: form([...many.slice(1), "NEW"]) };
    expect(inWords([changed])).to.equal(`0 appeared, 1 changed, 0 went

changed: cdn Origin.Id
  no longer one of its values: VALUE_0
  new among its values: NEW`);
  });

  it("wraps long words, and items of lists under their text", () => {
    const words = `- ${"word ".repeat(30).trim()}`;
    const change = { kind: "appeared", shape: "cdn Origin", member: "", is: "structure", words };
    expect(
      inWords([{ ...change, kind: "appeared" }])
        .split("\n")
        .slice(2),
    ).to.deep.equal([
      "appeared: cdn Origin",
      "  structure",
      `    - ${"word ".repeat(18).trim()}`,
      `      ${"word ".repeat(12).trim()}`,
    ]);
  });
});
