/** Folders for the time of a run. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { CommandFailure } from "./failure";

/**
 * Makes a new folder in the system's one for temporary files.
 *
 * @throws {CommandFailure} where nothing can be written there: no space, no permission, no folder
 */
export function temporaryFolder(prefix: string): string {
  const parent = tmpdir();
  try {
    return mkdtempSync(path.join(parent, prefix));
  } catch (error) {
    throw new CommandFailure(
      `Temporary files cannot be written in ${parent} (${(error as Error).message}). ` +
        "Set TMPDIR (on Windows TEMP) to a folder where they can.",
    );
  }
}
