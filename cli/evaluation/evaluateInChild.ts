/** Evaluates a program in a child process, so that nothing it does ends this process. */
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import * as path from "node:path";
import type { EvaluateOptions, Evaluation } from "../../local/program";
import { ProgramError } from "../../local/program/failure";
import { readProject, type Project } from "../../local/program/project";
import type { FromChild, Start } from "./runChild";
import { writeTsconfig } from "./tsconfig";

export interface ChildOptions extends Pick<
  EvaluateOptions,
  | "projectDir"
  | "stack"
  | "project"
  | "config"
  | "stackOutputs"
  | "environments"
  | "onRefusal"
  | "elsewhere"
> {
  /** What is read in place of running the program. */
  readonly from?: string;
  /** Seconds that the program may take. @default 60 */
  readonly seconds?: number;
  /** Ends the evaluation; it then rejects. */
  readonly signal?: AbortSignal;
  /** Called for every resource, in the order of creation. */
  readonly onResource?: (resource: { readonly type: string; readonly name: string }) => void;
}

/** Programs that build something first take long; one that never ends is to be seen in a minute. */
const defaultSeconds = 60;
/** Seconds in which a program that waits tells what it declared until then; one in a loop cannot. */
const graceSeconds = 3;

/**
 * The same as `evaluate`, in a child process with the Node.js arguments of the
 * project. What the program prints goes to standard error. A program that lacks a setting runs a
 * second time, to find all that it lacks.
 *
 * @throws ProgramError too when the program ends its process, or does not end in time
 */
export async function evaluateInChild(options: ChildOptions): Promise<Evaluation> {
  const { projectDir, stack, environments, config } = options;
  const project = options.project ?? readProject(projectDir, stack, environments, config);
  try {
    return await run({ ...options, project });
  } catch (error) {
    if (!lacksSettings(error)) throw error;
    throw await run({ ...options, project, onResource: undefined, collectMissing: true }).then(
      () => error,
      // What was declared until then: the rest holds placeholders.
      (all: unknown) => (lacksSettings(all) ? withProblemsOf(all, error) : error),
    );
  }
}

function lacksSettings(error: unknown): error is ProgramError {
  return error instanceof ProgramError && error.problems.some(({ missing }) => missing);
}

function withProblemsOf({ message, problems }: ProgramError, error: ProgramError): ProgramError {
  const { refusals, logs, cause, until } = error;
  return new ProgramError(message, refusals, logs, cause, until, problems);
}

/** Evaluates once. */
async function run(
  options: ChildOptions & { readonly project: Project; readonly collectMissing?: boolean },
): Promise<Evaluation> {
  const { project, seconds = defaultSeconds, signal, onResource } = options;
  const { stackOutputs, onRefusal, elsewhere, collectMissing } = options;
  signal?.throwIfAborted();
  const tsconfig = writeTsconfig(project);
  const child = startChild(project, tsconfig.file, seconds);
  const end = (): void => {
    child.kill("SIGKILL");
    tsconfig.remove();
  };
  process.once("exit", end);
  signal?.addEventListener("abort", end);
  const clock = { late: false };
  const timer = setTimeout(
    () => {
      clock.late = true;
      end();
    },
    (seconds + graceSeconds) * 1000,
  );
  try {
    const sent = lastMessage(
      child,
      { project, stackOutputs, onRefusal, elsewhere, collectMissing, seconds },
      onResource,
    );
    // Loaded while the program runs.
    const { unpackedError, unpackedEvaluation } = await import("./transfer");
    const message = await sent;
    if (message?.kind === "done") return unpackedEvaluation(message.evaluation);
    if (message?.kind === "failed") throw unpackedError(message.error);
    if (message?.kind === "unreadable")
      throw failed(`The tsconfig.json of the program cannot be read: ${message.message}`);
    signal?.throwIfAborted();
    throw endedEarly(child, clock.late ? seconds : undefined);
  } finally {
    clearTimeout(timer);
    end();
    process.off("exit", end);
    signal?.removeEventListener("abort", end);
  }
}

/** Sends what to evaluate, and resolves with how it ended; undefined where the process said nothing. */
function lastMessage(
  child: ChildProcess,
  start: Start,
  onResource: ChildOptions["onResource"],
): Promise<FromChild | undefined> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      resolve(undefined);
    });
    child.on("message", (message: FromChild) => {
      if (message.kind === "resource") onResource?.(message);
      else resolve(message);
    });
    // A process that has ended already says so by closing.
    child.send(start, () => undefined);
  });
}

function startChild(project: Project, tsconfig: string, seconds: number): ChildProcess {
  const node = [...project.nodeArguments, path.join(__dirname, "child.js")];
  const options: SpawnOptions = {
    cwd: project.cwd,
    env: { ...process.env, ...project.variables, TSX_TSCONFIG_PATH: tsconfig },
    serialization: "advanced",
    // Standard output is ours, and may be read by a program.
    stdio: ["ignore", 2, 2, "ipc"],
  };
  if (process.platform === "win32") return spawn(process.execPath, node, options);
  // A loop without an end sees neither the end of this process nor a signal but the last one.
  const limit = `ulimit -t ${2 * seconds + 10}; exec "$@"`;
  return spawn("/bin/sh", ["-c", limit, "sh", process.execPath, ...node], options);
}

function endedEarly(child: ChildProcess, seconds: number | undefined): ProgramError {
  const { exitCode, signalCode } = child;
  const why =
    seconds === undefined
      ? `The program's process ended (${signalCode ?? `exit code ${String(exitCode)}`}) before all of it was declared.`
      : `The program did not end within ${seconds} s and was stopped: is there a loop without an end? ` +
        "A program that only takes long needs a higher --time-limit.";
  return failed(why);
}

function failed(why: string): ProgramError {
  return new ProgramError(why, [], [], undefined, undefined, [{ message: why }]);
}
