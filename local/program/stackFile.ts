/** A stack's file: its settings, and the ESC environments that more of them come from. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Props } from "../model/types";
import { firstThere, ProjectError, readYaml, type Bag } from "./projectFile";
import { isBag } from "../../topology/props";

/** What a stack's file says. */
export interface StackFile {
  /** Where it is, or would be. */
  readonly file: { readonly path: string; readonly exists: boolean };
  /** `config`, with what its environments give below it. */
  readonly config: Bag;
  /** Variables that its environments set. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names of the environments whose values are not known. */
  readonly unread: readonly string[];
}

/** Values of ESC environments by name, as `pulumi env open NAME --format json` prints them. */
export type Environments = ReadonlyMap<string, Props>;

/** Names of the stacks that have a settings file. */
export function stacksOf(dir: string): string[] {
  const folder = fs.statSync(dir, { throwIfNoEntry: false })?.isDirectory();
  const files = folder ? fs.readdirSync(dir) : [];
  const names = files.flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []);
  return names.sort((a, b) => a.localeCompare(b));
}

/**
 * The stack that is meant when none is named.
 *
 * @throws ProjectError where there are several and none is `dev`
 */
export function defaultStack(dir: string): string {
  const there = stacksOf(dir);
  const [only = "dev"] = there;
  if (there.length <= 1) return only;
  if (there.includes("dev")) return "dev";
  throw new ProjectError(`Which stack? There are ${there.join(", ")}: name one with --stack.`);
}

/** @throws ProjectError where other stacks have a file and this one has none, or it is broken */
export function readStack(dir: string, stack: string, given: Environments): StackFile {
  const file = firstThere(dir, [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`]);
  const there = stacksOf(dir);
  if (file === undefined) {
    const missing = path.join(dir, `Pulumi.${stack}.yaml`);
    if (there.length === 0)
      return { file: { path: missing, exists: false }, config: {}, variables: {}, unread: [] };
    throw new ProjectError(
      `There is no stack '${stack}': ${missing} is missing; there are ${there.join(", ")}.`,
    );
  }
  const content = readYaml(file);
  const config = content.config ?? {};
  if (!isBag(config)) throw new ProjectError(`${file}: config is a map of keys to values.`);
  const { names, values } = environmentOf(content.environment);
  const stray = [...given.keys()].filter((name) => !names.includes(name));
  if (stray.length > 0) {
    const list = names.length === 0 ? "names no environment" : `names ${names.join(", ")}`;
    throw new ProjectError(`--environment ${stray.join(", ")}: ${file} ${list}.`);
  }
  // Each overrides those before it; the stack's own settings override all of them.
  // https://www.pulumi.com/docs/esc/integrations/infrastructure/pulumi-iac/
  const layers = [...names.map((name) => given.get(name) ?? {}), values];
  return {
    file: { path: file, exists: true },
    config: { ...merged(layers, "pulumiConfig"), ...config },
    variables: Object.fromEntries(
      Object.entries(merged(layers, "environmentVariables")).map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
    unread: names.filter((name) => !given.has(name)),
  };
}

/** The environments that are imported, and the values that are written in the stack's file itself. */
function environmentOf(environment: unknown): { names: string[]; values: Bag } {
  const imports = isBag(environment) ? environment.imports : environment;
  const names = (Array.isArray(imports) ? imports : []).flatMap((entry: unknown) =>
    typeof entry === "string" ? [entry] : isBag(entry) ? Object.keys(entry) : [],
  );
  const values = isBag(environment) && isBag(environment.values) ? environment.values : {};
  return { names, values };
}

function merged(layers: readonly Bag[], part: string): Bag {
  const parts = layers.map((layer) => (isBag(layer[part]) ? layer[part] : {}));
  const all = Object.assign({}, ...parts) as Bag;
  // Computed by ESC, from what is not known here.
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !computed(value)));
}

function computed(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${");
  if (Array.isArray(value)) return value.some(computed);
  if (!isBag(value)) return false;
  return Object.entries(value).some(([key, inner]) => key.startsWith("fn::") || computed(inner));
}
