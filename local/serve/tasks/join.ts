/** Two sockets as one connection. */
import type net from "node:net";

/** Passes on what either side sends; the end of one is the end of both. */
export function join(a: net.Socket, b: net.Socket): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    one.on("error", () => other.destroy());
    // What the other side has not sent yet is still sent.
    one.on("close", () => {
      other.destroySoon();
    });
    one.pipe(other);
  }
}
