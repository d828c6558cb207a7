/** A task with its targets in load balancers. */
import path from "node:path";
import type { NginxChoice } from "../../nginx";
import type { ServeEvent } from "../events";
import type { TargetPool } from "../loadBalancer/pool";
import { Target } from "../loadBalancer/target";
import type { Peers } from "../peers";
import type { LoadBalancer } from "../../../topology/types";
import type { NotAdmitted } from "../types";
import type { TaskPlan } from "./plan";
import { RunningTask } from "./task";

/** A target group in use: its pool, and the load balancer that connects to its targets. */
export interface UsedTargetGroup {
  readonly pool: TargetPool;
  readonly loadBalancer: LoadBalancer;
  readonly nodeAddress: string;
}

/** A target group of a service, with the tasks' port. */
export interface ServiceTargetGroup {
  readonly group: UsedTargetGroup;
  readonly port: number;
}

/** A running task, and a target for each target group of its service. */
export interface RegisteredTask {
  readonly plan: TaskPlan;
  readonly task: RunningTask;
  readonly targets: readonly { readonly pool: TargetPool; readonly target: Target }[];
}

export interface RegisteredTaskOptions {
  readonly peers: Peers;
  readonly nginx: NginxChoice;
  readonly stateDir: string;
  readonly notAdmitted?: NotAdmitted;
  readonly onEvent: (event: ServeEvent) => void;
}

/**
 * Starts a task; its targets are made, and not registered yet. @throws with nothing left running
 */
export async function startRegisteredTask(
  name: string,
  plan: TaskPlan,
  groups: readonly ServiceTargetGroup[],
  { peers, nginx, stateDir, notAdmitted, onEvent }: RegisteredTaskOptions,
): Promise<RegisteredTask> {
  const { service } = plan;
  const task = await RunningTask.start(plan, {
    name,
    nginx,
    notAdmitted,
    stateDir: path.join(stateDir, name),
    admits: (address, port) => {
      const decision = peers.toTask(address, service, port);
      if (!decision.admitted) {
        const caller = peers.host(address).what;
        onEvent({ kind: "refused", at: `task ${name}`, port, caller, why: decision.missing });
      }
      return decision.admitted;
    },
    onEvent,
  });
  peers.addTask(task.address, service);
  const targets = groups.map(({ group: { pool, loadBalancer, nodeAddress }, port }) => {
    const current = (): LoadBalancer => peers.loadBalancer(loadBalancer.arn) ?? loadBalancer;
    const refused = (): string | undefined => {
      const decision = peers.fromLoadBalancer(current(), service, port);
      return decision.admitted ? undefined : decision.missing;
    };
    const target = new Target({
      group: pool.group,
      address: { shown: task.address, dial: task.dial, port, refused },
      localAddress: nodeAddress,
      idleSeconds: () => current().idleSeconds,
      onEvent,
    });
    return { pool, target };
  });
  return { plan, task, targets };
}
