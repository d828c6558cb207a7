/** What is in a folder, as one text: it changes when, and only when, a file of it does. */
import { createHash, type Hash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** Adds the names and contents of a folder's files to a hash; a folder that is missing has none. */
export function hashFolder(hash: Hash, folder: string): void {
  for (const file of filesOf(folder)) {
    hash.update(path.relative(folder, file)).update(fs.readFileSync(file));
  }
}

/** Digest of a folder's files. */
export function folderDigest(folder: string): string {
  const hash = createHash("sha256");
  hashFolder(hash, folder);
  return hash.digest("hex");
}

function filesOf(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const entries = fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name));
  return entries.flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name === ".git" ? [] : filesOf(full);
    return entry.isFile() ? [full] : [];
  });
}
