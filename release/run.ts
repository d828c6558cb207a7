/**
 * `npm run release -- VERSION`: checks whether the version can be released and says what would be
 * done; with `--write` does it. docs/releases.md explains it.
 */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { releaseOf } from "../provider/generate/release";
import type { PackageSpec } from "../provider/spec";
import { recordStacks } from "../test/engine/recorded";
import { findPulumi } from "../test/tools";
import { makeArtifacts } from "./artifacts";
import { withRelease } from "./changelog";
import { type Checkout, problems, versionProblems } from "./check";
import { mayNameVersion, withVersion } from "./versions";

const root = path.join(__dirname, "..");
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
const write = (file: string, text: string): void => {
  fs.writeFileSync(path.join(root, file), text);
};
const git = (...args: string[]): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });

function filesWithVersion(): Record<string, string> {
  const files = git("ls-files").trim().split("\n").filter(mayNameVersion);
  return Object.fromEntries(files.map((file) => [file, read(file)]));
}

/** The lock file names the versions of others too, so that it says nothing about what is left. */
const checked = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file !== "package-lock.json"));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      write: { type: "boolean" },
      "no-tag": { type: "boolean" },
      "version-only": { type: "boolean" },
    },
    allowPositionals: true,
  });
  const [version = ""] = positionals;
  const { version: current } = JSON.parse(read("package.json")) as { version: string };
  const files = filesWithVersion();
  const checkout: Checkout = {
    version: current,
    released: (JSON.parse(read("provider/released.json")) as { version: string }).version,
    tags: git("tag").split("\n"),
    status: git("status", "--porcelain"),
    changelog: read("CHANGELOG.md"),
    files: checked(files),
    pulumi: findPulumi(),
  };
  const versionOnly = values["version-only"] === true;
  const found = (versionOnly ? versionProblems : problems)(version, checkout);
  if (found.length > 0) {
    console.error(found.join("\n"));
    process.exitCode = 1;
    return;
  }
  const changed = Object.entries(files)
    .map(([file, text]) => [file, withVersion(text, version)] as const)
    .filter(([file, text]) => text !== files[file]);
  if (versionOnly) {
    for (const [file, text] of changed) write(file, text);
    return;
  }
  const date = new Date().toISOString().slice(0, 10);
  if (values.write !== true) {
    console.log(`${version} can be released. --write does it:
  CHANGELOG.md: [Unreleased] becomes [${version}] - ${date}
  the version: ${changed.map(([file]) => file).join(", ") || `is ${version} everywhere`}
  provider/released.json: the schema of this release
  test/releases/: the state of each committed stack
  a commit${values["no-tag"] ? "" : `, the tag v${version}`}
  artifacts/: the package, its bill of materials, checksums`);
    return;
  }
  // First, because a deployment can fail: nothing is written then.
  await recordStacks(version);
  const changelog = withRelease(checkout.changelog, version, date);
  const schema = JSON.parse(
    withVersion(files["provider/schema.json"] ?? "", version),
  ) as PackageSpec;
  write("CHANGELOG.md", changelog);
  for (const [file, text] of changed) write(file, text);
  write("provider/released.json", `${JSON.stringify(releaseOf(schema), undefined, 2)}\n`);
  git("add", "--all");
  git("commit", "--quiet", "--message", `Release ${version}`);
  if (!values["no-tag"]) git("tag", "--annotate", `v${version}`, "--message", `hopwise ${version}`);
  console.log(`${makeArtifacts().join("\n")}\nNot published: docs/releases.md says how.`);
}

void main();
