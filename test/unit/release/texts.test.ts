/** The texts that a release changes. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { withRelease } from "../../../release/changelog";
import { mayNameVersion, namesVersion, withVersion } from "../../../release/versions";
import { read, root } from "../document";

/** Files that name the version, as the guides and the package have it. */
const naming = [
  ...["package.json", "package-lock.json", "README.md", "README.ja.md", "docs/tutorial.md"],
  ...["docs/ja/tutorial.md", "examples/automation/package.json", "policy/package.json"],
  ...["provider/package.json", "provider/schema.json"],
  ...fs.readdirSync(path.join(root, "templates")).map((name) => `templates/${name}/package.json`),
];

describe("the version", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };

  for (const file of naming)
    it(`is named in ${file}, and found there`, () => {
      const text = read(file);
      const changed = withVersion(text, "987.6.5");
      expect(changed).not.to.equal(text);
      expect(changed.replaceAll("987.6.5", version)).to.equal(text);
      if (file !== "package-lock.json") expect(namesVersion(changed, version)).to.equal(false);
    });

  it("is changed twice in the lock file, and nowhere of another package", () => {
    const changed = withVersion(read("package-lock.json"), "987.6.5");
    expect(changed.match(/987\.6\.5/g)).to.have.length(2);
    const lock = JSON.parse(changed) as { version: string; packages: { "": { version: string } } };
    expect([lock.version, lock.packages[""].version]).to.deep.equal(["987.6.5", "987.6.5"]);
  });

  it("may be that of the last release, which provider/released.json keeps", () => {
    const { version: last } = JSON.parse(read("provider/released.json")) as { version: string };
    const files = fs.readdirSync(path.join(root, "provider")).map((name) => `provider/${name}`);
    const left = files.filter(
      (file) => mayNameVersion(file) && namesVersion(withVersion(read(file), "987.6.5"), last),
    );
    expect(left).to.be.empty;
  });

  it("is no part of an address", () => {
    expect(namesVersion("10.0.1.0/24 and 0.1.0.1", "0.1.0")).to.equal(false);
    expect(namesVersion("since 0.1.0.", "0.1.0")).to.equal(true);
  });
});

describe("the changelog", () => {
  const before = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- New.\n";
  const old = "\n## [0.1.0] - 2026-01-01\n\n### Added\n\n- Old.\n";
  const release = "## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Added\n\n- New.\n";

  it("gets a release, and an empty part for what comes next", () => {
    expect(withRelease(before, "0.2.0", "2026-02-03")).to.equal(`# Changelog\n\n${release}`);
  });

  it("keeps the earlier releases", () => {
    expect(withRelease(before + old, "0.2.0", "2026-02-03")).to.equal(
      `# Changelog\n\n${release}${old}`,
    );
  });

  it("is refused with nothing to release", () => {
    expect(() => withRelease(`## [Unreleased]\n${old}`, "0.2.0", "2026-02-03")).to.throw("nothing");
  });
});
