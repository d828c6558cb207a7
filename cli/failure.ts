import { inspect } from "node:util";
import { printable } from "../path/printable";

/** An error that the user can fix: printed as it is, without a stack trace. */
export class CommandFailure extends Error {
  /**
   * @param message What is wrong, where, and what to do instead.
   * @param exitCode 1; 2 when the command line itself is wrong.
   */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = "Failure";
  }
}

/** True when `HOPWISE_DEBUG=1` asks for stack traces. */
function debugging(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.HOPWISE_DEBUG !== undefined && !["", "0", "false"].includes(env.HOPWISE_DEBUG);
}

/** The text for stderr: the message alone, or with its stack and causes when debugging. */
export function describeFailure(error: unknown, debug = debugging()): string {
  const text = debug ? inspect(error) : messageOf(error);
  return text.split("\n").map(printable).join("\n");
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}

/**
 * The exit code that belongs to an error: 2 also where there is no such project or stack. By its
 * name, as the error may come from the process of the program.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  return error instanceof Error && error.name === "ProjectError" ? 2 : 1;
}
