/** Stack traces of a run: places in the program's sources, at a cost that a run can bear. */
import { createRequire, findSourceMap } from "node:module";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Position } from "../model/types";

/** A place as the SDK sends it to the engine. */
export interface SourcePlace {
  /** `file:///…` */
  readonly uri: string;
  readonly line: number;
  readonly column: number;
}

/** How the SDK finds the place of a resource: newer versions with the first method, older with the second. */
interface Placing {
  stackTrace?: (skip: number) => (SourcePlace | undefined)[];
  sourcePosition?: () => SourcePlace | undefined;
}

/** What the SDK does with every promise that it makes. */
interface Debuggable {
  debuggablePromise: (...args: unknown[]) => unknown;
}

/**
 * Runs an action with stack traces only where something went wrong. The SDK takes one for every
 * promise that it makes, thousands in a run, and shows them only to who looks for leaks in the SDK
 * itself. Where it looks for the place of a resource it gets the nearest call in the program.
 *
 * @param file from which `@pulumi/pulumi` resolves to the SDK that the action uses
 */
export async function cheapTraces<T>(action: () => Promise<T>, file = __filename): Promise<T> {
  const load = createRequire(file);
  const sdk = load("@pulumi/pulumi/runtime/debuggable") as Debuggable;
  const { Resource: placing } = load("@pulumi/pulumi") as { readonly Resource: Placing };
  const { stackTrace, sourcePosition } = placing;
  if (stackTrace) placing.stackTrace = () => [callerInProgram()];
  if (sourcePosition) placing.sourcePosition = callerInProgram;
  const { debuggablePromise } = sdk;
  sdk.debuggablePromise = (...args) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...args);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  const before = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = (error, sites) => {
    const all = error instanceof CallerWanted ? undefined : sites;
    const caller = all ? undefined : sites.find((site) => inProgram(fileOf(site)));
    return [String(error), ...(all ?? (caller ? [caller] : [])).map(shown)].join("\n");
  };
  try {
    return await action();
  } finally {
    sdk.debuggablePromise = debuggablePromise;
    Object.assign(placing, stackTrace && { stackTrace }, sourcePosition && { sourcePosition });
    if (before) Object.defineProperty(Error, "prepareStackTrace", before);
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  }
}

/** A call as a stack trace shows it, with its place in the source rather than in what runs. */
function shown(site: NodeJS.CallSite): string {
  const caller = site.getFunctionName() ?? "<anonymous>";
  const file = fileOf(site);
  const [line, column] = [site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const place =
    entry && "originalLine" in entry
      ? `${entry.originalLine + 1}:${entry.originalColumn + 1}`
      : `${line}:${column}`;
  return `    at ${caller} (${file}:${place})`;
}

function fileOf(site: NodeJS.CallSite): string {
  const file = site.getFileName() ?? "native";
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}

const root = path.join(__dirname, "../..") + path.sep;
/** Our folders that run a program or are part of one; all others here are programs. */
const own = /^(cli|components|config|cost|local|logs|nginx|path|policy|rules|startup|topology)\b/;

const known = new Map<string, boolean>();

/** True for a file that the program's author wrote: no package's, no part of Node, none of ours. */
export function inProgram(file: string): boolean {
  let written = known.get(file);
  if (written === undefined) {
    // Yarn's own resolver is a file at the root of the project.
    const foreign = !path.isAbsolute(file) || /[\\/](?:node_modules[\\/]|\.pnp\.)/.test(file);
    written = !foreign && !(file.startsWith(root) && own.test(file.slice(root.length)));
    // Asked for every call of every resource's trace, and there are few files.
    known.set(file, written);
  }
  return written;
}

/** The nearest call in the program, of a trace of text; undefined where the trace has none. */
export function placeIn(stack: string | undefined): SourcePlace | undefined {
  for (const frame of (stack ?? "").split("\n")) {
    const [, file, line, column] = /^\s*at (?:.*\()?(.+?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (file === undefined || !inProgram(file)) continue;
    return { uri: pathToFileURL(file).href, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** Its trace is the nearest call in the program alone: most calls are the SDK's. */
class CallerWanted extends Error {}

/** The nearest call in the program that leads to the caller of this. */
export function callerInProgram(): SourcePlace | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  try {
    return placeIn(new CallerWanted().stack);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * A place as people read it.
 *
 * @param folder the program's
 */
export function positionOf(place: SourcePlace, folder: string): Position | undefined {
  if (!place.uri.startsWith("file:")) return undefined;
  const file = fileURLToPath(place.uri);
  if (!inProgram(file)) return undefined;
  const position = {
    file: path.relative(folder, file).split(path.sep).join("/"),
    line: place.line,
  };
  // Types that were taken out without a source map leave the line as it was, not the column.
  const asWritten = !/\.[cm]?tsx?$/.test(file) || findSourceMap(file) !== undefined;
  return asWritten ? { ...position, column: place.column } : position;
}
