/**
 * JSON in one line that is too long to keep, as Amazon Data Firehose and browsers write it: where it
 * can be cut so that no string and no number is in two parts.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const code = (sign: string): number => sign.charCodeAt(0);
const opening = [code("{"), code("[")];
const cuts = [code(","), code("}"), code("]")];

/** True where an object or an array begins, after spaces and a byte order mark. */
export function beginsJson(bytes: Buffer, from: number): boolean {
  const start = bytes.toString("utf8", from, from + 20).replace(/^\ufeff/, "");
  return opening.includes(code(start.trimStart()));
}

/** Where the last part of `bytes[from..to)` ends that is whole; undefined where there is none. */
export function cutInJson(bytes: Buffer, from: number, to: number): number | undefined {
  let last: number | undefined;
  let inText = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (inText && byte === BACKSLASH) at++;
    else if (byte === QUOTE) inText = !inText;
    else if (!inText && cuts.includes(byte)) last = at + 1;
  }
  return last;
}
