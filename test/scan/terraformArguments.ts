/**
 * Terraform's arguments of the resource types in use, by Pulumi's names of them. The table,
 * terraform.json, is derived from the provider's own schema by deriveTerraform.ts.
 */
import * as fs from "node:fs";
import * as path from "node:path";

/** A type or a block: its attributes in one string, and its blocks. */
export interface ArgumentTable {
  readonly attributes: string;
  readonly blocks?: Readonly<Record<string, ArgumentTable>>;
}

export const tableFile = path.join(__dirname, "terraform.json");

const table = JSON.parse(fs.readFileSync(tableFile, "utf8")) as Record<string, ArgumentTable>;

/** Arguments that are newer than the schema the table was derived from. */
const since: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_resource_policy: "policy_scope resource_arn",
};

interface Argument {
  readonly name: string;
  /** Its own arguments, where it is a block. */
  readonly inner?: Block;
}

export interface Block {
  /** The argument that Pulumi calls `key`. */
  readonly find: (key: string) => Argument | undefined;
}

/** The statements of a web ACL nest in each other; the schema stops at the first. */
const nesting = "statement";
const plurals: Readonly<Record<string, string>> = {
  statements: "statement",
  ruleActionOverrides: "rule_action_override",
  textTransformations: "text_transformation",
  customKeys: "custom_key",
};
const anything: Block = {
  find: (key) => ({ name: plurals[key] ?? snakeCase(key), inner: anything }),
};

export function argumentsOf(terraformType: string): Block {
  const entry = table[terraformType];
  if (entry === undefined)
    throw new Error(`terraform.json lacks ${terraformType}: run test/scan/deriveTerraform.ts`);
  return blockOf(entry, since[terraformType]);
}

function blockOf({ attributes, blocks = {} }: ArgumentTable, more = ""): Block {
  const names = new Map<string, Argument>();
  for (const name of `${attributes} ${more}`.split(" ")) {
    names.set(camelCase(name), { name, inner: name === nesting ? anything : undefined });
  }
  for (const [name, inner] of Object.entries(blocks)) {
    const argument = { name, inner: blockOf(inner) };
    for (const key of spellings(camelCase(name))) names.set(key, argument);
  }
  return { find: (key) => names.get(key) };
}

export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Pulumi puts a block that may be there several times into the plural. */
const spellings = (name: string): string[] => [
  ...[name, `${name}s`, `${name}es`, name.replace(/y$/, "ies")],
];
