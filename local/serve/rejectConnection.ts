/** What happens to a connection that no security group admits. */
import type { Socket } from "node:net";
import type { NotAdmitted } from "./types";

/**
 * Resets a connection at once, or does not answer until the caller gives up. AWS drops the packets,
 * so a caller there waits for the connection itself; here the operating system has already accepted
 * it, and the caller waits for the first byte.
 */
export function rejectConnection(socket: Socket, how: NotAdmitted = "reset"): void {
  if (how === "reset") {
    socket.resetAndDestroy();
    return;
  }
  // Read and dropped, to notice when the caller disconnects.
  socket.resume();
  socket.once("end", () => socket.destroy());
}
