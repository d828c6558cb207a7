/** The resources of one path, by their role. */
import { serviceNetworkMode } from "../hostNetwork";
import { instanceGroups, launchedBy } from "../instances";
import type { FoundPath } from "../pathOf";
import { block, blocks, text, texts } from "../props";
import type { Props } from "../resource";
import { peersOn } from "../securityGroups";
import type { Topology } from "../types";
import type { Role } from "./provenance";
import type { Stack, StackResource } from "./stack";
import { token } from "../tokens";
import { touches } from "./unknown";

export type ByRole = Readonly<Record<Role, readonly StackResource[]>>;

/** Every resource from which a path's spec is read. */
export function rolesOf(stack: Stack, topology: Topology, { spec, via }: FoundPath): ByRole {
  const listener = stack.find(token.listener, via.listenerArn);
  const loadBalancer = stack.find(token.loadBalancer, at(listener, "loadBalancerArn"));
  const distribution = stack.find(token.distribution, via.distributionId);
  const services = stack
    .of(token.service)
    .filter(({ id, known }) =>
      via.serviceArn === undefined
        ? targets(known).includes(via.targetGroupArn)
        : [id, text(known, "arn")].includes(via.serviceArn),
    );
  const instances = [
    ...[token.instance, token.autoscalingGroup],
    ...[token.launchConfiguration, token.launchTemplate],
  ].flatMap((type) => some(stack.find(type, via.instancesId)));
  const launched = instances.flatMap(({ known }) => {
    const found = launchedBy(stack, known);
    return found ? some(stack.get(found.urn)) : [];
  });
  const taskGroups = byOpening(topology, spec.target.port, [
    ...services.flatMap(({ known }) =>
      texts(block(known, "networkConfiguration") ?? {}, "securityGroups"),
    ),
    ...instances.flatMap(({ known }) => instanceGroups(known, launched[0]?.known)),
  ]);
  const definitions = services.flatMap(({ known }) =>
    some(stack.find(token.taskDefinition, text(known, "taskDefinition"))),
  );
  const targetGroup = stack.find(token.targetGroup, via.targetGroupArn);
  const groupIds = byOpening(
    topology,
    spec.listener.port,
    texts(loadBalancer?.known ?? {}, "securityGroups"),
  );
  return {
    distribution: some(distribution),
    vpcOrigin: blocks(distribution?.known ?? {}, "origins").flatMap((origin) =>
      some(
        stack.find(token.vpcOrigin, text(block(origin, "vpcOriginConfig") ?? {}, "vpcOriginId")),
      ),
    ),
    requestPolicy: behaviours(distribution).flatMap((behaviour) =>
      some(stack.find(token.requestPolicy, text(behaviour, "originRequestPolicyId"))),
    ),
    loadBalancer: some(loadBalancer),
    loadBalancerGroup: groups(stack, groupIds, token.securityGroupIngress),
    loadBalancerEgress: groups(stack, groupIds, token.securityGroupEgress),
    listener: some(listener),
    siblingListener: stack
      .of(token.listener)
      .filter(({ known }) => mayBe(known, "loadBalancerArn", loadBalancer)),
    rule: ownFirst(
      stack.of(token.listenerRule).filter(({ known }) => mayBe(known, "listenerArn", listener)),
      stack.find(token.listenerRule, via.ruleArn),
    ),
    certificate: certificates(stack, listener),
    webAclAssociation: stack
      .of(token.webAclAssociation)
      .filter(({ known }) => mayBe(known, "resourceArn", loadBalancer)),
    targetGroup: some(targetGroup),
    service: services,
    taskDefinition: definitions,
    instances: [...instances, ...launched, ...attachments(stack, targetGroup)],
    hosts: instances.length > 0 ? [] : hosts(stack, services, definitions),
    taskGroup: groups(stack, taskGroups, token.securityGroupIngress),
  };
}

const some = (resource: StackResource | undefined): StackResource[] => (resource ? [resource] : []);

const at = (resource: StackResource | undefined, key: string): string | undefined =>
  resource && text(resource.known, key);

/** The rule of the path, then the listener's others. */
function ownFirst(
  rules: readonly StackResource[],
  own: StackResource | undefined,
): StackResource[] {
  return [...some(own), ...rules.filter((rule) => rule !== own)];
}

/** True when the property refers to the resource, or is unknown. */
function mayBe(known: Props, key: string, resource: StackResource | undefined): boolean {
  const reference = text(known, key);
  return reference === undefined || reference === at(resource, "arn") || reference === resource?.id;
}

function behaviours(distribution: StackResource | undefined): Props[] {
  const { known = {} } = distribution ?? {};
  return [...blocks(known, "defaultCacheBehavior"), ...blocks(known, "orderedCacheBehaviors")];
}

const targets = (service: Props): (string | undefined)[] =>
  blocks(service, "loadBalancers").map((target) => text(target, "targetGroupArn"));

/** What registers instances in a target group, or may: which target group it is can be unknown. */
function attachments(stack: Stack, group: StackResource | undefined): StackResource[] {
  if (group === undefined || text(group.known, "targetType") === "lambda") return [];
  const by = (type: string, key: string): StackResource[] =>
    stack.of(type).filter(({ known }) => mayBe(known, key, group));
  return [
    ...by(token.targetGroupAttachment, "targetGroupArn"),
    ...by(token.autoscalingAttachment, "lbTargetGroupArn"),
    ...stack
      .of(token.autoscalingGroup)
      .filter(({ unknown }) =>
        unknown.some((u) => ["targetGroupArns", "trafficSources"].some((at) => touches(u, at))),
      ),
    ...stack.of(token.trafficSourceAttachment).filter(({ unknown }) => unknown.length > 0),
  ];
}

/** What says on which instances tasks run that have no address of their own; none for other tasks. */
function hosts(
  stack: Stack,
  services: readonly StackResource[],
  definitions: readonly StackResource[],
): StackResource[] {
  const onInstances = services.filter(({ known }) =>
    definitions.some((definition) => serviceNetworkMode(known, definition.known) !== undefined),
  );
  if (onInstances.length === 0) return [];
  const types = [
    ...[token.capacityProvider, token.clusterCapacityProviders, token.autoscalingGroup],
    ...[token.launchTemplate, token.launchConfiguration],
  ];
  return [...onInstances, ...types.flatMap((type) => stack.of(type))];
}

function certificates(stack: Stack, listener: StackResource | undefined): StackResource[] {
  const extra = stack
    .of(token.listenerCertificate)
    .filter(({ known }) => mayBe(known, "listenerArn", listener));
  const arns = [...some(listener), ...extra].map((holder) => at(holder, "certificateArn"));
  return [...extra, ...arns.flatMap((arn) => some(stack.find(token.certificate, arn)))];
}

/** Of several groups, those first that open a port, to addresses before groups: messages name the first. */
function byOpening(
  { securityGroups }: Topology,
  port: number,
  ids: readonly string[],
): readonly string[] {
  const openness = (id: string): number => {
    const peers = peersOn(securityGroups.get(id)?.ingress ?? [], port);
    return peers.some(({ kind }) => kind === "cidr") ? 2 : Math.min(peers.length, 1);
  };
  return [...ids].sort((a, b) => openness(b) - openness(a));
}

/** Security groups, and the resources of their rules of one direction. */
function groups(stack: Stack, ids: readonly string[], ruleType: string): StackResource[] {
  const rules = [ruleType, token.securityGroupRule].flatMap((type) => stack.of(type));
  return [
    ...ids.flatMap((id) => some(stack.find(token.securityGroup, id))),
    ...rules.filter(({ known }) => ids.includes(text(known, "securityGroupId") ?? ids[0] ?? "")),
  ];
}
