import { setTimeout } from "node:timers/promises";

/** How long is waited for what must happen. Only a hang takes so long, on a busy machine too. */
export const timeoutMs = 120_000;

/** Waits until a condition holds, where no event says so. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + timeoutMs; !holds();) {
    if (Date.now() > end) throw new Error(`still not so after ${timeoutMs / 1000} s: ${what}`);
    await setTimeout(10);
  }
}
