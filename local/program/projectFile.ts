/** Files of a Pulumi project as data, and the one error for what is wrong with them. */
import * as fs from "node:fs";
import * as path from "node:path";
import { printable } from "../../path/printable";
import { isBag } from "../../topology/props";

/** A project or stack file that is missing or cannot be read; the message is one clear line. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";

  constructor(message: string) {
    super(printable(message));
  }
}

/** A map in a project's file. */
export type Bag = Record<string, unknown>;

/** The value if it is a string. */
export const stringOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** The first of these files that a folder has. */
export const firstThere = (dir: string, names: readonly string[]): string | undefined =>
  names.map((name) => path.join(dir, name)).find((file) => fs.existsSync(file));

/** The nearest folder, this one or one above it, that has one of these files. */
export function nearestWith(dir: string, names: readonly string[]): string | undefined {
  if (firstThere(dir, names) !== undefined) return dir;
  const above = path.dirname(dir);
  return above === dir ? undefined : nearestWith(above, names);
}

/** @throws ProjectError with file, line and column where the YAML is broken */
export function readYaml(file: string): Bag {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- not for a project that has been read
  const { readYamlFile } = require("./yaml") as typeof import("./yaml");
  let content: unknown;
  try {
    content = readYamlFile(file) ?? {};
  } catch (error) {
    throw new ProjectError(error instanceof Error ? error.message : String(error));
  }
  if (!isBag(content)) throw new ProjectError(`${file}: a map of keys to values is expected.`);
  return content;
}

/** @throws ProjectError where the file is no JSON object */
export function readJson(file: string): Bag {
  try {
    const parsed: unknown = JSON.parse(readText(file));
    return isBag(parsed) ? parsed : {};
  } catch (error) {
    if (error instanceof ProjectError) throw error;
    throw new ProjectError(`${file} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new ProjectError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
