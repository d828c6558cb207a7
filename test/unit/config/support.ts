/** What the tests of the settings have in common. */
import { parseSettings, SettingsError, type Problem, type SettingsContext } from "../../../config";
import { region, type Raw } from "./rows";

export const context: SettingsContext = { region };

/** The problems of settings; none where they are right. Any other exception fails the test. */
export function problemsOf(raw: Raw, around: SettingsContext = context): readonly Problem[] {
  try {
    parseSettings(raw, around);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/**
 * Does what a problem's change says, to a copy: `pulumi config set` and `rm`, and renaming a key.
 * Undefined for a change that only people can make.
 */
export function follow(change: string, problemKey: string, raw: Raw): Raw | undefined {
  return change
    .split(" && ")
    .reduce<Raw | undefined>((done, one) => done && step(one, problemKey, done), raw);
}

function step(change: string, problemKey: string, raw: Raw): Raw | undefined {
  const copy = structuredClone(raw);
  const set = /^pulumi config set (--path )?(\S+|'.+?') (\S+|'.+?')$/.exec(change);
  if (set) {
    put(copy, place(set[1], set[2] ?? ""), set[3] ?? "");
    return copy;
  }
  const remove = /^pulumi config rm (--path )?(\S+|'.+?')$/.exec(change);
  if (remove) {
    put(copy, place(remove[1], remove[2] ?? ""), undefined);
    return copy;
  }
  const rename = /^rename it to (\S+) in the stack file$/.exec(change);
  if (!rename) return undefined;
  put(copy, steps(rename[1] ?? ""), take(copy, steps(problemKey)));
  return copy;
}

/** Without `--path` a key is one name, whatever is in it. */
const place = (path: string | undefined, key: string): (string | number)[] =>
  path === undefined ? [key.replace(/^'|'$/g, "").replace("hopwise:", "")] : steps(key);

/** The steps of a key as it is typed: `'hopwise:tags["a.b"]'`. */
function steps(key: string): (string | number)[] {
  const bare = key.replace(/^'|'$/g, "").replace("hopwise:", "");
  return [...bare.matchAll(/\[(\d+)\]|\["(.+?)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
}

function put(into: Raw, path: readonly (string | number)[], value: unknown): void {
  const last = path.at(-1) ?? "";
  const holder = path.slice(0, -1).reduce<Raw>((group, step, index) => {
    group[step] ??= typeof path[index + 1] === "number" ? [] : {};
    return group[step] as Raw;
  }, into);
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy of test data
  else delete holder[last];
}

function take(from: Raw, path: readonly (string | number)[]): unknown {
  const value = path.reduce<unknown>((group, step) => (group as Raw)[step], from);
  put(from, path, undefined);
  return value;
}
