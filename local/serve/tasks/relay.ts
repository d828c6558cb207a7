/** Relays connections to the process that replaces a container. */
import net from "node:net";
import { plainAddress } from "../addresses";
import { closeServer, listenOn } from "./listening";
import { pipeSockets } from "./pipeSockets";

/** Where that process listens. */
export interface UpstreamAddress {
  readonly host: string;
  readonly port: number;
}

/** A listening relay. */
export interface Relay {
  close(): Promise<void>;
}

/**
 * Listens on an address and relays every connection to the first place that accepts it. If none
 * does, the connection is reset: nothing listens there yet.
 *
 * @param places the most likely first
 */
export async function startRelay(
  address: string,
  port: number,
  places: readonly UpstreamAddress[],
): Promise<Relay> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    void connectFirst(places, plainAddress(socket.remoteAddress)).then((inner) => {
      if (!inner) socket.resetAndDestroy();
      else if (socket.destroyed) inner.destroy();
      else pipeSockets(socket, inner);
    });
  });
  await listenOn(server, port, address);
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await closeServer(server);
    },
  };
}

/** The first place that accepts a connection. */
export async function connectFirst(
  places: readonly UpstreamAddress[],
  from?: string,
): Promise<net.Socket | undefined> {
  for (const { host, port } of places) {
    // A server on loopback sees the caller's address; one elsewhere cannot.
    const localAddress = from !== undefined && host.startsWith("127.") ? from : undefined;
    const socket = net.connect({ host, port, localAddress, noDelay: true });
    const connected = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => {
        resolve(true);
      });
      socket.once("error", () => {
        resolve(false);
      });
    });
    if (connected) return socket;
    socket.destroy();
  }
  return undefined;
}
