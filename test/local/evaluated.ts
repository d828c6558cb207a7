/** Committed stacks with other settings, each evaluated once for all tests of a run. */
import { evaluate } from "../../local/program";
import { readProject } from "../../local/program/project";
import type { LocalResource } from "../../local/model/types";
import { projectDir } from "./serving";

const evaluated = new Map<string, Promise<readonly LocalResource[]>>();

/** @param settings by key; undefined: without this one */
export function resourcesWith(
  stack: string,
  settings: Readonly<Record<string, string | undefined>> = {},
): Promise<readonly LocalResource[]> {
  const project = readProject(projectDir, stack);
  const all = Object.entries({ ...project.config, ...settings });
  const config = Object.fromEntries(all.flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
  const key = JSON.stringify([stack, config]);
  const found =
    evaluated.get(key) ??
    evaluate({ projectDir, project: { ...project, config } }).then((made) => made.resources);
  evaluated.set(key, found);
  return found;
}
