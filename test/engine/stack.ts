/** A committed stack of this project, run by the real CLI on an account of its own. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse, parseDocument, type Document } from "yaml";
import { Account } from "../../local/model";
import type { Call } from "../../local/provider";
import { judge } from "../../rules/judge";
import { resourceRules } from "../../rules/resources";
import type { OriginConfig } from "../../rules/notDeployable";
import { Stack as Resources } from "../../topology/stack/stack";
import { committedStacks } from "../committedStacks";
import { installMadeProvider } from "../madeProvider";
import { createProject, type Project } from "./cli";

const ROOT = path.join(__dirname, "../..");

/** What `pulumi up` needs of a checkout. */
const FILES = [
  ...["Pulumi.yaml", ...committedStacks.map((name) => `Pulumi.${name}.yaml`)],
  ...[
    "package.json",
    "tsconfig.json",
    "startup",
    "index.ts",
    "config",
    "logs",
    "path",
    "rules",
    "topology",
    "components",
    "nginx",
    "program",
  ],
];

export interface Stack extends Project {
  /** Writes the setting `hopwise:KEY`, as YAML reads the value. */
  readonly set: (key: string, value: string) => void;
  /** Takes the setting `hopwise:KEY` out. */
  readonly remove: (key: string) => void;
  /** `pulumi up`, which is to succeed; gives the calls that reached the account. */
  readonly up: (...args: string[]) => Promise<readonly Call[]>;
}

/**
 * @param kept see `createProject`
 * @param knowing blocks of an origin in which the installed provider is to know `originHttpVersion`;
 *   none: the provider as it is installed
 * @param account that it is deployed to. @default an empty one
 */
export async function createStack(
  name: string,
  {
    kept = true,
    knowing = [],
    account = new Account({ region: "eu-west-1" }),
  }: { kept?: boolean; knowing?: readonly OriginConfig[]; account?: Account } = {},
): Promise<Stack> {
  const project = await createProject(ROOT, FILES, account, { kept });
  if (knowing.length > 0) installMadeProvider(project.directory, knowing);
  // As in a checkout where the library has been built: the program must not be mistaken for it.
  const compiled = path.join(project.directory, "dist/components");
  fs.mkdirSync(compiled, { recursive: true });
  fs.writeFileSync(path.join(compiled, "index.js"), 'throw new Error("not the program");');
  await project.ok("stack", "init", name);
  const { ok, providers } = project;
  // As `pulumi config set --path` does, which takes as long as a small preview.
  const change = (key: string, edit: (document: Document, place: unknown[]) => void): void => {
    const file = path.join(project.directory, `Pulumi.${name}.yaml`);
    const document = parseDocument(fs.readFileSync(file, "utf8"));
    const [group = "", ...rest] = key.split(/[.[\]]+/).filter((part) => part !== "");
    const within = rest.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    edit(document, ["config", `hopwise:${group}`, ...within]);
    fs.writeFileSync(file, document.toString());
  };
  return {
    ...project,
    set: (key, value) => {
      change(key, (document, place) => {
        document.setIn(place, parse(value));
      });
    },
    remove: (key) => {
      change(key, (document, place) => {
        if (!document.deleteIn(place)) throw new Error(`${key} is not set`);
      });
    },
    up: async (...args) => {
      providers.calls.clear();
      await ok("up", "--yes", "--skip-preview", ...args);
      return [...providers.calls.all];
    },
  };
}

/**
 * Nothing is orphaned: what the state names and what the account holds are the same, none of it is
 * waiting for deletion, and no rule about resources is broken.
 */
export function expectWhole({ state, providers }: Project): void {
  const { resources = [], pending_operations = [] } = state();
  const custom = resources.filter((r) => r.custom && !r.type.startsWith("pulumi:"));
  const named = custom.map((r) => `${r.type} ${String(r.id)}`);
  const held = providers.account.resources.map((r) => `${r.type} ${r.id}`);
  expect(held.sort()).to.deep.equal(named.sort());
  expect(custom.filter((r) => r.delete)).to.deep.equal([]);
  expect(pending_operations).to.deep.equal([]);
  const { findings } = judge(Resources.of(providers.account.resources));
  const codes = resourceRules.filter(({ severity }) => severity !== "note").map((r) => r.code);
  expect(findings.filter(({ code }) => codes.includes(code))).to.deep.equal([]);
  expect([...providers.account.unmodelled]).to.deep.equal([]);
}

/** `operation name` of the calls on a type, e.g. `update web`. */
export function steps(calls: readonly Call[], ...types: string[]): string[] {
  return calls
    .filter((call) => types.length === 0 || types.includes(call.type))
    .map(({ operation, type, name }) => `${operation} ${type.split(":").pop() ?? ""} ${name}`);
}

/** Asserts that the steps happen in this order, whatever happens between them. */
export function expectOrder(calls: readonly Call[], ...order: string[]): void {
  const happened = steps(calls);
  expect(happened).to.include.members(order);
  expect(happened.filter((step) => order.includes(step))).to.deep.equal(order);
}
