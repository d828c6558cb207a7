/** Random bytes for ids, drawn from the system many at a time: one by one they cost more than a hop. */
import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(8192);
let used = pool.length;

/** So many random bytes, as text. */
export function randomText(bytes: number, encoding: "hex" | "base64url"): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString(encoding, used - bytes, used);
}
