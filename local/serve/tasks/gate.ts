/** The entry to a task: its address, guarded by its security group, in front of the real socket. */
import net from "node:net";
import { networks, plainAddress } from "../addresses";
import { rejectConnection } from "../rejectConnection";
import type { NotAdmitted } from "../types";
import { pipeSockets } from "./pipeSockets";
import { closeServer, listenOn } from "./listening";

/**
 * The port on `inner` that is kept while the gate is open, so that no other stack on this machine
 * takes the address before the containers listen: the highest one that they do not use.
 */
const keptPort = (used: readonly number[]): number => {
  let port = 65_535;
  while (used.includes(port)) port -= 1;
  return port;
};

/** How many addresses are tried when some are taken by another stack on this machine. */
const attempts = 200;

/**
 * A task's address. The container listens on `inner`. The security group admits or rejects callers
 * of `outer`, and the container sees them with their own address.
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
   * @param within ports on which only the task's own containers call, on `inner`
   * @throws if there is none, or if loopback has only one address (macOS)
   */
  static async open(
    ports: readonly number[],
    within: readonly number[],
    admits: (address: string, port: number) => boolean,
    notAdmitted?: NotAdmitted,
  ): Promise<Gate> {
    for (let n = 1; n <= attempts; n += 1) {
      const servers: net.Server[] = [];
      const gate = new Gate(`${networks.task}.${n}`, `${networks.taskSocket}.${n}`, servers);
      try {
        for (const port of ports) {
          const server = net.createServer({ noDelay: true }, (socket) => {
            gate.take(socket);
            if (admits(plainAddress(socket.remoteAddress), port)) gate.pass(socket, port);
            else rejectConnection(socket, notAdmitted);
          });
          servers.push(server);
          await listenOn(server, port, gate.outer);
        }
        const used = [...ports, ...within];
        const keeper = net.createServer((socket) => socket.destroy());
        servers.push(keeper);
        await listenOn(keeper, keptPort(used), gate.inner);
        for (const port of used) {
          const probe = net.createServer();
          await listenOn(probe, port, gate.inner);
          await closeServer(probe);
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

  /** Stops listening and ends every admitted connection. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map(closeServer));
  }

  private take(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  }

  /** Relays a connection to the container, which sees the caller's own address. */
  private pass(socket: net.Socket, port: number): void {
    const localAddress = plainAddress(socket.remoteAddress);
    const inner = net.connect({ host: this.inner, port, localAddress, noDelay: true });
    this.take(inner);
    pipeSockets(socket, inner);
  }
}
