import { evaluate, type Evaluation } from "../../local/program";
import type { LocalResource } from "../../local/types";
import { startProgress } from "../show/progress";
import type { Screen } from "../screen";
import { count, seconds } from "../text";

/** `aws:ecs/service:Service` as `ecs Service`. */
export function shortType(token: string): string {
  const [packageName = "", module = "", type = ""] = token.split(":");
  const group = module.split("/")[0] ?? "";
  return [packageName === "aws" ? group : packageName, type].join(" ");
}

/** Runs the stack's program on the local AWS and shows its resources being created. */
export async function evaluateProgram(
  projectDir: string,
  stack: string,
  screen: Screen,
  verbose: boolean,
): Promise<Evaluation> {
  const started = Date.now();
  const progress = startProgress("Loading the program", screen, verbose);
  let created = 0;
  try {
    const result = await evaluate({
      projectDir,
      stack,
      onResource: (resource: LocalResource) => {
        created += 1;
        if (verbose) screen.print(`  ${shortType(resource.type).padEnd(34)}  ${resource.name}`);
        else progress.now(`Creating ${shortType(resource.type)} ${resource.name} (${created})`);
      },
    });
    progress.done(
      `${count(result.resources.length, "resource")} on the local AWS in ${seconds(Date.now() - started)}`,
    );
    return result;
  } catch (error) {
    progress.clear();
    throw error;
  }
}
