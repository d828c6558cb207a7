/** Serves recorded resources on loopback: CloudFront, load balancers, tasks, security groups. */
import type { LocalResource } from "../model/types";
import { Deployments } from "./deployments";
import { explainListenError } from "./front";
import { Running } from "./running";
import { ServeError } from "./serveError";
import { viewOf } from "./served";
import { readTopology } from "../../topology";
import { unknownContainers } from "./tasks/containerNames";
import type { Topology } from "../../topology/types";
import type { Served, ServeOptions } from "./types";

/** Default port of the front. */
const defaultPort = 8443;

/**
 * Serves the resources until it is closed.
 *
 * @throws {ServeError} with every problem of the resources at once, or with what to do about a port
 * or an address; nothing keeps running
 */
export async function serve(
  resources: readonly LocalResource[],
  options: ServeOptions,
): Promise<Served> {
  let declared = servableTopology(resources, options);
  const deployments = new Deployments();
  deployments.adopt(declared);
  const port = options.port ?? defaultPort;
  const running = new Running(deployments.apply(declared), options, port);
  try {
    await running.open();
  } catch (error) {
    await running.close();
    throw explained(error, port);
  }
  /** Changes what runs; what decides about it is changed before, and reverted where that fails. */
  const change = (prepare: () => Topology): Promise<void> =>
    running.inTurn(async () => {
      const before = deployments.all;
      const next = prepare();
      try {
        await running.change(deployments.apply(next));
        declared = next;
        for (const { service, steps, at } of deployments.all) {
          const step = steps[at];
          const moved = before.some((one) => one.service === service && one.at !== at);
          if (moved && step) options.onEvent?.({ kind: "deployment", service, ...step });
        }
      } catch (error) {
        deployments.revert();
        throw explained(error, port);
      }
    });
  return viewOf(running, {
    deployments: () => deployments.all,
    moveDeployment: (service, at) =>
      change(() => {
        deployments.move(service, at);
        return declared;
      }),
    update: async (changed) => {
      const next = servableTopology(changed, options);
      await change(() => {
        deployments.adopt(next);
        return next;
      });
    },
  });
}

function servableTopology(resources: readonly LocalResource[], options: ServeOptions): Topology {
  const topology = readTopology(resources);
  const problems = [...topology.problems, ...unknownContainers(topology, options)];
  if (problems.length === 0) return topology;
  const lines = problems.map((problem) => `  ${problem}`);
  throw new ServeError(["These resources cannot be served:", ...lines].join("\n"));
}

/** What the machine refused, and what to do about it. */
function explained(error: unknown, port: number): unknown {
  const message = explainListenError(error as NodeJS.ErrnoException, port);
  return message === undefined ? error : new ServeError(message, { cause: error });
}
