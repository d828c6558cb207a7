/** The files that the arguments name: files, folders with all that is in them, patterns. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";

/** A file to read. */
export interface LogFile {
  readonly path: string;
  readonly bytes: number;
}

/** What the arguments come to. */
export interface Found {
  readonly files: readonly LogFile[];
  /** Arguments that name nothing that can be read, each with why. */
  readonly problems: readonly string[];
}

/** AWS writes these to see whether it may write; there is no log in them. */
const testFile = /(^|[\\/])ELB\w+TestFile$/;

function inFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return inFolder(name);
    return entry.isFile() || entry.isSymbolicLink() ? [name] : [];
  });
}

/** Finds the files of the arguments, each once, in the order of the arguments and of their names. */
export function findLogs(args: readonly string[]): Found {
  const problems: string[] = [];
  const files = new Map<string, LogFile>();
  const add = (name: string, bytes: number): void => {
    const key = path.resolve(name);
    if (!files.has(key)) files.set(key, { path: name, bytes });
  };
  for (const arg of args) {
    const stat = statSync(arg, { throwIfNoEntry: false });
    const names = stat?.isDirectory()
      ? inFolder(arg)
      : stat === undefined && isDynamicPattern(arg)
        ? globSync(arg, { dot: false, expandDirectories: false })
        : undefined;
    if (names === undefined) {
      if (stat === undefined) problems.push(`there is no ${arg}`);
      else if (stat.isFile() || stat.isFIFO()) add(arg, stat.size);
      else problems.push(`${arg} is neither a file nor a folder`);
      continue;
    }
    for (const name of names.sort()) {
      const found = statSync(name, { throwIfNoEntry: false });
      if (found?.isFile() && !testFile.test(name)) add(name, found.size);
    }
    if (names.length === 0)
      problems.push(stat === undefined ? `nothing matches ${arg}` : `${arg} has no files in it`);
  }
  return { files: [...files.values()], problems };
}
