import { execFile } from "node:child_process";

/** Runs a tool to its end and hands out what it printed; its exit code says nothing that this does not. */
export function run(tool: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(tool, args, { maxBuffer: 1 << 26 }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}
