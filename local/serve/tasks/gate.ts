/** The way in to a task: its address, guarded by its security group, in front of the real socket. */
import net from "node:net";
import { networks, plainAddress } from "../addresses";

/** How many addresses are tried when others are taken, by another stack served on this machine. */
const attempts = 200;

/**
 * A task's address. What listens on `inner` is the container; callers of `outer` are let through by
 * the security group or reset, and seen by the container under their own address.
 */
export class Gate {
  private readonly sockets = new Set<net.Socket>();

  private constructor(
    /** 127.0.3.N: what others call. */
    readonly outer: string,
    /** 127.0.4.N: where the container listens. */
    readonly inner: string,
    private readonly servers: readonly net.Server[],
  ) {}

  /**
   * Takes the first address on which all of the ports are free.
   *
   * @throws when none is, or when loopback has only one address (macOS)
   */
  static async open(
    ports: readonly number[],
    admits: (address: string, port: number) => boolean,
  ): Promise<Gate> {
    for (let n = 1; n <= attempts; n += 1) {
      const servers: net.Server[] = [];
      const gate = new Gate(`${networks.task}.${n}`, `${networks.taskSocket}.${n}`, servers);
      try {
        for (const port of ports) {
          const server = net.createServer({ noDelay: true }, (socket) => {
            gate.accept(socket, port, admits);
          });
          servers.push(server);
          await listen(server, gate.outer, port);
        }
        return gate;
      } catch (error) {
        await gate.close();
        if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      }
    }
    throw new Error(
      `Port ${ports.join(", ")} is taken on every address from ${networks.task}.1 to ${networks.task}.${attempts}: something listens on all addresses. Stop it, or choose another container port.`,
    );
  }

  /** Stops listening and ends every connection that came through. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(
      this.servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => {
              resolve();
            });
          }),
      ),
    );
  }

  private accept(
    socket: net.Socket,
    port: number,
    admits: (address: string, port: number) => boolean,
  ): void {
    const caller = plainAddress(socket.remoteAddress);
    socket.on("error", () => socket.destroy());
    if (!admits(caller, port)) {
      socket.resetAndDestroy();
      return;
    }
    const inner = net.connect({ host: this.inner, port, localAddress: caller, noDelay: true });
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      this.sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}

function listen(server: net.Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
