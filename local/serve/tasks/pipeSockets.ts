/** Two sockets as one connection. */
import type net from "node:net";

/** Relays data in both directions; the end of one side ends both. */
export function pipeSockets(a: net.Socket, b: net.Socket): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    one.on("error", () => other.destroy());
    // Data that is buffered for the other side is still sent.
    one.on("close", () => {
      other.destroySoon();
    });
    one.pipe(other);
  }
}
