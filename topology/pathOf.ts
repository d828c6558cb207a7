/** The paths of any program, from the resources that it declares. */
import { targetSpeaks } from "../path/protocols";
import type { PathSpec } from "../path/types";
import { type PrefixLists, targetsText } from "./admits";
import { grpcOf, isOurImage, keepAlive, portOf, socketOf } from "./containerSocket";
import { edgeSpec, listenerSpec, type RequestEnd, targetSpec } from "./hopSpecs";
import { mustWork } from "./mustWork";
import { type Route, routesOf } from "./routes";
import type { TargetGroup, Topology } from "./types";

export type { PrefixLists } from "./admits";

/** The resources of a path. */
interface Via {
  /** Absent: viewers call the load balancer themselves. */
  readonly distributionId?: string;
  /** Path pattern of the distribution's behaviour; `*` is the default one. */
  readonly pathPattern?: string;
  readonly listenerArn: string;
  /** ARN of the listener rule. Absent: the listener's default action. */
  readonly ruleArn?: string;
  /** Priority of that rule; two of a program can have the same, which AWS refuses. */
  readonly rulePriority?: number;
  readonly targetGroupArn: string;
  /** Absent: no service of the program registers its tasks in the target group. */
  readonly serviceArn?: string;
  /** Id of the instance or Auto Scaling group; absent: none of the program is a target. */
  readonly instancesId?: string;
}

/** A path with the name of its load balancer. */
export interface FoundPath {
  readonly spec: PathSpec;
  readonly loadBalancer: string;
  /** Name of the container that gets the requests; absent without a service of the program. */
  readonly container?: string;
  readonly via: Via;
  /** Assumptions about what the program does not say, in words. */
  readonly assumed: readonly string[];
}

/**
 * Every path that carries requests: each chain of behaviour, listener, rule, target group and
 * service. The viewers' main path is at index 0: that of the first distribution's default behaviour
 * or, without a distribution, of the first load balancer. Paths that end at a
 * target group without a service of the program come last. A path to S3 is not included: no
 * container answers there.
 *
 * @param lists CloudFront's managed prefix lists, by id
 */
export function pathsOf(topology: Topology, lists: PrefixLists): FoundPath[] {
  const paths = routesOf(topology).flatMap((route) => pathsOfRoute(topology, lists, route));
  const ends = (path: FoundPath): boolean => path.via.serviceArn !== undefined;
  return [...paths.filter(ends), ...paths.filter((path) => !ends(path))];
}

/** The paths of one route: one for each service, or group of instances, behind its target group. */
export function pathsOfRoute(topology: Topology, lists: PrefixLists, route: Route): FoundPath[] {
  const group = topology.targetGroups.get(route.targetGroupArn);
  if (!group) return [];
  const behind = [...containersOf(topology, route.targetGroupArn), ...instancesOf(topology, group)];
  return (behind.length > 0 ? behind : [undefined]).map((end) =>
    found(topology, lists, route, group, end),
  );
}

/** The viewers' first path that ends at a service; undefined if there is none. */
export function pathOf(topology: Topology, lists: PrefixLists): FoundPath | undefined {
  const [first] = pathsOf(topology, lists);
  return first?.via.serviceArn === undefined ? undefined : first;
}

/** What a target group's requests go to: a service's container, or instances. */
interface PathEnd extends RequestEnd {
  /** Absent: instances. */
  readonly container?: string;
  /** The container's own port, where the instance has another. @default port */
  readonly containerPort?: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly via: Pick<Via, "serviceArn" | "instancesId">;
}

function containersOf(topology: Topology, targetGroupArn: string): PathEnd[] {
  return topology.services.flatMap((service) =>
    service.targets
      .filter((target) =>
        // Between two deployments the tasks are in either of the groups.
        [target.targetGroupArn, target.alternate?.targetGroupArn].includes(targetGroupArn),
      )
      .flatMap((target) => {
        const container = service.containers.find((c) => c.name === target.containerName);
        const { containerPort, host } = target;
        if (!container) return [];
        const { name, environment } = container;
        const { arn: serviceArn, instancesId } = service;
        const via = { serviceArn, ...(instancesId !== undefined && { instancesId }) };
        const port = host?.port ?? containerPort;
        const ports = { port, containerPort, chosen: host?.chosen };
        return [{ targets: service, container: name, environment, via, ...ports }];
      }),
  );
}

function instancesOf(topology: Topology, group: TargetGroup): PathEnd[] {
  return topology.instances.flatMap((targets) =>
    targets.targets
      .filter(({ targetGroupArn }) => targetGroupArn === group.arn)
      .map(({ port = group.port }) => ({
        ...{ targets, port, environment: {} },
        via: { instancesId: targets.id },
      })),
  );
}

/** The port that a container listens on, as the target group calls it. */
function listening(
  { HOPWISE_PORT: own }: Readonly<Record<string, string>>,
  behind: PathEnd | undefined,
): number | undefined {
  const mapped = own === undefined || Number(own) === behind?.containerPort;
  return mapped ? behind?.port : Number(own);
}

function found(
  topology: Topology,
  lists: PrefixLists,
  route: Route,
  group: TargetGroup,
  behind: PathEnd | undefined,
): FoundPath {
  const { edge, loadBalancer, listener, rule } = route;
  const assumed: string[] = [];
  const environment = behind?.environment ?? {};
  if (behind && !isOurImage(environment))
    assumed.push(
      `${behind.container === undefined ? targetsText(behind.targets).replace("the", "The") : `The container ${behind.container}`} accepts ${targetSpeaks(group.protocolVersion)} on port ${behind.containerPort ?? behind.port}` +
        `${group.protocol === "HTTPS" ? ", with TLS" : ""}.`,
    );
  if (behind?.chosen)
    assumed.push(
      `Each task of ${targetsText(behind.targets)} gets a free port of its instance, 32768 or above: it is shown with ${behind.port}.`,
    );
  const front = edge && edgeSpec(edge, route);
  const calls = grpcOf(environment);
  const behindIt = listenerSpec(topology, lists, route, assumed);
  const spec: PathSpec = {
    edge: front,
    listener: behindIt,
    target: targetSpec(topology, lists, route, group, behind, assumed),
    container: {
      port: listening(environment, behind) ?? group.port,
      ...socketOf(environment, group),
      keepAliveSeconds: keepAlive(environment, loadBalancer),
    },
    appPort: portOf(environment.HOPWISE_APP),
    grpc: calls,
    mustWork: mustWork(group, front, route, behindIt, calls !== undefined),
    sharedVpc: false,
    waf: (edge?.distribution ?? loadBalancer).webAcl ?? false,
  };
  const via: Via = {
    ...(edge && {
      distributionId: edge.distribution.id,
      pathPattern: edge.behaviour.pathPattern,
    }),
    listenerArn: listener.arn,
    ...(rule && { ruleArn: rule.arn, rulePriority: rule.priority }),
    targetGroupArn: group.arn,
    ...behind?.via,
  };
  return {
    spec,
    loadBalancer: loadBalancer.name,
    via,
    assumed,
    ...(behind?.container !== undefined && { container: behind.container }),
  };
}
