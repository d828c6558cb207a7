/** Compares the bytes of a line without creating a string. */

/** True when a word begins at `start`. */
export function is(bytes: Buffer, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** True for the types of requests: `http`, `https`, `h2`, `grpcs`, `ws` and `wss`. */
export function isType(bytes: Buffer, start: number, end: number): boolean {
  switch (end - start) {
    case 2:
      return is(bytes, start, "h2") || is(bytes, start, "ws");
    case 3:
      return is(bytes, start, "wss");
    case 4:
      return is(bytes, start, "http");
    case 5:
      return is(bytes, start, "https") || is(bytes, start, "grpcs");
    default:
      return false;
  }
}
