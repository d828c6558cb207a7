import { execFile } from "node:child_process";

/** How a program ended. */
export interface ProgramResult {
  /** Undefined: there is no such program. */
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, which it is brought to when it takes too long or says too much. */
export function runProgram(
  program: string,
  words: readonly string[],
  options: { readonly cwd?: string; readonly milliseconds: number },
): Promise<ProgramResult> {
  const { cwd, milliseconds: timeout } = options;
  return new Promise((resolve) => {
    execFile(
      program,
      [...words],
      { cwd, timeout, maxBuffer: 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error?.code === "ENOENT") resolve({ stdout, stderr });
        else
          resolve({
            code: error ? (typeof error.code === "number" ? error.code : 1) : 0,
            stdout,
            stderr,
          });
      },
    );
  });
}
