/**
 * `npm run aws-watch`: what changed in AWS's API and in @pulumi/aws since digest.json was written,
 * of what the rules and the model rely on (watched.ts). In test/ because it checks the sources
 * against AWS, and reads them; no suite, because it needs registries.
 *
 *     npm run aws-watch                                   the newest against the digest
 *     npm run aws-watch -- --update                       the same, and writes the digest
 *     npm run aws-watch -- --from 1.44.7 --to 1.44.8      two versions of botocore
 *     npm run aws-watch -- --of @pulumi/aws --from 7.47.0 another package; to the newest
 *
 * Ends with 0 where nothing changed, with 1 where something did, and with 2 where a version cannot
 * be had.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { describeFailure, CommandFailure } from "../../cli/failure";
import { temporaryFolder } from "../packed";
import { compare, describe } from "./compare";
import { Digest, digestOf, Entries } from "./entries";
import { Package, packages, release, Release } from "./newest";

const FILE = path.join(__dirname, "digest.json");

type Digests = Record<Package, { version: string; watched: Digest }>;

function commandLine(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      update: { type: "boolean" },
      from: { type: "string" },
      to: { type: "string" },
      of: { type: "string", default: "botocore" },
    },
  });
  const of = packages.find((name) => name === values.of);
  if (of === undefined) throw new CommandFailure(`--of is ${packages.join(" or ")}.`);
  if (values.to !== undefined && values.from === undefined)
    throw new CommandFailure("--to needs --from, the version to compare with.");
  if (values.update && values.from !== undefined)
    throw new CommandFailure("--update writes the newest, --from compares: give one of them.");
  return { ...values, of };
}

/** Prints what changed, and gives how much did. */
function print(
  name: Package,
  before: { version: string; watched: Digest; entries?: Entries },
  after: Release,
): number {
  const changes = compare(before.watched, after.entries, before.entries);
  const versions = `${name} ${before.version} to ${after.version}`;
  if (changes.length === 0) console.log(`${versions}: nothing of what is watched changed`);
  else console.log(`${versions}: ${describe(changes)}\n`);
  return changes.length;
}

/** The exit code. */
function watch(argv: readonly string[], folder: string): number {
  const { update, from, to, of } = commandLine(argv);
  const get = (name: Package, version?: string): Release =>
    release(name, version, fs.mkdtempSync(path.join(folder, "release-")));
  if (from !== undefined) {
    const before = get(of, from);
    return print(of, { ...before, watched: digestOf(before.entries) }, get(of, to)) > 0 ? 1 : 0;
  }
  const newest = packages.map((name) => [name, get(name)] as const);
  const digests = JSON.parse(fs.readFileSync(FILE, "utf8")) as Digests;
  const older = newest.filter(
    ([name, { version }]) =>
      digests[name].version.localeCompare(version, undefined, { numeric: true }) > 0,
  );
  if (older.length > 0)
    throw new CommandFailure(
      `The newest could not be had. The registry's is older than the digest's: ${older
        .map(([name, { version }]) => `${name} ${version}, not ${digests[name].version}`)
        .join("; ")}.`,
    );
  const changes = newest.map(([name, after]) => print(name, digests[name], after));
  if (update) {
    const written = newest.map(([name, { version, entries }]) => [
      name,
      { version, watched: digestOf(entries) },
    ]);
    fs.writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`);
    return 0;
  }
  if (changes.every((n) => n === 0)) return 0;
  console.log(
    "Decide what this means for the rules, the model and the documents. Then:\n" +
      "  npm run aws-watch -- --update\n" +
      "Documentation before and after:\n" +
      "  npm run aws-watch -- --from VERSION [--of @pulumi/aws]",
  );
  return 1;
}

const folder = temporaryFolder();
try {
  process.exitCode = watch(process.argv.slice(2), folder);
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 2;
} finally {
  fs.rmSync(folder, { recursive: true });
}
