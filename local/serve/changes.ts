/** What an update may not change, because whoever calls holds on to it. Pure. */
import { frontOf, mainListener } from "./front";
import type { Topology } from "../../topology/types";

/** Why a topology cannot take the place of the one being served; undefined where it can. */
export function frontChange(now: Topology, next: Topology): string | undefined {
  const [before, after] = [doorOf(now), doorOf(next)];
  return before === after
    ? undefined
    : `What viewers call would change from ${before} to ${after}, which cannot be done while it is served. Stop serving and start again.`;
}

/** The front door, as far as its local address depends on it. */
function doorOf(topology: Topology): string {
  const front = frontOf(topology);
  if (!("dnsName" in front)) return "CloudFront";
  const port = mainListener(front)?.port;
  return port === undefined
    ? `the load balancer ${front.name} without a listener`
    : `port ${port} of the load balancer ${front.name}`;
}
