/** What a command writes: files, and standard output. */
import { writeFile } from "node:fs/promises";
import { CommandFailure } from "./failure";

/**
 * Has a command say that its output cannot be written, as on a full disk, and fail. A reader that has
 * read enough (`hopwise finding CODE | head`) is no error.
 */
export function watchOutput(): void {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") return;
    process.stderr.write(`The output cannot be written: ${message}\n`);
    process.once("exit", () => (process.exitCode = 1));
  });
  // There is nobody to tell.
  process.stderr.on("error", () => undefined);
}

/** @throws {CommandFailure} with exit code 2 where the file cannot be written */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandFailure(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}
