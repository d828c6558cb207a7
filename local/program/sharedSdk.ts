/** One copy of the Pulumi SDK for everything that a program loads. */
import * as fs from "node:fs";
import Module, { createRequire } from "node:module";
import * as path from "node:path";
import { manifestOf } from "./packages";
import { nearestWith, readJson } from "./projectFile";
import { isBag } from "../../topology/props";

const SDK = "@pulumi/pulumi";

/** A copy of the SDK. */
export interface SdkCopy {
  readonly folder: string;
  readonly version: string;
}

type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string;

/**
 * Runs an action in which every package gets the same copy of the SDK. Copies of different versions
 * find each other through the engine, which is not there: what one sends the other would not read.
 */
export async function withSharedSdk<T>({ folder }: SdkCopy, action: () => Promise<T>): Promise<T> {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function (request, ...rest) {
    const asked = request === SDK || request.startsWith(`${SDK}/`);
    return resolve.call(this, asked ? folder + request.slice(SDK.length) : request, ...rest);
  };
  try {
    return await action();
  } finally {
    loader._resolveFilename = resolve;
  }
}

/** The copy that a file in this folder gets; undefined where none is installed. */
export function sdkFrom(dir: string): SdkCopy | undefined {
  try {
    const manifest = createRequire(path.join(dir, "_")).resolve(`${SDK}/package.json`);
    const { version } = readJson(manifest);
    return { folder: path.dirname(manifest), version: String(version) };
  } catch {
    return undefined;
  }
}

/** The newest copy that the program or a package of it has: the others are compatible with it. */
export function newestSdk(dir: string, own: SdkCopy): SdkCopy {
  const copies = [own, ...copiesOf(dir)];
  return copies.reduce((newest, copy) => (isNewer(copy, newest) ? copy : newest));
}

/** The copies of the packages that a folder depends on, and of the packages which those bring. */
function copiesOf(dir: string, seen = new Set<string>()): SdkCopy[] {
  const folder = nearestWith(dir, ["package.json"]);
  if (folder === undefined || seen.has(folder)) return [];
  seen.add(folder);
  const { dependencies, devDependencies, peerDependencies } = manifestOf(folder);
  const names = [dependencies, devDependencies, peerDependencies].flatMap((of) =>
    isBag(of) ? Object.keys(of) : [],
  );
  const own = sdkFrom(folder);
  // Only what depends on the SDK has one, or brings what has one.
  const uses = names.includes(SDK) || seen.size === 1;
  if (!uses) return [];
  const nested = names
    .filter((name) => name !== SDK)
    .flatMap((name) => installed(folder, name) ?? [])
    .flatMap((found) => copiesOf(found, seen));
  return own ? [own, ...nested] : nested;
}

/** Where a package is installed, seen from a folder. */
function installed(from: string, name: string): string | undefined {
  const holder = nearestWith(from, [path.join("node_modules", name, "package.json")]);
  return holder && fs.realpathSync(path.join(holder, "node_modules", name));
}

/** True where the first has the higher version. */
export function isNewer(one: Pick<SdkCopy, "version">, other: Pick<SdkCopy, "version">): boolean {
  const [a, b] = [one, other].map(({ version }) => version.split(/[.-]/, 3).map(Number));
  for (let i = 0; i < 3; i++) {
    const [left = 0, right = 0] = [a?.[i], b?.[i]];
    if (left !== right) return left > right;
  }
  return false;
}
