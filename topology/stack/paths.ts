/** The paths of a stack, each with its unknown values. */
import { parseCidr } from "../../path/networks";
import type { Source } from "../../path/types";
import { readTopology } from "..";
import { type FoundPath, pathsOf } from "../pathOf";
import { block, blocks, number, text } from "../props";
import type { DeclaredResource } from "../resource";
import type { Topology } from "../types";
import { connecting, decisive, type Properties, provenance } from "./provenance";
import { type ByRole, rolesOf } from "./roles";
import type { Stack, StackResource } from "./stack";
import { token } from "../tokens";
import { touches, Unknown } from "./unknown";
import { unknownList } from "./unknownLists";

/** A path of requests through the stack's resources. */
export interface StackPath {
  readonly found: FoundPath;
  readonly resources: ByRole;
  /** By field of the spec, e.g. `edge.grpc`: the unknown value that the field depends on. */
  readonly missing: ReadonlyMap<string, Unknown>;
  /** Set if it is not certain that requests take this path. */
  readonly uncertain?: Unknown;
}

/** The stack's paths, and the references that could not be followed. */
export interface StackPaths {
  readonly topology: Topology;
  readonly paths: readonly StackPath[];
  readonly lost: readonly Unknown[];
  /** A path that is not among {@link paths}, with its unknown values. */
  readonly pathOf: (found: FoundPath) => StackPath;
}

const known = new WeakMap<Stack, StackPaths>();

/** Every path of the stack. */
export function pathsIn(stack: Stack): StackPaths {
  const paths = known.get(stack) ?? draw(stack);
  known.set(stack, paths);
  return paths;
}

function draw(stack: Stack): StackPaths {
  const topology = readTopology(withContainers(stack));
  const unfollowed = stack.resources.flatMap(({ type, unknown }) =>
    unknown.filter((u) => (connecting[type] ?? []).some((pattern) => touches(u, pattern))),
  );
  const records = unfollowedRecords(stack, topology);
  // While an origin may be any load balancer, it is unknown which ones viewers call directly.
  const edges = unfollowed.filter(({ urn }) => {
    const type = stack.get(urn)?.type;
    return type === token.distribution || type === token.vpcOrigin;
  });
  const direct = [...edges, ...records];
  const pathOf = (found: FoundPath): StackPath => stackPath(stack, topology, found, direct);
  const paths = pathsOf(topology, stack.prefixLists).map(pathOf);
  return { topology, paths, lost: [...unfollowed, ...records], pathOf };
}

function stackPath(
  stack: Stack,
  topology: Topology,
  found: FoundPath,
  direct: readonly Unknown[],
): StackPath {
  const resources = rolesOf(stack, topology, found);
  const missing = new Map<string, Unknown>();
  for (const [field, properties] of Object.entries(provenance)) {
    const unknown = firstOf(resources, properties);
    if (unknown) missing.set(field, unknown);
  }
  const origin = stack.behind(found.spec.edge?.originName ?? "");
  if (origin?.type === token.record)
    for (const field of ["edge.originName", "listener.missedHost"])
      missing.set(field, new Unknown(origin.urn, ["fqdn"]));
  // A service may name a capacity provider by a text of its own.
  const provider = resources.hosts.find(({ type, known: { name } }) => {
    return type === token.capacityProvider && typeof name === "string" && stack.behind(name);
  });
  if (provider && !missing.has("target.admits"))
    missing.set("target.admits", new Unknown(provider.urn, ["name"]));
  const { admits, healthCheck } = found.spec.target;
  const ranges = ["target.admits", "target.healthCheck", "target.noEgressTo"] as const;
  const holders = [
    mayHold(admits),
    mayHold(healthCheck?.admits ?? []),
    leadsToRanges(topology, resources),
  ];
  for (const [i, field] of ranges.entries()) {
    const role = field === "target.noEgressTo" ? "service" : "loadBalancer";
    const subnets = holders[i] === true ? unknownSubnets(stack, resources, role) : undefined;
    if (subnets && !missing.has(field)) missing.set(field, subnets);
  }
  for (const [field, groups, { port }] of [
    ["listener.admits", resources.loadBalancerGroup, found.spec.listener],
    ["target.admits", resources.taskGroup, found.spec.target],
  ] as const) {
    const list = unknownList(stack, groups, port);
    if (list && !missing.has(field)) missing.set(field, list);
  }
  const uncertain = firstOf(resources, decisive) ?? unlessAnother(resources, found);
  return {
    found,
    resources,
    missing,
    uncertain: uncertain ?? (found.spec.edge === undefined ? direct[0] : undefined),
  };
}

/**
 * What leaves open whether a rule of the listener takes the requests of its default action: a header
 * that the rule asks for or CloudFront sends.
 */
function unlessAnother(resources: ByRole, { via }: FoundPath): Unknown | undefined {
  if (via.ruleArn !== undefined) return undefined;
  const asked = firstOf(resources, { rule: ["conditions[].httpHeader"] });
  const asks = resources.rule.some(({ known }) =>
    blocks(known, "conditions").some((condition) => block(condition, "httpHeader")),
  );
  return (
    asked ?? (asks ? firstOf(resources, { distribution: ["origins[].customHeaders"] }) : undefined)
  );
}

/** True where ranges decide whether the tasks admit the load balancer. */
function mayHold(admits: readonly Source[]): boolean {
  const certain = admits.some((s) => s.kind === "load-balancer" && s.assumed !== true);
  return !certain && admits.some(({ kind }) => kind === "cidr");
}

/** True where a range decides whether the load balancer's groups let it connect to the tasks. */
function leadsToRanges(
  { securityGroups }: Topology,
  { loadBalancerEgress, service }: ByRole,
): boolean {
  const peers = loadBalancerEgress
    .flatMap(({ id }) => securityGroups.get(id)?.egress ?? [])
    .flatMap((rule) => rule.peers);
  return (
    service.length > 0 &&
    peers.some((peer) => peer.kind === "cidr" && parseCidr(peer.cidr)?.prefix !== 0)
  );
}

/** What is not known of the subnets of a load balancer or service, if anything. */
function unknownSubnets(
  stack: Stack,
  resources: ByRole,
  role: "loadBalancer" | "service",
): Unknown | undefined {
  const at = role === "service" ? "networkConfiguration.subnets" : "subnets";
  const of = (all: readonly StackResource[], property: string): Unknown[] =>
    all.flatMap(({ unknown }) => unknown.filter((u) => touches(u, property)));
  return [...of(resources[role], at), ...of(stack.of(token.subnet), "cidrBlock")][0];
}

/** The first unknown value among the properties. */
function firstOf(resources: ByRole, properties: Properties): Unknown | undefined {
  for (const [role, patterns] of Object.entries(properties))
    for (const { unknown } of resources[role as keyof Properties])
      for (const value of unknown)
        if (patterns.some((pattern) => touches(value, pattern))) return value;
  return undefined;
}

/** Unknown targets of records with the name of an origin. */
function unfollowedRecords(stack: Stack, topology: Topology): Unknown[] {
  const origins = topology.distributions.flatMap((d) => [...d.origins.values()]);
  const names = new Set(origins.map((origin) => origin.domainName));
  return stack
    .of(token.record)
    .filter(({ unknown }) => unknown.length > 0)
    .filter(({ props }) => names.has((text(props, "fqdn") ?? "").toLowerCase()))
    .flatMap(({ unknown }) =>
      unknown.filter((u) => ["aliases[].name", "records[]"].some((at) => touches(u, at))),
    );
}

/**
 * The declared resources. If a task definition's containers are unknown, they are derived from its
 * services, so that a path still ends at the service.
 */
function withContainers(stack: Stack): DeclaredResource[] {
  return stack.declared.map((resource) => {
    if (resource.type !== token.taskDefinition) return resource;
    const { unknown = [], known } = stack.get(resource.urn) ?? {};
    const inPart = known?.containerDefinitions !== undefined;
    if (inPart || !unknown.some((u) => touches(u, "containerDefinitions"))) return resource;
    const arn = text(resource.outputs, "arn");
    const named = stack.declared
      .filter(
        ({ type, outputs }) => type === token.service && text(outputs, "taskDefinition") === arn,
      )
      .flatMap(({ outputs }) => blocks(outputs, "loadBalancers"));
    const containers = named.map((target) => ({
      name: text(target, "containerName"),
      portMappings: [{ containerPort: number(target, "containerPort") }],
    }));
    const outputs = { ...resource.outputs, containerDefinitions: JSON.stringify(containers) };
    return { ...resource, inputs: outputs, outputs };
  });
}
