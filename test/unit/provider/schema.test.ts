/** The committed schema, held against the components and against the last release. */
import { expect } from "chai";
import { type Release, releaseOf, versionProblem } from "../../../provider/generate/release";
import type { PackageSpec } from "../../../provider/spec";
import { expectWhole, read } from "../document";
import { currentSchema } from "./schema";

const json = (file: string): unknown => JSON.parse(read(file));

describe("provider/schema.json", () => {
  it("is what the components' types and comments give", () => {
    expectWhole("provider/schema.json", `${JSON.stringify(currentSchema(), undefined, 2)}\n`);
  });

  const schema = json("provider/schema.json") as PackageSpec;

  it("has a new version where it is another than that of the last release", () => {
    const released = json("provider/released.json") as Release;
    expect(versionProblem(releaseOf(schema), released)).to.be.undefined;
  });

  it("is served by a package of the same version", () => {
    for (const file of ["package.json", "provider/package.json"])
      expect(json(file), file).to.include({ version: schema.version });
  });

  const released = { ...releaseOf(schema), version: "0.1.0" };
  const changed = (version: string) => releaseOf({ ...schema, description: "changed", version });
  const cases: [string, Release, boolean][] = [
    ["the same under the same version", released, true],
    ["another under the same version", changed("0.1.0"), false],
    ["another under an older version", changed("0.0.9"), false],
    ["another under a newer patch", changed("0.1.1"), true],
    ["another under a newer minor", changed("0.10.0"), true],
  ];
  for (const [what, now, fine] of cases)
    it(`${fine ? "may be" : "may not be"} released: ${what}`, () => {
      const problem = versionProblem(now, released);
      if (fine) expect(problem).to.be.undefined;
      else expect(problem).to.include("raise");
    });
});
