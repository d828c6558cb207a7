/** Containers that callers reach without a load balancer. */
import { parseCidr } from "../../path/networks";
import type { RulePeer } from "../../path/securityGroups";
import { block, blocks, boolean, number, text, texts } from "../props";
import { token } from "../tokens";
import { containersOf } from "./containers";
import { type PortPeers, portPeersOf } from "./openPorts";
import { egressRouteOf } from "./egressRoutes";
import type { Stack, StackResource } from "./stack";

/** A port of a container without a load balancer in front of it. */
export interface DirectContainer {
  readonly container: string;
  readonly port: number;
  /**
   * True where tasks have a public address in a subnet that the internet reaches; undefined where
   * their instances decide.
   */
  readonly isPublic?: boolean;
  /** Whom the service's security groups admit to the port; absent where the program does not say. */
  readonly admitted?: PortPeers;
}

/**
 * The containers of a service without a load balancer, by port. A service whose tasks are registered
 * by task sets or by an external deployment controller has none here.
 *
 * @throws {NotKnown} where it depends on what is not known
 */
export function directContainers(stack: Stack, { props }: StackResource): DirectContainer[] {
  if (blocks(props, "loadBalancers").length > 0) return [];
  const controller = text(block(props, "deploymentController") ?? {}, "type") ?? "ECS";
  if (controller !== "ECS") return [];
  const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
  if (definition === undefined) return [];
  const network = block(props, "networkConfiguration");
  const groups = texts(network ?? {}, "securityGroups");
  const isPublic =
    network &&
    boolean(network, "assignPublicIp") === true &&
    texts(network, "subnets").some((id) =>
      ["gateway", "other"].includes(egressRouteOf(stack, id).kind),
    );
  return (containersOf(definition.props) ?? []).flatMap((container) =>
    blocks(container, "portMappings")
      .filter((mapping) => (text(mapping, "protocol") ?? "tcp") === "tcp")
      .flatMap((mapping) => number(mapping, "containerPort") ?? [])
      .map((port): DirectContainer => {
        const admitted = network && portPeersOf(stack, groups, "ingress", port);
        return {
          ...{ container: text(container, "name") ?? "", port },
          ...(isPublic !== undefined && { isPublic }),
          ...(admitted && { admitted }),
        };
      }),
  );
}

/** The peers that are everybody on the internet. */
export function everybodyIn(peers: readonly RulePeer[]): string[] {
  return peers.flatMap((peer) =>
    peer.kind === "cidr" && parseCidr(peer.cidr)?.prefix === 0 ? [peer.cidr] : [],
  );
}
