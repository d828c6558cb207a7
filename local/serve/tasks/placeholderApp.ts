/** Replaces an app container whose image cannot run here: describes each request. */
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A running placeholder. */
export interface PlaceholderApp {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers every request with 200 and a JSON description of it. */
export async function startPlaceholderApp(
  name: string,
  address: string,
  port: number,
): Promise<PlaceholderApp> {
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    const { method, url, httpVersion, headers } = request;
    let bodyBytes = 0;
    request.on("data", (chunk: Buffer) => {
      bodyBytes += chunk.length;
    });
    request.on("end", () => {
      const seen = { standsFor: name, method, url, httpVersion, headers, bodyBytes };
      response.setHeader("content-type", "application/json");
      response.end(`${JSON.stringify(seen)}\n`);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
