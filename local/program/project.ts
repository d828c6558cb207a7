/** A Pulumi project on disk: its program and the settings of one stack, as the CLI would hand them over. */
import * as fs from "node:fs";
import * as path from "node:path";
import { printable } from "../../path/printable";
import { readYamlFile } from "./yaml";

export interface Project {
  readonly name: string;
  readonly stack: string;
  /** Folder with Pulumi.yaml. */
  readonly root: string;
  /** Working directory of the program: relative paths in it start there. */
  readonly cwd: string;
  /** What to require. */
  readonly entry: string;
  /** Values by `namespace:key`; objects and lists as JSON text. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** A project or stack file that is missing or cannot be read; the message is one clear line. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";

  constructor(message: string) {
    super(printable(message));
  }
}

/** Stands for an encrypted value, which only the stack's own key could open. */
export const SECRET_PLACEHOLDER = "placeholder-for-a-secret";

type Bag = Record<string, unknown>;

const isBag = (value: unknown): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads Pulumi.yaml, the stack's file and package.json.
 *
 * @param wished the stack. @default the only one there is, or else `dev`; a project without a
 * stack's file has no settings, whatever its stack is called
 * @throws ProjectError naming the file, and the line where its YAML is broken
 */
export function readProject(projectDir: string, wished?: string): Project {
  const root = path.resolve(projectDir);
  const projectFile = firstThere(root, ["Pulumi.yaml", "Pulumi.yml"]);
  if (projectFile === undefined) throw new ProjectError(`There is no Pulumi.yaml in ${root}.`);
  const project = readYaml(projectFile);
  const name = project.name;
  if (typeof name !== "string") throw new ProjectError(`${projectFile} has no name.`);
  requireNode(project.runtime, projectFile);

  const stackDir = path.resolve(root, textOf(project.stackConfigDir) ?? ".");
  const stack = wished ?? defaultStack(stackDir);
  const own = stackSettings(stackDir, stack);

  const declared = isBag(project.config) ? projectDefaults(project.config, name) : {};
  const values = { ...declared, ...own };
  const config = Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [qualified(key, name), configText(value)]),
  );
  const secretKeys = Object.keys(values).filter((key) => holdsSecret(values[key]));
  return {
    root,
    name,
    stack,
    config,
    secretKeys: secretKeys.map((key) => qualified(key, name)),
    ...program(root, textOf(project.main)),
  };
}

/** Names of the stacks that have a settings file. */
export function stacksOf(dir: string): string[] {
  const files = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
  const names = files.flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []);
  return names.sort((a, b) => a.localeCompare(b));
}

/** The stack that is meant when none is named. */
function defaultStack(dir: string): string {
  const there = stacksOf(dir);
  const [only = "dev"] = there;
  if (there.length <= 1) return only;
  if (there.includes("dev")) return "dev";
  throw new ProjectError(`Which stack? There are ${there.join(", ")}: name one with --stack.`);
}

function stackSettings(dir: string, stack: string): Bag {
  const file = firstThere(dir, [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`]);
  const there = stacksOf(dir);
  if (file === undefined) {
    if (there.length === 0) return {};
    throw new ProjectError(
      `There is no stack '${stack}': ${path.join(dir, `Pulumi.${stack}.yaml`)} is missing; there are ${there.join(", ")}.`,
    );
  }
  const own = readYaml(file).config ?? {};
  if (!isBag(own)) throw new ProjectError(`${file}: config is a map of keys to values.`);
  return own;
}

/** Programs in other languages need their own language host. */
function requireNode(runtime: unknown, file: string): void {
  const name = isBag(runtime) ? runtime.name : runtime;
  if (name === undefined || name === "nodejs") return;
  throw new ProjectError(
    `${file} says runtime ${JSON.stringify(name)}; only programs for nodejs (TypeScript, JavaScript) can be run here.`,
  );
}

/** Values that Pulumi.yaml gives all stacks: a plain value, `value:`, or `default:` of a declaration. */
function projectDefaults(declared: Bag, project: string): Bag {
  return Object.fromEntries(
    Object.entries(declared).flatMap(([key, entry]) => {
      const value = isBag(entry) ? (entry.value ?? entry.default) : entry;
      return value === undefined ? [] : [[qualified(key, project), value]];
    }),
  );
}

const qualified = (key: string, project: string): string =>
  key.includes(":") ? key : `${project}:${key}`;

const isSecure = (value: unknown): value is { secure: unknown } =>
  isBag(value) && Object.keys(value).length === 1 && "secure" in value;

function holdsSecret(value: unknown): boolean {
  if (isSecure(value)) return true;
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isBag(value) && Object.values(value).some(holdsSecret);
}

/** Pulumi hands every value over as text, objects and lists as JSON. */
function configText(value: unknown): string {
  const open = opened(value);
  return typeof open === "string" ? open : JSON.stringify(open);
}

function opened(value: unknown): unknown {
  if (isSecure(value)) return SECRET_PLACEHOLDER;
  if (Array.isArray(value)) return value.map(opened);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]));
}

/**
 * Entry point and working directory, as Pulumi finds them: `main` of Pulumi.yaml, or else what
 * package.json exports, or else the folder itself.
 */
function program(root: string, main: string | undefined): { cwd: string; entry: string } {
  if (main !== undefined) {
    const target = path.resolve(root, main);
    if (!fs.existsSync(target)) {
      throw new ProjectError(`Pulumi.yaml names the program ${main}, and ${target} is missing.`);
    }
    if (!fs.statSync(target).isDirectory()) return { cwd: path.dirname(target), entry: target };
    return { cwd: target, entry: entryOf(target) };
  }
  return { cwd: root, entry: entryOf(root) };
}

function entryOf(dir: string): string {
  const manifest = path.join(dir, "package.json");
  const candidates: string[] = [];
  if (fs.existsSync(manifest)) {
    const { main, exports: exported } = readManifest(manifest);
    const dot = isBag(exported) ? exported["."] : exported;
    const target = isBag(dot) ? (dot.default ?? dot.require ?? dot.import) : dot;
    candidates.push(...[target, main].filter((c): c is string => typeof c === "string"));
  }
  candidates.push("index.ts", "index.js", "index.mts", "index.mjs");
  const found = candidates.map((c) => path.join(dir, c)).find((file) => fs.existsSync(file));
  if (found === undefined) {
    throw new ProjectError(`There is no program in ${dir}: looked for ${candidates.join(", ")}.`);
  }
  return found;
}

function readManifest(file: string): Bag {
  try {
    const parsed: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return isBag(parsed) ? parsed : {};
  } catch (error) {
    throw new ProjectError(`${file} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

function readYaml(file: string): Bag {
  let content: unknown;
  try {
    content = readYamlFile(file) ?? {};
  } catch (error) {
    throw new ProjectError(error instanceof Error ? error.message : String(error));
  }
  if (!isBag(content)) throw new ProjectError(`${file}: a map of keys to values is expected.`);
  return content;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

const firstThere = (dir: string, names: readonly string[]): string | undefined =>
  names.map((name) => path.join(dir, name)).find((file) => fs.existsSync(file));
