/** A Pulumi project on disk: its program and the settings of one stack, as the CLI would hand them over. */
import * as fs from "node:fs";
import * as path from "node:path";
import { placeholderFor } from "../model/placeholders";
import { entryPointOf, type EntryPoint } from "./entryPoint";
import { noProject, projectFiles } from "./noProject";
import { firstThere, ProjectError, readYaml, stringOf, type Bag } from "./projectFile";
import { isBag } from "../../topology/props";
import { runtimeOf, type Runtime } from "./runtime";
import { defaultStack, readStack, type Environments } from "./stackFile";

export interface Project extends EntryPoint, Runtime {
  readonly name: string;
  readonly stack: string;
  /** Where the stack's settings are, or would be. */
  readonly stackFile: { readonly path: string; readonly exists: boolean };
  /** Folder with Pulumi.yaml. */
  readonly root: string;
  /** Values by `namespace:key`; objects and lists as JSON text. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** Variables that ESC environments of the stack set. */
  readonly variables: Readonly<Record<string, string>>;
  /** ESC environments of the stack whose values are not known. */
  readonly unreadEnvironments: readonly string[];
}

/**
 * Reads Pulumi.yaml, the stack's file and package.json.
 *
 * @param wished the stack. @default the only one there is, or else `dev`; a project without a
 * stack's file has no settings, whatever its stack is called
 * @param environments values of the stack's ESC environments. @default none is known
 * @param given settings that win over those of the files. @default none
 * @throws ProjectError naming the file, and the line where its YAML is broken
 */
export function readProject(
  projectDir: string,
  wished?: string,
  environments: Environments = new Map(),
  given: ReadonlyMap<string, string> = new Map(),
): Project {
  const root = path.resolve(projectDir);
  const projectFile = firstThere(root, projectFiles);
  if (projectFile === undefined) throw new ProjectError(noProject(root));
  const project = readYaml(projectFile);
  const name = project.name;
  if (typeof name !== "string") throw new ProjectError(`${projectFile} has no name.`);
  const runtime = runtimeOf(project.runtime, projectFile);

  const stackDir = path.resolve(root, stringOf(project.stackConfigDir) ?? ".");
  const stack = wished ?? defaultStack(stackDir);
  const own = readStack(stackDir, stack, environments);

  const declared = isBag(project.config) ? projectDefaults(project.config, name) : {};
  const values = { ...declared, ...own.config };
  const config = Object.fromEntries(
    [...Object.entries(values), ...given]
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [qualified(key, name), configText(value, qualified(key, name))]),
  );
  const secretKeys = Object.keys(values).filter((key) => holdsSecret(values[key]));
  return {
    root,
    name,
    stack,
    stackFile: own.file,
    config,
    secretKeys: secretKeys.map((key) => qualified(key, name)),
    ...runtime,
    variables: own.variables,
    unreadEnvironments: own.unread,
    ...entryPointOf(root, stringOf(project.main)),
  };
}

/**
 * A program of one file, without a project around it.
 *
 * @param name the project's, to which settings without a namespace belong
 * @param given its settings
 * @throws ProjectError where there is no such file
 */
export function projectOfFile(
  file: string,
  { name, stack, given }: Pick<Project, "name" | "stack"> & { given: ReadonlyMap<string, string> },
): Project {
  if (!fs.existsSync(file)) throw new ProjectError(`There is no file ${file}.`);
  const root = path.dirname(file);
  return {
    ...{ root, name, stack, ...entryPointOf(root, path.basename(file)) },
    stackFile: { path: path.join(root, `Pulumi.${stack}.yaml`), exists: false },
    config: Object.fromEntries([...given].map(([key, value]) => [qualified(key, name), value])),
    ...{ secretKeys: [], nodeArguments: [], variables: {}, unreadEnvironments: [] },
  };
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
function configText(value: unknown, key: string): string {
  const open = opened(value, key);
  return typeof open === "string" ? open : JSON.stringify(open);
}

/** With placeholders for encrypted values, which only the stack's own key could open. */
function opened(value: unknown, place: string): unknown {
  if (isSecure(value)) return placeholderFor(place);
  if (Array.isArray(value)) return value.map((inner, i) => opened(inner, `${place}[${i}]`));
  if (!isBag(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, opened(inner, `${place}.${key}`)]),
  );
}
