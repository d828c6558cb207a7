/** The state of each committed stack as the last release deployed it: test/releases/VERSION/. */
import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Account } from "../../local/model";
import type { Props } from "../../local/model/types";
import { canonicalType, token } from "../../topology/tokens";
import { committedStacks, newerProvider } from "../committedStacks";
import { createStack, type Stack } from "./stack";

const folder = path.join(__dirname, "../releases");

interface Recorded {
  /** Pulumi.STACK.yaml. */
  readonly settings: string;
  /** What `pulumi stack export` writes; secrets are encrypted with the tests' passphrase. */
  readonly deployment: unknown;
}

/** A resource in a deployment, its secrets shown. */
interface Exported {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Props;
  readonly outputs?: Props;
}

/** Deploys every committed stack by this checkout, in place of the records of an earlier release. */
export async function recordStacks(version: string): Promise<void> {
  const records = new Map<string, Buffer>();
  for (const name of committedStacks) {
    const stack = await createStack(name, { knowing: newerProvider[name] });
    try {
      await stack.up();
      const settings = fs.readFileSync(settingsFile(stack, name), "utf8");
      const record: Recorded = { settings, deployment: await exported(stack) };
      records.set(name, gzipSync(JSON.stringify(record, withoutPlaces), { level: 9 }));
    } finally {
      stack.close();
    }
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, version), { recursive: true });
  for (const [name, record] of records)
    fs.writeFileSync(path.join(folder, version, `${name}.json.gz`), record);
}

/** The release that is recorded, with its stacks; undefined before the first one. */
export function recordedRelease(): { version: string; stacks: readonly string[] } | undefined {
  const [version] = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  if (version === undefined) return undefined;
  const files = fs.readdirSync(path.join(folder, version));
  return { version, stacks: files.map((file) => file.replace(".json.gz", "")) };
}

/** A stack as the release left it, in an account that has its resources. */
export async function restoreStack(version: string, name: string): Promise<Stack> {
  const text = gunzipSync(
    fs.readFileSync(path.join(folder, version, `${name}.json.gz`)),
  ).toString();
  const { settings, deployment } = JSON.parse(text) as Recorded;
  const account = new RestoredAccount({ region: "eu-west-1" });
  const stack = await createStack(name, { knowing: newerProvider[name], account });
  fs.writeFileSync(settingsFile(stack, name), settings);
  const file = path.join(stack.directory, "deployment.json");
  fs.writeFileSync(file, JSON.stringify(deployment));
  await stack.ok("stack", "import", "--file", file);
  const { deployment: shown } = (await exported(stack, "--show-secrets")) as {
    deployment: { resources: Exported[] };
  };
  account.restore(shown.resources);
  return stack;
}

/** An account with the resources of a deployment. */
class RestoredAccount extends Account {
  restore(resources: readonly Exported[]): void {
    for (const { urn, type, custom, id, inputs = {}, outputs = {} } of resources) {
      if (!custom || id === undefined || type.startsWith("pulumi:")) continue;
      const name = urn.slice(urn.lastIndexOf("::") + 2);
      const [plainInputs, plainOutputs] = [plain(inputs) as Props, plain(outputs) as Props];
      // Further revisions are counted from those that there are.
      if (type === token.taskDefinition) this.next(`${this.region}/${String(plainInputs.family)}`);
      this.keep({
        ...{ urn, type: canonicalType(type), name, id },
        ...{ inputs: plainInputs, outputs: plainOutputs },
      });
    }
  }
}

/** Leaves out the lines of code that made a resource, which no update reads. */
const withoutPlaces = (key: string, value: unknown): unknown =>
  ["sourcePosition", "stackTrace"].includes(key) ? undefined : value;

const settingsFile = (stack: Stack, name: string): string =>
  path.join(stack.directory, `Pulumi.${name}.yaml`);

async function exported(stack: Stack, ...options: string[]): Promise<unknown> {
  const file = path.join(stack.directory, "exported.json");
  await stack.ok("stack", "export", "--file", file, ...options);
  const content = JSON.parse(fs.readFileSync(file, "utf8")) as unknown;
  fs.rmSync(file);
  return content;
}

/** A value without the marks of secrets, which Pulumi writes as objects with `plaintext`. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("plaintext" in value) return JSON.parse(String(value.plaintext)) as unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
