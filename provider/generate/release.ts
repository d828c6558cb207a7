/** Whether a schema may be released under its version. */
import { createHash } from "node:crypto";
import type { PackageSpec } from "../spec";

/** The schema of the last release. */
export interface Release {
  readonly version: string;
  readonly digest: string;
}

/** A schema as provider/released.json keeps it. */
export function releaseOf(schema: PackageSpec): Release {
  const { version, ...rest } = schema;
  return { version, digest: createHash("sha256").update(JSON.stringify(rest)).digest("hex") };
}

/** What is wrong with the version; undefined where nothing is. */
export function versionProblem(now: Release, released: Release): string | undefined {
  if (now.digest === released.digest || isNewer(now.version, released.version)) return undefined;
  return (
    `The schema is another than that of ${released.version}, but its version is ${now.version}: ` +
    `raise "version" in package.json, because SDKs are made and found by it.`
  );
}

/** Whether a version comes after another one. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const difference = a?.map((part, i) => part - (b?.[i] ?? 0)).find((part) => part !== 0);
  return (difference ?? 0) > 0;
}
