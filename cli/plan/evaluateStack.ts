/** A stack's program on the local AWS, also when it is refused. */
import { evaluate, ProgramError, type Evaluation } from "../../local/program";
import { ProjectError, readProject } from "../../local/project";
import type { PathSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { Failure } from "../failure";
import type { PlanRefusal } from "./types";

/** What is known of a stack. */
export interface EvaluatedStack {
  readonly project: string;
  readonly stack: string;
  readonly region?: string;
  /** Whole, or what there was when the program was refused. */
  readonly evaluation: Evaluation;
  readonly refusals: readonly PlanRefusal[];
  /** The path that the program's own components refused, where that is why. */
  readonly refusedPath?: { readonly spec?: PathSpec; readonly findings: readonly Finding[] };
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
      onResource: ({ name }) => onResource?.(name),
    });
    return { ...about, evaluation, refusals: [] };
  } catch (error) {
    if (!(error instanceof ProgramError) || error.until === undefined) throw error;
    return { ...about, evaluation: error.until, ...reasons(error) };
  }
}

function identify(projectDir: string, stack: string) {
  try {
    const { name, config } = readProject(projectDir, stack);
    return { project: name, stack, region: config["aws:region"] };
  } catch (error) {
    if (error instanceof ProjectError) throw new Failure(error.message, 2);
    throw error;
  }
}

/** Errors of the path are findings; everything else is what the program or AWS said. */
function reasons(error: ProgramError): Pick<EvaluatedStack, "refusals" | "refusedPath"> {
  const { cause } = error;
  if (isPathError(cause)) return { refusals: [], refusedPath: cause };
  const refusals = error.refusals.map(({ code, message, source }) => ({ code, message, source }));
  return { refusals: refusals.length > 0 ? refusals : [{ message: error.message }] };
}

/** By its shape: the program has loaded a copy of the class of its own. */
function isPathError(
  error: unknown,
): error is { readonly spec?: PathSpec; readonly findings: readonly Finding[] } {
  return error instanceof Error && error.name === "PathError" && "findings" in error;
}
