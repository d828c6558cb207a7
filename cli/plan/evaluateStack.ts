/** A stack's program on the local AWS, also when it is refused. */
import type { Evaluation } from "../../local/program";
import { ProgramError, type ProgramProblem } from "../../local/program/failure";
import { readProject } from "../../local/program/project";
import { regionOf } from "../../local/program/region";
import type { Position } from "../../local/model/types";
import type { PathSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { evaluateInChild, type ChildOptions } from "../evaluation/evaluateInChild";
import { recordedStack } from "../evaluation/recorded";

/** What is known about a stack. */
export interface EvaluatedStack {
  readonly project: string;
  readonly stack: string;
  readonly region?: string;
  /** With AWS's refusals; if the program failed, the resources until then. */
  readonly evaluation: Evaluation;
  /** Errors of the program itself. */
  readonly problems: readonly ProgramProblem[];
  /** The path that the program's own components refused, if that is the reason. */
  readonly refusedPath?: {
    readonly spec?: PathSpec;
    readonly findings: readonly Finding[];
    readonly position?: Position;
  };
}

/** What a stack is evaluated with, besides its folder and name. */
type Options = Omit<ChildOptions, "projectDir" | "stack" | "onRefusal">;

/**
 * Evaluates a program without AWS. A program that its settings, its path or AWS's rules refuse also
 * gives a result, with the reasons. With `from` nothing is run.
 *
 * @param stack the stack. @default the only one there is, or else `dev`
 * @param evaluate what runs the program
 * @throws {ProjectError} when there is no such project or stack
 */
export async function evaluateStack(
  projectDir: string,
  stack?: string,
  options: Options = {},
  evaluate: (options: ChildOptions) => Promise<Evaluation> = evaluateInChild,
): Promise<EvaluatedStack> {
  if (options.from !== undefined)
    return { ...recordedStack(options.from, projectDir, stack), problems: [] };
  const { read, ...about } = identify({ projectDir, stack, ...options });
  try {
    const evaluation = await evaluate({
      ...options,
      projectDir,
      project: read,
      onRefusal: "continue",
    });
    return { ...about, evaluation, problems: [] };
  } catch (error) {
    if (!(error instanceof ProgramError) || error.until === undefined) throw error;
    return { ...about, evaluation: error.until, ...reasons(error) };
  }
}

/**
 * What the files of a project, or the project itself, say of a stack; `read` is all of it.
 *
 * @throws {ProjectError} when there is no such project or stack
 */
export function identify({
  projectDir,
  stack: wished,
  environments,
  config: given,
  project,
}: Pick<ChildOptions, "projectDir" | "stack" | "environments" | "config" | "project">) {
  const read = project ?? readProject(projectDir, wished, environments, given);
  const { name, stack, config: settings, variables } = read;
  const region = regionOf(settings, { ...process.env, ...variables });
  return { project: name, stack, region, read };
}

/** Errors of the path are findings; everything else is the program's own error. */
export function reasons({
  cause,
  problems,
}: ProgramError): Pick<EvaluatedStack, "problems" | "refusedPath"> {
  if (!isPathError(cause)) return { problems };
  const [first, ...others] = problems;
  const { spec, findings } = cause;
  return { problems: others, refusedPath: { spec, findings, position: first?.position } };
}

/** By its shape, because the program has loaded its own copy of the class. */
function isPathError(
  error: unknown,
): error is { readonly spec?: PathSpec; readonly findings: readonly Finding[] } {
  return error instanceof Error && error.name === "PathError" && "findings" in error;
}
