/** What is known about watched names, and the digest of it that is committed. */
import { createHash } from "node:crypto";

export interface Entry {
  /** Type, values, bounds and whether it is required, on one line. */
  readonly form: string;
  /** AWS's own words, as text. */
  readonly words: string;
}

/** By shape or type, then by member; the member `""` is the shape itself. */
export type Entries = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

/** The same with a line of text for each entry: its form, and a hash of the words. */
export type Digest = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Collects entries. */
export class Collected extends Map<string, Map<string, Entry>> {
  add(shape: string, member: string, form: string, words: string): void {
    const members = this.get(shape) ?? new Map<string, Entry>();
    members.set(member, { form, words });
    this.set(shape, members);
  }
}

/** The form of a line of the digest, and the hash of the words; without words there is none. */
export function parts(line: string): { form: string; hash?: string } {
  const [, form = "", hash] = /^(.*?)(?: #(\w+))?$/.exec(line) ?? [];
  return { form, hash };
}

function lineOf({ form, words }: Entry): string {
  if (words === "") return form;
  const hash = createHash("sha256").update(words.replace(/\s+/g, " ")).digest("hex");
  return `${form} #${hash.slice(0, 6)}`;
}

export function digestOf(entries: Entries): Digest {
  return sorted(entries, (members) => sorted(members, lineOf));
}

function sorted<From, To>(
  map: ReadonlyMap<string, From>,
  value: (from: From) => To,
): Record<string, To> {
  const names = [...map.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, value(map.get(name) as From)]));
}
