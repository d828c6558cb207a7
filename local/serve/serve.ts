/** Serves recorded resources on loopback: CloudFront, load balancers, tasks, security groups. */
import type { LocalResource } from "../types";
import { explainListenError } from "./front";
import { Running } from "./running";
import { readTopology } from "./topology";
import type { Served, ServeOptions } from "./types";

/** Port of the front door unless another one is wished. */
const defaultPort = 8443;

/** The resources cannot be served, or the machine does not let them be. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}

/**
 * Serves the resources until closed.
 *
 * @throws {ServeError} with every problem of the resources at once, or with what to do about a port
 * or an address; nothing is left running
 */
export async function serve(
  resources: readonly LocalResource[],
  options: ServeOptions,
): Promise<Served> {
  const topology = readTopology(resources);
  if (topology.problems.length > 0) {
    const lines = topology.problems.map((problem) => `  ${problem}`);
    throw new ServeError(["These resources cannot be served:", ...lines].join("\n"));
  }
  const port = options.port ?? defaultPort;
  const running = new Running(topology, options, port);
  try {
    return await running.open();
  } catch (error) {
    await running.close();
    const explained = explainListenError(error as NodeJS.ErrnoException, port);
    throw explained === undefined ? error : new ServeError(explained, { cause: error });
  }
}
