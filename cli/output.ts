/** Files that a command writes. */
import { writeFile } from "node:fs/promises";
import { CommandFailure } from "./failure";

/** @throws {CommandFailure} with exit code 2 where the file cannot be written */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandFailure(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}
