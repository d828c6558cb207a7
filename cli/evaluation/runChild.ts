/** Evaluates the program that the parent process names, sends the result, and ends. */
import { evaluate, type EvaluateOptions } from "../../local/program";
import type { Project } from "../../local/program/project";
import { packedError, packedEvaluation } from "./transfer";

/** What to evaluate. */
export interface Start extends Pick<
  EvaluateOptions,
  "stackOutputs" | "onRefusal" | "elsewhere" | "collectMissing" | "seconds"
> {
  readonly project: Project;
}

/** What the parent process is sent: each resource, and at last how it ended. */
export type FromChild =
  | { readonly kind: "resource"; readonly type: string; readonly name: string }
  | { readonly kind: "unreadable"; readonly message: string }
  | { readonly kind: "done"; readonly evaluation: unknown }
  | { readonly kind: "failed"; readonly error: unknown };

/** Milliseconds that timers and connections of a program are waited for once it has ended. */
const settleMs = 2_000;

/**
 * Waits for the parent's word, and evaluates.
 *
 * @param ending called before the result is sent
 */
export function runChild(
  importModule: (file: string) => Promise<unknown>,
  ending: () => void,
): void {
  const exit = process.exit.bind(process);
  process.once("disconnect", () => exit(1));
  process.once("message", (start: Start) => {
    // From here on only the program keeps this process.
    process.channel?.unref();
    process.exit = exitOfProgram;
    void result(start, importModule).then((message) => {
      ending();
      process.send?.(message, () => exit(0));
    });
  });
}

async function result(
  start: Start,
  importModule: (file: string) => Promise<unknown>,
): Promise<FromChild> {
  try {
    const evaluation = await evaluate({
      ...start,
      projectDir: start.project.root,
      importModule,
      settled,
      onResource: ({ type, name }) => process.send?.({ kind: "resource", type, name }),
    });
    return { kind: "done", evaluation: packedEvaluation(evaluation) };
  } catch (error) {
    return { kind: "failed", error: packedError(error) };
  }
}

/** Resolves when the program has nothing left to do; what goes on and on is not waited for. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.once("beforeExit", () => {
      resolve();
    });
    setTimeout(resolve, settleMs).unref();
  });
}

/** `process.exit` of the program: an error, since whatever it declares afterwards is lost. */
function exitOfProgram(code?: number | string | null): never {
  const call = `process.exit(${code === undefined || code === null ? "" : String(code)})`;
  throw new Error(`The program calls ${call}: nothing that it declares afterwards is created.`);
}
