/** The files that the arguments name: files, folders with all that is in them, patterns. */
import { readdirSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";

/** A file to read. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
}

/** The files of the arguments. */
export interface FoundLogs {
  readonly files: readonly InputFile[];
  /** Arguments that name nothing that can be read, each with why. */
  readonly problems: readonly string[];
  /** Files and folders within the arguments that cannot be read, each with the reason. */
  readonly unreadable: readonly { readonly file: string; readonly problem: string }[];
}

/** AWS writes these to see whether it may write; there is no log in them. */
const testFile = /(^|[\\/])ELB\w+TestFile$/;

/** Called with a file or folder that cannot be read. */
type OnUnreadable = (file: string, error: unknown) => void;

function inFolder(folder: string, miss: OnUnreadable): string[] {
  const entries = attempt(() => readdirSync(folder, { withFileTypes: true }), folder, miss) ?? [];
  return entries.flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return inFolder(name, miss);
    return entry.isFile() || entry.isSymbolicLink() ? [name] : [];
  });
}

/** Undefined where it fails: links in a circle, no permission, a name that is too long. */
function attempt<T>(read: () => T, file: string, miss: OnUnreadable): T | undefined {
  try {
    return read();
  } catch (error) {
    miss(file, error);
    return undefined;
  }
}

const statOf = (name: string, miss: OnUnreadable): Stats | undefined =>
  attempt(() => statSync(name, { throwIfNoEntry: false }), name, miss);

/** Finds the files of the arguments, each once, in the order of the arguments and of their names. */
export function findLogs(
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): FoundLogs {
  const problems: string[] = [];
  const unreadable: { file: string; problem: string }[] = [];
  const miss: OnUnreadable = (file, error) => {
    unreadable.push({ file, problem: error instanceof Error ? error.message : String(error) });
  };
  const files = new Map<string, InputFile>();
  const add = (name: string, bytes: number): void => {
    const key = path.resolve(name);
    if (!files.has(key)) files.set(key, { path: name, bytes });
  };
  for (const arg of args) {
    const missed = unreadable.length;
    const stat = statOf(arg, miss);
    // In a pattern a backslash is what takes a sign its meaning.
    const pattern = platform === "win32" ? arg.replaceAll("\\", "/") : arg;
    if (unreadable.length > missed) continue;
    const names = stat?.isDirectory()
      ? inFolder(arg, miss)
      : stat === undefined && isDynamicPattern(pattern)
        ? globSync(pattern, { dot: false, expandDirectories: false })
        : undefined;
    if (names === undefined) {
      if (stat === undefined) problems.push(`there is no ${arg}`);
      else if (stat.isFile() || stat.isFIFO()) add(arg, stat.size);
      else problems.push(`${arg} is neither a file nor a folder`);
      continue;
    }
    for (const name of names.sort()) {
      const found = statOf(name, miss);
      if (found?.isFile() && !testFile.test(name)) add(name, found.size);
    }
    if (names.length === 0 && unreadable.length === missed)
      problems.push(stat === undefined ? `nothing matches ${arg}` : `${arg} has no files in it`);
  }
  return { files: [...files.values()], problems, unreadable };
}
