import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { Failure } from "../failure";

/** Both endings that Pulumi accepts. */
const projectFiles = ["Pulumi.yaml", "Pulumi.yml"];

/** Names of the stacks that a project folder has settings for. */
export function stacksOf(projectDir: string): string[] {
  return readdirSync(projectDir)
    .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
    .sort();
}

/**
 * The project's folder, when it holds a Pulumi program and that stack's settings.
 * Programs that need no settings may have no stack file at all; but where some stacks have one, a
 * stack without is a misspelling.
 */
export function findProject(folder: string, stack: string): string {
  const projectDir = resolve(folder);
  if (!existsSync(projectDir)) throw new Failure(`There is no folder ${projectDir}.`);
  if (!projectFiles.some((file) => existsSync(join(projectDir, file))))
    throw new Failure(
      `There is no Pulumi program in ${projectDir}: it has no Pulumi.yaml. ` +
        "Name the program's folder with --project DIR.",
    );
  const stacks = stacksOf(projectDir);
  if (stacks.length > 0 && !stacks.includes(stack)) {
    const nearest = closest(stack, stacks);
    const meant = distance(stack, nearest) <= 2 ? ` Did you mean ${nearest}?` : "";
    throw new Failure(
      `There is no stack ${stack}: ${join(projectDir, `Pulumi.${stack}.yaml`)} does not exist.${meant}\n` +
        `The stacks here: ${stacks.join(", ")}.`,
    );
  }
  return projectDir;
}
