/** What appeared, changed or went between two states, in words. */
import { wrap } from "../../cli/text";
import { Digest, digestOf, Entries, Entry, parts } from "./entries";

export interface Change {
  readonly kind: "appeared" | "changed" | "went";
  readonly shape: string;
  readonly member: string;
  /** Forms; of what changed, only where the form did. */
  readonly was?: string;
  readonly is?: string;
  /** AWS's words: all of what appeared; of what changed, where they did, and the words before if known. */
  readonly words?: string;
  readonly wordsBefore?: string;
}

/** @param earlier the entries that `before` was made of, where they are known: for AWS's words */
export function compare(before: Digest, after: Entries, earlier?: Entries): Change[] {
  const now = digestOf(after);
  const shapes = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return shapes.flatMap((shape) => {
    const [old = {}, young = {}] = [before[shape], now[shape]];
    const members = [...new Set([...Object.keys(old), ...Object.keys(young)])].sort();
    return members.flatMap((member) =>
      changeOf(
        { shape, member },
        [old[member], young[member]],
        [earlier?.get(shape)?.get(member), after.get(shape)?.get(member)],
      ),
    );
  });
}

function changeOf(
  name: Pick<Change, "shape" | "member">,
  [before, after]: readonly [string | undefined, string | undefined],
  [earlier, later]: readonly [Entry | undefined, Entry | undefined],
): Change[] {
  if (before === after) return [];
  const was = before === undefined ? undefined : parts(before);
  const is = after === undefined ? undefined : parts(after);
  if (was === undefined) return [{ kind: "appeared", ...name, is: is?.form, words: later?.words }];
  if (is === undefined)
    return [{ kind: "went", ...name, was: was.form, wordsBefore: earlier?.words }];
  return [
    {
      kind: "changed",
      ...name,
      ...(was.form !== is.form && { was: was.form, is: is.form }),
      ...(was.hash !== is.hash && { words: later?.words, wordsBefore: earlier?.words }),
    },
  ];
}

const WIDTH = 96;

/** The changes as text, AWS's words included. */
export function describe(changes: readonly Change[]): string {
  const kinds = ["appeared", "changed", "went"] as const;
  const counts = kinds.map((kind) => [changes.filter((one) => one.kind === kind).length, kind]);
  return [counts.map((pair) => pair.join(" ")).join(", "), ...changes.map(describeOne)].join(
    "\n\n",
  );
}

function describeOne(change: Change): string {
  const { kind, shape, member, was, is, words, wordsBefore } = change;
  const name = member === "" ? shape : `${shape}.${member}`;
  const lines = [`${kind}: ${name}`];
  if (kind === "changed" && was !== undefined && is !== undefined)
    lines.push(...formChange(was, is));
  else lines.push(...indented(is ?? was ?? "", "  "));
  if (kind === "changed" && words !== undefined && wordsBefore !== undefined)
    lines.push(
      ...sentences("- ", without(wordsBefore, words)),
      ...sentences("+ ", without(words, wordsBefore)),
    );
  else if (kind === "changed" && words !== undefined)
    lines.push("  The documentation changed. It is now:", ...indented(words, "    "));
  else lines.push(...indented(words ?? wordsBefore ?? "", "    "));
  return lines.join("\n");
}

/** Of long lists of values only what differs. */
function formChange(was: string, is: string): string[] {
  const [before, after] = [valuesOf(was), valuesOf(is)];
  if (before.rest !== after.rest || was.length + is.length < WIDTH)
    return [...indented(`was ${was}`, "  "), ...indented(`now ${is}`, "  ")];
  const gone = before.values.filter((value) => !after.values.includes(value));
  const come = after.values.filter((value) => !before.values.includes(value));
  return [
    ...indented(gone.length > 0 ? `no longer one of its values: ${gone.join(" ")}` : "", "  "),
    ...indented(come.length > 0 ? `new among its values: ${come.join(" ")}` : "", "  "),
  ];
}

function valuesOf(form: string): { rest: string; values: string[] } {
  const [, start = form, values = "", end = ""] = /^(.*)\{([^}]*)\}(.*)$/.exec(form) ?? [];
  return { rest: start + end, values: values.split(" ") };
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.:!?])\s+|\n/);

function without(text: string, other: string): string[] {
  const known = new Set(sentencesOf(other));
  return sentencesOf(text).filter((sentence) => !known.has(sentence));
}

const sentences = (sign: string, list: readonly string[]): string[] =>
  list.flatMap((sentence) => hanging(sentence.trim(), `    ${sign}`));

/** Every line of a text wrapped, its own indent kept. */
function indented(text: string, by: string): string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => hanging(line.trim(), by + (/^ *(- )?/.exec(line)?.[0] ?? "")));
}

/** A text after `start`; further lines are as far in. */
function hanging(text: string, start: string): string[] {
  return wrap(text.replace(/^- /, ""), WIDTH - start.length).map(
    (line, at) => (at === 0 ? start : " ".repeat(start.length)) + line,
  );
}
