/** What a program may not leave behind in this process: its folder, its modules, its errors. */
import { createRequire } from "node:module";
import * as path from "node:path";
import { inProgram } from "./traces";

let last: Promise<unknown> = Promise.resolve();

/** Runs one action after another: working directory, modules and handlers belong to the process. */
export function inSequence<T>(action: () => Promise<T>): Promise<T> {
  const turn = last.then(action, action);
  last = turn.catch(() => undefined);
  return turn;
}

/** Runs an action in a working directory. */
export async function inDirectory<T>(dir: string, action: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(dir);
  try {
    return await action();
  } finally {
    process.chdir(before);
  }
}

/**
 * Gives the action a loader that runs the program's files in the folders anew, and puts back what was
 * loaded of them before. Packages are shared, and so is what a checkout of ours gives to its own
 * program: they hold no state of one.
 */
export async function freshModules<T>(
  dirs: readonly string[],
  action: (load: (file: string) => unknown) => Promise<T>,
): Promise<T> {
  const load = createRequire(path.join(dirs[0] ?? "", "package.json"));
  if (!readsTypeScript()) load(require.resolve("tsx/cjs"));
  const cache = load.cache;
  const own = (file: string): boolean =>
    dirs.some((dir) => file.startsWith(dir + path.sep)) && inProgram(file);
  const take = (): [string, NodeJS.Module | undefined][] =>
    Object.keys(cache)
      .filter(own)
      .map((file) => {
        const entry: [string, NodeJS.Module | undefined] = [file, cache[file]];
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- that is how a module is forgotten
        delete cache[file];
        return entry;
      });
  const before = take();
  try {
    return await action((file) => load(file) as unknown);
  } finally {
    take();
    for (const [file, module] of before) cache[file] = module;
  }
}

/** True where a loader for TypeScript (tsx, ts-node) is registered already. */
function readsTypeScript(): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way to ask
  return ".ts" in require.extensions;
}

const events = ["unhandledRejection", "uncaughtException"] as const;
type Listener = (...args: unknown[]) => void;

/** Milliseconds without another error after which a program that failed is not waited for. */
const quietMs = 300;
/** Seconds that a program may take altogether. */
const patience = 120;

/**
 * Runs an action and returns everything that went wrong, once each: what it threw, and what nobody
 * caught, which is where errors inside of `apply` and of failed registrations come up. The SDK never
 * ends a program some of whose values failed: `givenUp` resolves when it should not be waited for
 * any longer. With `over` the action says that the program has ended.
 */
export async function collectingErrors(
  action: (run: { givenUp: Promise<undefined>; over: () => void }) => Promise<unknown>,
  seconds = patience,
): Promise<unknown[]> {
  const errors = new Set<unknown>();
  let quiet: NodeJS.Timeout | undefined;
  let giveUp: () => void = () => undefined;
  const givenUp = new Promise<undefined>((resolve) => {
    giveUp = () => {
      resolve(undefined);
    };
  });
  const collect = (error: unknown): void => {
    errors.add(error);
    clearTimeout(quiet);
    quiet = setTimeout(giveUp, quietMs);
  };
  const stuck = (): void => {
    collect(new ProgramStuck(waitsForever));
  };
  const late = setTimeout(() => {
    collect(
      new ProgramStuck(
        `The program did not end within ${seconds} s; what it declared until then is shown. ` +
          "A program that only takes long needs a higher --time-limit.",
      ),
    );
  }, seconds * 1000).unref();
  const over = (): void => {
    clearTimeout(late);
    process.off("beforeExit", stuck);
  };
  // Nothing is left to do, and the program has not ended.
  process.on("beforeExit", stuck);
  const before = events.map(
    (event) => process.listeners(event as "uncaughtException") as Listener[],
  );
  for (const event of events) process.removeAllListeners(event).on(event, collect);
  try {
    await action({ givenUp, over });
    // Node reports a rejection once the microtasks of its turn are over.
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    collect(error);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    over();
    clearTimeout(quiet);
    events.forEach((event, i) => {
      process.removeListener(event, collect);
      for (const listener of before[i] ?? []) process.on(event, listener);
    });
  }
  return [...errors];
}

const waitsForever = "The program does not end: it waits for something that never comes.";

/**
 * The error of a program that waits for what never comes, with what that may be.
 *
 * @param stacks that the program refers to, and whose outputs are not known
 */
export function withReason(error: unknown, stacks: readonly string[]): unknown {
  const stuck = error instanceof ProgramStuck && error.message === waitsForever;
  if (!stuck || stacks.length === 0) return error;
  const text = `${error.message} That may be an output of ${stacks.join(" or ")}, which is not known here: give it with --stack-outputs STACK=FILE, the file as pulumi stack output --json --stack STACK prints it.`;
  return new ProgramStuck(text);
}

/** A program that waits for what never comes. */
class ProgramStuck extends Error {
  override readonly stack = undefined;
}
