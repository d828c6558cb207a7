/** The ports of containers, and who reaches them, with a load balancer in front or without. */
import { parseCidr } from "../../path/networks";
import type { RulePeer } from "../../path/securityGroups";
import { block, blocks, boolean, number, text, texts } from "../props";
import { token } from "../tokens";
import { containersOf } from "./containers";
import { type PortPeers, portPeersOf } from "./openPorts";
import { egressRouteOf } from "./egressRoutes";
import type { Stack, StackResource } from "./stack";

/** A port of a container, and who can open a connection to it. */
export interface ContainerPort {
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
export function directContainers(stack: Stack, service: StackResource): ContainerPort[] {
  const behind = blocks(service.props, "loadBalancers").length > 0;
  return behind ? [] : (containerPorts(stack, service) ?? []);
}

/**
 * The ports of a service's containers. Undefined where the program does not say them: the task
 * definition is made elsewhere, or task sets or an external deployment controller name it.
 *
 * @throws {NotKnown} where it depends on what is not known
 */
export function containerPorts(
  stack: Stack,
  { props }: StackResource,
): ContainerPort[] | undefined {
  const controller = text(block(props, "deploymentController") ?? {}, "type") ?? "ECS";
  if (controller !== "ECS") return undefined;
  const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
  const containers = definition && containersOf(definition.props);
  if (containers === undefined) return undefined;
  const network = block(props, "networkConfiguration");
  const groups = texts(network ?? {}, "securityGroups");
  const isPublic =
    network &&
    boolean(network, "assignPublicIp") === true &&
    texts(network, "subnets").some((id) =>
      ["gateway", "other"].includes(egressRouteOf(stack, id).kind),
    );
  return containers.flatMap((container) =>
    blocks(container, "portMappings")
      .filter((mapping) => (text(mapping, "protocol") ?? "tcp") === "tcp")
      .flatMap((mapping) => number(mapping, "containerPort") ?? [])
      .map((port): ContainerPort => {
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
