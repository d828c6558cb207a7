/** What an update must not change, because callers depend on it. Pure. */
import { frontOf, mainListener } from "./front";
import type { Topology } from "../../topology/types";

/** Why a topology cannot replace the one being served; undefined if it can. */
export function frontChange(now: Topology, next: Topology): string | undefined {
  const [before, after] = [frontIdentity(now), frontIdentity(next)];
  return before === after
    ? undefined
    : `What viewers call would change from ${before} to ${after}, which cannot be done while it is served. Stop serving and start again.`;
}

/** What of the front decides its local address. */
function frontIdentity(topology: Topology): string {
  const front = frontOf(topology);
  if (!("dnsName" in front)) return "CloudFront";
  const port = mainListener(front)?.port;
  return port === undefined
    ? `the load balancer ${front.name} without a listener`
    : `port ${port} of the load balancer ${front.name}`;
}
