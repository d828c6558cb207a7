/** Folders in which another @pulumi/aws is installed: what its types declare is made up. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { OriginConfig } from "../rules/notDeployable";

const packages = path.join(__dirname, "../node_modules");

/** The version that the made package says it has. */
export const madeVersion = "9.99.0";

/**
 * Gives a folder a `node_modules` with the packages of this checkout, and an @pulumi/aws whose
 * types know `originHttpVersion` in the given blocks of an origin. All else of it is the installed one.
 */
export function installMadeProvider(folder: string, knowing: readonly OriginConfig[]): void {
  const modules = path.join(folder, "node_modules");
  const scope = path.join(modules, "@pulumi");
  const aws = path.join(scope, "aws");
  const there = fs.lstatSync(modules, { throwIfNoEntry: false });
  if (there?.isSymbolicLink()) fs.unlinkSync(modules);
  else fs.rmSync(modules, { recursive: true, force: true });
  linkAll(packages, modules, "@pulumi");
  linkAll(path.join(packages, "@pulumi"), scope, "aws");
  linkAll(path.join(packages, "@pulumi/aws"), aws, "package.json", "types");
  linkAll(path.join(packages, "@pulumi/aws/types"), path.join(aws, "types"), "input.d.ts");
  declareProvider(folder, knowing);
}

/** Of that, only what says which version it is and what it can set: no program can use it. */
export function declareProvider(folder: string, knowing: readonly OriginConfig[]): void {
  const aws = path.join(folder, "node_modules/@pulumi/aws");
  fs.mkdirSync(path.join(aws, "types"), { recursive: true });
  const about = JSON.parse(read("package.json")) as object;
  fs.writeFileSync(
    path.join(aws, "package.json"),
    JSON.stringify({ ...about, version: madeVersion }),
  );
  const types = knowing.reduce(withProperty, read("types/input.d.ts"));
  fs.writeFileSync(path.join(aws, "types/input.d.ts"), types);
}

const read = (file: string) => fs.readFileSync(path.join(packages, "@pulumi/aws", file), "utf8");

function linkAll(from: string, to: string, ...except: string[]): void {
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from))
    if (!except.includes(name)) fs.symlinkSync(path.join(from, name), path.join(to, name));
}

/** As the provider's generator would write it, with a comment that a reader could stumble over. */
function withProperty(types: string, config: OriginConfig): string {
  const name = `DistributionOrigin${config[0]?.toUpperCase() ?? ""}${config.slice(1)}`;
  const start = `interface ${name} {\n`;
  if (!types.includes(start)) throw new Error(`@pulumi/aws has no ${name}`);
  const added =
    '        /**\n         * Example: `{ originHttpVersion: "http2" }`\n         */\n' +
    "        originHttpVersion?: pulumi.Input<string | undefined>;\n";
  return types.replace(start, start + added);
}
