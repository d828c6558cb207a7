/** Listening and closing, as promises. */
import net from "node:net";

/** Listens. @throws the operating system's error */
export function listenOn(server: net.Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Stops listening; resolves when the last connection has ended. */
export function closeServer(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/**
 * A port that nothing listens on, on loopback or on every address: where something does on every
 * address, the system gives out the port on no other one.
 */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await listenOn(server, 0, "127.0.0.1");
  const { port } = server.address() as net.AddressInfo;
  await closeServer(server);
  return port;
}
