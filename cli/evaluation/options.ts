/** Options of every command that evaluates a program. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Props } from "../../local/model/types";
import { CommandFailure } from "../failure";
import type { ChildOptions } from "./evaluateInChild";

/** What the command line says of the program. */
export interface ProgramOptions {
  /** Folder of the Pulumi program. */
  readonly program: string;
  /** Absent: the only stack there is, or else `dev`. */
  readonly stack?: string;
  /** A preview or a state that Pulumi's CLI has written, which is read in place of running the program. */
  readonly from?: string;
  /** Settings, by key. */
  readonly config?: ReadonlyMap<string, string>;
  /** Files with the outputs of other stacks, by the name the program uses. */
  readonly stackOutputs?: ReadonlyMap<string, string>;
  /** Files with the values of ESC environments, by name. */
  readonly environment?: ReadonlyMap<string, string>;
  /** Seconds that the program may take. */
  readonly timeLimit?: number;
}

/** Adds them to a command. */
export function withProgramOptions(command: Command): Command {
  return command
    .configureOutput({
      outputError: (text, write) => {
        write(text);
        // `hopwise plan ../shop`
        if (text.includes("too many arguments"))
          write("The folder of a program is named with --program.\n");
      },
    })
    .option("--program <folder>", "folder of any Pulumi program", ".")
    .option(
      "--from <file>",
      "what pulumi preview --json or pulumi stack export wrote, for programs in any language",
    )
    .option(
      "-s, --stack <name>",
      "stack whose settings are used (default: the only one, or else dev)",
      parseStack,
    )
    .option(
      "-c, --config <key=value>",
      "setting of the stack, in place of the one in its file (repeatable)",
      parseConfig,
    )
    .option(
      "--stack-outputs <stack=file>",
      "outputs of a stack that the program refers to, as JSON (repeatable)",
      parseStackOutputs,
    )
    .option(
      "--environment <name=file>",
      "values of an ESC environment of the stack, as JSON (repeatable)",
      parseEnvironment,
    )
    .addOption(
      new Option("--time-limit <seconds>", "time limit for the program (default: 60)").argParser(
        parseTimeLimit,
      ),
    );
}

/**
 * What to evaluate, with the files that the command line names read.
 *
 * @throws {CommandFailure} with exit code 2 for a file that is missing or no JSON
 */
export function evaluationOf(options: ProgramOptions): Omit<ChildOptions, "onRefusal"> {
  const { program, stack, from, config, stackOutputs, environment, timeLimit } = options;
  return {
    from,
    projectDir: resolve(program),
    stack,
    config,
    stackOutputs: read("--stack-outputs", stackOutputs),
    environments: read("--environment", environment),
    seconds: timeLimit,
  };
}

function read(option: string, files: ReadonlyMap<string, string> = new Map()): Map<string, Props> {
  return new Map([...files].map(([name, file]) => [name, readJson(option, file)]));
}

/**
 * The JSON object in a file that an option names.
 *
 * @throws {CommandFailure} with exit code 2 where there is none
 */
export function readJson(option: string, file: string): Props {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return parsed as Props;
  } catch (error) {
    throw new CommandFailure(`${option}: ${file}: ${(error as Error).message}`, 2);
  }
  throw new CommandFailure(`${option}: ${file} holds no JSON object.`, 2);
}

/** A stack's name: it becomes part of a file name. */
export function parseStack(text: string): string {
  if (!/^[A-Za-z0-9_.-]+$/.test(text))
    throw new InvalidArgumentError("A stack's name consists of letters, digits, -, _ and dots.");
  return text;
}

/** `NAME=VALUE`, added to those before; a name once. */
export function pair<T>(
  text: string,
  before: ReadonlyMap<string, T> | undefined,
  example: string,
  value: (text: string) => T,
): ReadonlyMap<string, T> {
  const at = text.indexOf("=");
  const [name, rest] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()];
  if (name === "" || rest === "") throw new InvalidArgumentError(`Write ${example}.`);
  if (before?.has(name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return new Map([...(before ?? []), [name, value(rest)]]);
}

type Files = ReadonlyMap<string, string>;

/** `--config KEY=VALUE` */
function parseConfig(
  text: string,
  before?: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return pair(text, before, "KEY=VALUE, for example aws:region=eu-west-1", (value) => value);
}

/** `--stack-outputs STACK=FILE` */
function parseStackOutputs(text: string, before?: Files): Files {
  return pair(text, before, "STACK=FILE, for example acme/network/prod=outputs.json", (f) => f);
}

/** `--environment NAME=FILE` */
function parseEnvironment(text: string, before?: Files): Files {
  return pair(text, before, "NAME=FILE, for example shop/dev=environment.json", (f) => f);
}

/** `--time-limit SECONDS` */
function parseTimeLimit(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 3600))
    throw new InvalidArgumentError("Write seconds, from 1 to 3600.");
  return seconds;
}
