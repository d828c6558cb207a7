/** A folder of one run: two runs of a stack at once must not write into each other's. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

let count = 0;

/** Creates a folder for this run, and removes those of runs that have ended. */
export function openRunFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (!isAlive(Number(name.split("-")[0]))) rmSync(path.join(parent, name), removal);
  }
  count += 1;
  const folder = path.join(parent, `${process.pid}-${count}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Removes a run's folder. */
export function closeRunFolder(folder: string): void {
  rmSync(folder, removal);
}

const removal = { recursive: true, force: true, maxRetries: 3 } as const;

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive, too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
