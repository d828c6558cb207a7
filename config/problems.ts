/** Problems of the settings, and the one error that lists them all. */
import { RunError } from "@pulumi/pulumi/errors";
import { printable } from "../path/printable";
import type { Path } from "./keys";

/** The namespace of the settings in a stack file: `hopwise:variant`. */
export const namespace = "hopwise";

/** The one key of another namespace that is checked: the region of the stack's AWS provider. */
export const regionKey = "aws:region";

/** One thing that is wrong with the settings, in words for people. */
export interface Problem {
  /** The key as it is typed, e.g. `hopwise:service.cpu`. */
  readonly key: string;
  /** What was found there; `nothing`, or `(secret)` for a value that is kept secret. */
  readonly found: string;
  /** What is expected there. */
  readonly expected: string;
  /** The command that fixes it, or what to change in the stack file. */
  readonly change: string;
}

/** Where the settings come from; all of it optional, and only used for checks and messages. */
export interface SettingsContext {
  /** Name of the stack. */
  readonly stack?: string;
  /** Region of the stack's AWS provider (`aws:region`). */
  readonly region?: string;
  /** True for top-level keys whose value must never be shown. Default: none. */
  readonly isSecret?: (key: string) => boolean;
}

/**
 * Every problem of a stack's settings. The Pulumi CLI prints its message without a stack trace and
 * creates nothing.
 */
export class SettingsError extends RunError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], context: SettingsContext = {}) {
    super(describe(problems, context));
    this.name = "SettingsError";
    this.problems = problems;
  }
}

/** A key as it is typed after `pulumi config set --path`. */
export function keyText(path: Path): string {
  const [first = "", ...rest] = path;
  if (first === regionKey) return regionKey;
  return `${namespace}:${String(first)}${rest.map(stepText).join("")}`;
}

/** The command that sets a key. */
export function setCommand(
  path: Path,
  value: string,
  options: { stack?: string; secret?: boolean },
): string {
  return command("set", path, options, [value]);
}

/** The command that removes a key. */
export function removeCommand(path: Path, options: { stack?: string }): string {
  return command("rm", path, options, []);
}

/** A value in a message: short text as it is, everything else by its kind. */
export function valueText(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function describe(problems: readonly Problem[], { stack }: SettingsContext): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const where = stack === undefined ? "the settings" : `the settings of stack ${printable(stack)}`;
  const blocks = problems.map(
    ({ key, found, expected, change }) =>
      `  ${key}\n    found     ${found}\n    expected  ${expected}\n    change    ${change}`,
  );
  return `${count} in ${where}; nothing was created.\n\n${blocks.join("\n\n")}\n`;
}

function command(
  verb: "set" | "rm",
  path: Path,
  { stack, secret }: { stack?: string; secret?: boolean },
  values: readonly string[],
): string {
  const words = ["pulumi", "config", verb];
  if (stack !== undefined) words.push("--stack", quote(stack));
  if (secret === true) words.push("--secret");
  if (path.length > 1) words.push("--path");
  return [...words, quote(keyText(path)), ...values.map(quote)].join(" ");
}

function stepText(step: PropertyKey): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Quotes an argument for a POSIX shell, where it needs it. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
