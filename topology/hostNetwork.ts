/**
 * ECS tasks on EC2 instances, in whose network they are: network mode `bridge` or `host`. The load
 * balancer then connects to the instance, whose security groups admit it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
 */
import { instanceGroups, launchedBy } from "./instances";
import { block, blocks, merged, number, type ResourceIndex, text, texts } from "./props";
import type { DeclaredResource, Props } from "./resource";
import { peersOn, readSecurityGroups } from "./securityGroups";
import { rangesOf } from "./subnets";
import type { HostPort, Service } from "./serviceTypes";
import { token } from "./tokens";

/** The instances of a service's tasks, and the ports at which they take its requests. */
interface HostNetwork {
  /** Id of the Auto Scaling group, or of what they are launched from. Absent: nobody knows which instances they are. */
  readonly instancesId?: string;
  readonly securityGroupIds: readonly string[];
  readonly privateCidrs: readonly string[];
  /** The port of the instance for one of a container; undefined where the program does not say it. */
  readonly portOf: (container: string, port: number) => HostPort | undefined;
}

/**
 * The network mode of a definition whose tasks have no address of their own: `bridge` unless it says
 * another. Undefined for other tasks.
 */
function hostNetworkMode(definition: Props): "bridge" | "host" | undefined {
  if (texts(definition, "requiresCompatibilities").includes("FARGATE")) return undefined;
  const mode = text(definition, "networkMode") ?? "bridge";
  return mode === "bridge" || mode === "host" ? mode : undefined;
}

/** The same, for the tasks of a service. */
export function serviceNetworkMode(service: Props, definition: Props) {
  // AWS takes the subnets and groups of tasks only where each has a network interface of its own.
  const own = block(service, "networkConfiguration") !== undefined;
  return own || text(service, "launchType") === "FARGATE" ? undefined : hostNetworkMode(definition);
}

/** The port at which a load balancer calls one of a service's containers. */
export function calledPort({ targets }: Pick<Service, "targets">, containerPort: number): number {
  const target = targets.find((one) => one.containerPort === containerPort);
  return target?.host?.port ?? containerPort;
}

/** Undefined for tasks with addresses of their own. */
export function hostNetworkOf(
  index: ResourceIndex,
  service: Props,
  definition: Props,
  containers: readonly Props[],
): HostNetwork | undefined {
  const mode = serviceNetworkMode(service, definition);
  if (mode === undefined) return undefined;
  const group = instancesOf(index, service);
  const props = group && merged(group);
  const launched = props && launchedBy(index, props);
  const groupIds = props ? instanceGroups(props, launched && merged(launched)) : [];
  return {
    ...(group && { instancesId: group.id }),
    securityGroupIds: groupIds,
    privateCidrs: props ? rangesOf(index, texts(props, "vpcZoneIdentifiers")) : [],
    portOf: (container, port) => {
      const mapping = containers
        .filter((one) => text(one, "name") === container)
        .flatMap((one) => blocks(one, "portMappings"))
        .find((one) => number(one, "containerPort") === port);
      if (mapping === undefined) return undefined;
      const fixed = mode === "host" ? port : (number(mapping, "hostPort") ?? 0);
      return fixed > 0 ? { port: fixed } : { port: freePort(index, groupIds), chosen: true };
    },
  };
}

/**
 * Where Docker looks for a free port: on AWS's images from 32768, elsewhere from 49153.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
const free = [32_768, 49_153, 60_999] as const;

/** One of the free ports, if possible one that the groups open. */
function freePort(index: ResourceIndex, groupIds: readonly string[]): number {
  const groups = readSecurityGroups(index);
  const rules = groupIds.flatMap((id) => groups.get(id)?.ingress ?? []);
  return free.find((port) => peersOn(rules, port).length > 0) ?? free[0];
}

/** The Auto Scaling group on whose instances a service's tasks run, or what they are launched from. */
function instancesOf(index: ResourceIndex, service: Props): DeclaredResource | undefined {
  const own = blocks(service, "capacityProviderStrategies");
  const reference = text(service, "cluster") ?? "";
  const cluster = clusterName(index, reference);
  const apart = index
    .of(token.clusterCapacityProviders)
    .map(merged)
    .filter((one) => text(one, "clusterName") === cluster);
  const self = index.find(token.cluster, reference);
  // Until @pulumi/aws 6 a cluster could name its own.
  const byDefault = [...apart, ...(self ? [merged(self)] : [])].flatMap((one) =>
    blocks(one, "defaultCapacityProviderStrategies"),
  );
  const strategies = own.length > 0 ? own : text(service, "launchType") ? [] : byDefault;
  const named = strategies.flatMap((one) => text(one, "capacityProvider") ?? []);
  const groups = index.of(token.autoscalingGroup);
  const ofProviders = index
    .of(token.capacityProvider)
    .map((one) => ({ id: one.id, props: merged(one) }))
    .filter(({ id, props }) => [id, text(props, "name")].some((n) => n && named.includes(n)))
    .map(({ props }) => text(block(props, "autoScalingGroupProvider") ?? {}, "autoScalingGroupArn"))
    .flatMap((arn) => groups.filter(({ outputs }) => text(outputs, "arn") === arn));
  const found = named.length > 0 ? ofProviders : joining(index, cluster);
  // Several can have different groups: nobody knows which one a task is on.
  return found.length === 1 && (named.length === 0 || named.length === 1) ? found[0] : undefined;
}

function clusterName(index: ResourceIndex, reference: string): string {
  const cluster = index.find(token.cluster, reference);
  const named = cluster && text(merged(cluster), "name");
  return named ?? reference.split("/").at(-1) ?? reference;
}

/**
 * Groups whose instances join the cluster by what they run when they start. Where the program has no
 * group, as with one in a CloudFormation stack, what instances are launched from.
 */
function joining(index: ResourceIndex, cluster: string): DeclaredResource[] {
  const joins = (launched: DeclaredResource | undefined): boolean => {
    const { userData, userDataBase64 = userData } = launched ? merged(launched) : {};
    const scripts = [userData, userDataBase64].flatMap((data) =>
      typeof data === "string" ? [data, Buffer.from(data, "base64").toString("utf8")] : [],
    );
    return scripts.some((script) => {
      const named = /ECS_CLUSTER=["']?([^\s"']+)/.exec(script)?.[1];
      return named !== undefined && clusterName(index, named) === cluster;
    });
  };
  const groups = index.of(token.autoscalingGroup);
  const used = groups.map((group) => launchedBy(index, merged(group)));
  const alone = [token.launchConfiguration, token.launchTemplate]
    .flatMap((type) => index.of(type))
    .filter((launched) => !used.includes(launched));
  return [...groups.filter((_, i) => joins(used[i])), ...alone.filter(joins)];
}
