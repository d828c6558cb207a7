/**
 * Tests of Pulumi programs without AWS, in any test runner. A program is evaluated in a process of
 * its own: nothing of the runner's process is changed, and evaluations may run at the same time.
 */
import { ProgramError } from "./programError";
import type { EvaluateOptions, Stack } from "./types";

export { ProgramError };
export { UNKNOWN } from "../topology/resource";
export type * from "./servedTypes";
export type * from "./types";
export type { HttpProtocol, Method, RequestKind, Source } from "../path/types";
export type { Finding, Severity } from "../rules/finding";
export type { Position } from "../topology/resource";

/**
 * Evaluates a Pulumi program against a model of AWS: no account, no credentials and no pulumi CLI.
 *
 * @throws ProgramError if there is no such program or stack, it fails, or (unless
 * `onRefusal: "continue"`) AWS refuses any of it
 */
export async function evaluateProgram(options: EvaluateOptions = {}): Promise<Stack> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- optional packages are loaded when used
    const { evaluate } = require("./evaluate") as typeof import("./evaluate");
    return await evaluate(options);
  } catch (error) {
    const missing = missingPackage(error);
    if (missing === undefined) throw error;
    throw new ProgramError(`hopwise/testing needs ${missing}`);
  }
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, which the command needs before TypeScript can be loaded
const { missingPackage } = require("../startup/missingPackage.js") as {
  readonly missingPackage: (error: unknown) => string | undefined;
};
