/** The result of `serve`: a view of what runs, correct after every update. */
import { servedPorts } from "./front";
import type { Running } from "./running";
import { viewerNamesOf } from "../../topology";
import type { Served } from "./types";

/** The view of a running stack. */
export function viewOf(
  running: Running,
  {
    deployments,
    ...changes
  }: Pick<Served, "update" | "moveDeployment"> & {
    readonly deployments: () => Served["deployments"];
  },
): Served {
  return {
    get deployments() {
      return deployments();
    },
    get front() {
      const { protocol, address, localPort: port, plainPort, address6 } = running.front;
      const at = (host: string): string => `${protocol.toLowerCase()}://${host}:${port}`;
      const url6 = address6 === undefined ? {} : { url6: at(`[${address6}]`) };
      return { url: at(address), ...url6, host: running.host, address, port, plainPort };
    },
    get loadBalancers() {
      const { topology, loadBalancers } = running;
      return topology.loadBalancers.map((lb) => ({
        name: lb.name,
        internal: lb.internal,
        host: viewerNamesOf(topology, lb)[0] ?? lb.dnsName,
        listeners: servedPorts(lb, loadBalancers.node(lb)),
      }));
    },
    get services() {
      return running.fleet.running.map((service) => ({
        name: service.service.name,
        get tasks() {
          return service.running.map(({ name, address, pids }) => ({ name, address, pids }));
        },
        replaceTask: () => running.inTurn(() => service.replaceTask()),
      }));
    },
    get notes() {
      return running.notes;
    },
    caFile: running.caFile,
    logDir: running.logDir,
    ...changes,
    close: () => running.close(),
  };
}
