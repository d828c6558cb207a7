/**
 * Several lines of an access log in one, as `echo $LINES` and some chats print them, and as files
 * become that are put together without a line feed at their ends.
 */

/** Shorter lines are one. */
export const fewestGlued = 800;

const beginning = /(?:https?|h2|grpcs|wss?) \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z app\//g;

/** In the beginning, after its time; it is looked for first, which takes little time. */
const app = Buffer.from("Z app/");
/** More than the beginning of the first line has. */
const past = 60;

/** Where the second line and the others begin in `bytes[from..to)`, which begins with the first. */
export function furtherLines(bytes: Buffer, from: number, to: number): number[] {
  if (!bytes.subarray(from + past, to).includes(app)) return [];
  const text = bytes.toString("latin1", from, to);
  const [first, ...others] = [...text.matchAll(beginning)].map(({ index }) => index);
  if (first === undefined || text.slice(0, first).trim() !== "") return [];
  // Within quotes it is what a client sent.
  const quotes = (at: number): number => text.slice(0, at).split('"').length - 1;
  return others.filter((at) => quotes(at) % 2 === 0).map((at) => from + at);
}
