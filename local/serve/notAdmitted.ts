/** What becomes of a connection that no security group admits. */
import type { Socket } from "node:net";
import type { NotAdmitted } from "./types";

/**
 * Resets a connection at once, or leaves it silent until the caller gives up. AWS drops the packets,
 * so that a caller there waits for the connection itself; here the operating system has made it
 * already, and the caller waits for the first byte.
 */
export function turnAway(socket: Socket, how: NotAdmitted = "reset"): void {
  if (how === "reset") {
    socket.resetAndDestroy();
    return;
  }
  // Read and forgotten, so that the caller's own end is noticed.
  socket.resume();
  socket.once("end", () => socket.destroy());
}
