/** The workflow of the example of preview environments, for the tests that read and run it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

export const previewFolder = path.join(__dirname, "../examples/preview-environments");

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
}

export interface Workflow {
  readonly on: { readonly pull_request: { readonly types: readonly string[] } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress"?: boolean };
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: {
    readonly preview: { readonly if: string; readonly steps: readonly Step[] };
  };
}

export const previewWorkflow = parse(
  fs.readFileSync(path.join(previewFolder, "preview.yml"), "utf8"),
) as Workflow;

/** The step of that name. */
export function step(name: string): Step & { readonly run: string } {
  const found = previewWorkflow.jobs.preview.steps.find((one) => one.name === name);
  if (found?.run === undefined) throw new Error(`the workflow has no step ${name} with commands`);
  return { ...found, run: found.run };
}
