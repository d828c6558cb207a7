/** Programs that nobody here wrote: where they are, how to get them, how to run them. */
import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const built = path.join(__dirname, "..", "..", ".tools", "h2spec", "h2spec");

/** What a person does to get each. */
export const howToGet = {
  h2load: "run .ci/get-clients, or install nghttp2's clients with your system's packages",
  h2spec: "run .ci/get-h2spec",
} as const;

export type Tool = keyof typeof howToGet;

/** A tool's path; undefined: it is missing. */
export function findTool(tool: Tool): string | undefined {
  if (tool === "h2spec" && existsSync(built)) return built;
  return spawnSync(tool, ["--version"]).error === undefined ? tool : undefined;
}

/** For `before`: skips where a tool is missing; fails where everything must be there. */
export function need(tool: Tool): (this: Mocha.Context) => void {
  return function () {
    if (findTool(tool) !== undefined) return;
    if (process.env.HOPWISE_REQUIRE_ALL === "1") throw new Error(`no ${tool}: ${howToGet[tool]}`);
    console.warn(`skipped, no ${tool}: ${howToGet[tool]}`);
    this.skip();
  };
}

/** Runs a tool to its end and hands out what it printed; its exit code says nothing that this does not. */
export function run(tool: Tool, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(findTool(tool) ?? tool, args, { maxBuffer: 1 << 26 }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}
