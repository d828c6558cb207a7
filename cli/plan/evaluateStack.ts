/** A stack's program on the local AWS, also when it is refused. */
import { evaluate, ProgramError, type Evaluation, type ProgramProblem } from "../../local/program";
import { ProjectError, readProject } from "../../local/program/project";
import { regionOf } from "../../local/program/region";
import type { Position } from "../../local/model/types";
import type { PathSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { Failure } from "../failure";

/** What is known of a stack. */
export interface EvaluatedStack {
  readonly project: string;
  readonly stack: string;
  readonly region?: string;
  /** With what AWS refuses of it; where the program failed, what there was by then. */
  readonly evaluation: Evaluation;
  /** Errors of the program itself. */
  readonly problems: readonly ProgramProblem[];
  /** The path that the program's own components refused, where that is why. */
  readonly refusedPath?: {
    readonly spec?: PathSpec;
    readonly findings: readonly Finding[];
    readonly position?: Position;
  };
}

/**
 * Evaluates a program without AWS. One that its settings, its path or AWS's rules refuse is a result
 * too, with the reasons.
 *
 * @param onResource called for every resource
 * @throws {Failure} with exit code 2 when there is no such project or stack
 */
export async function evaluateStack(
  projectDir: string,
  stack: string,
  onResource?: (name: string) => void,
): Promise<EvaluatedStack> {
  const about = identify(projectDir, stack);
  try {
    const evaluation = await evaluate({
      projectDir,
      stack,
      onRefusal: "continue",
      onResource: ({ name }) => onResource?.(name),
    });
    return { ...about, evaluation, problems: [] };
  } catch (error) {
    if (!(error instanceof ProgramError) || error.until === undefined) throw error;
    return { ...about, evaluation: error.until, ...reasons(error) };
  }
}

function identify(projectDir: string, stack: string) {
  try {
    const { name, config } = readProject(projectDir, stack);
    return { project: name, stack, region: regionOf(config) };
  } catch (error) {
    if (error instanceof ProjectError) throw new Failure(error.message, 2);
    throw error;
  }
}

/** Errors of the path are findings; everything else is what the program said. */
export function reasons({
  cause,
  problems,
}: ProgramError): Pick<EvaluatedStack, "problems" | "refusedPath"> {
  if (!isPathError(cause)) return { problems };
  const [first, ...others] = problems;
  const { spec, findings } = cause;
  return { problems: others, refusedPath: { spec, findings, position: first?.position } };
}

/** By its shape: the program has loaded a copy of the class of its own. */
function isPathError(
  error: unknown,
): error is { readonly spec?: PathSpec; readonly findings: readonly Finding[] } {
  return error instanceof Error && error.name === "PathError" && "findings" in error;
}
