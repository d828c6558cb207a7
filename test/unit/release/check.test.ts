/** Which versions `npm run release` takes, and what it says of the others. */
import { expect } from "chai";
import { type Checkout, problems, versionProblems } from "../../../release/check";

const ready: Checkout = {
  version: "0.1.0",
  released: "0.1.0",
  tags: ["v0.1.0"],
  status: "",
  changelog:
    "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something.\n\n## [0.1.0] - 2026-01-01\n",
  files: { "README.md": "hopwise-0.1.0.tgz, in 10.0.1.0/24" },
  pulumi: "pulumi",
};

describe("what can be released", () => {
  it("is a newer version of a clean tree with entries in its changelog", () => {
    for (const version of ["0.1.1", "0.2.0", "1.0.0"])
      expect(problems(version, ready), version).to.deep.equal([]);
  });

  const cases: Readonly<Record<string, [Partial<Checkout>, RegExp]>> = {
    "with changes that are not committed": [{ status: " M index.ts\n" }, /not clean[^]*index\.ts/],
    "without entries": [
      { changelog: "## [Unreleased]\n\n### Added\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n" },
      /no entry under \[Unreleased\]/,
    ],
    "without the heading": [{ changelog: "## [0.1.0]\n\n- Old.\n" }, /no entry/],
    "whose tag exists": [{ tags: ["v0.1.0", "v0.2.0"] }, /tag v0\.2\.0 exists/],
    "with the version in another form": [
      { files: { "docs/a.md": "since 0.1.0." } },
      /release\/versions\.ts.*docs\/a\.md/,
    ],
    "without the pulumi CLI": [{ pulumi: undefined }, /\.ci\/get-pulumi/],
  };
  for (const [what, [changed, says]] of Object.entries(cases))
    it(`is not a checkout ${what}`, () => {
      const found = problems("0.2.0", { ...ready, ...changed });
      expect(found).to.have.length(1);
      expect(found[0]).to.match(says);
    });

  it("is no older version, nor the same", () => {
    for (const version of ["0.1.0", "0.0.9"])
      expect(problems(version, { ...ready, tags: [] })[0]).to.include("not newer than 0.1.0");
  });

  it("is nothing but a version", () => {
    for (const text of ["", "v0.2.0", "0.2", "0.2.0-rc.1", "--write"])
      expect(problems(text, ready)[0], text).to.include("three numbers");
  });

  it("may have changes and no entries where only the version is written", () => {
    const working = { ...ready, status: " M index.ts\n", changelog: "", pulumi: undefined };
    expect(versionProblems("0.2.0", working)).to.deep.equal([]);
    expect(versionProblems("0.1.0", working)).to.have.length(1);
  });

  it("says everything that is wrong at once", () => {
    const changelog = "## [Unreleased]\n";
    expect(problems("0.2.0", { ...ready, status: "?? a\n", changelog })).to.have.length(2);
  });
});
