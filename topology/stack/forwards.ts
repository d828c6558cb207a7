/** Which target groups get requests, and which get targets. */
import { alternateOf } from "../deployments";
import { targetGroupsOf } from "../instances";
import { block, blocks, text } from "../props";
import type { Props } from "../resource";
import { token } from "../tokens";
import type { Stack, StackResource } from "./stack";

/** ARNs of the target groups that the actions of a listener or rule forward to. */
export function forwardsTo(props: Props, actions: string): string[] {
  return blocks(props, actions)
    .filter((action) => text(action, "type") === "forward")
    .flatMap((action) => [
      ...[text(action, "targetGroupArn") ?? []].flat(),
      ...blocks(block(action, "forward") ?? {}, "targetGroups").flatMap(
        (g) => text(g, "arn") ?? [],
      ),
    ]);
}

/** The listeners of a load balancer, with their rules. */
export function listenersOf(
  stack: Stack,
  { props }: StackResource,
): { readonly listeners: readonly StackResource[]; readonly rules: readonly StackResource[] } {
  const balancer = text(props, "arn");
  const listeners = stack
    .of(token.listener)
    .filter((listener) => text(listener.props, "loadBalancerArn") === balancer);
  const arns = listeners.map((listener) => text(listener.props, "arn"));
  const rules = stack
    .of(token.listenerRule)
    .filter((rule) => arns.includes(text(rule.props, "listenerArn")));
  return { listeners, rules };
}

/** Listeners and rules that forward to a target group. */
export function forwardersTo(stack: Stack, groupArn: string): StackResource[] {
  const by = (type: string, actions: string): StackResource[] =>
    stack.of(type).filter(({ props }) => forwardsTo(props, actions).includes(groupArn));
  return [...by(token.listener, "defaultActions"), ...by(token.listenerRule, "actions")];
}

/**
 * Target groups that listeners and their rules forward to, or that deployments switch to, by ARN.
 */
export function groupsWithRequests(stack: Stack): ReadonlySet<string> {
  return new Set([
    ...stack.of(token.listener).flatMap(({ props }) => forwardsTo(props, "defaultActions")),
    ...stack.of(token.listenerRule).flatMap(({ props }) => forwardsTo(props, "actions")),
    ...switchedTo(stack),
  ]);
}

/** Target groups in which services register their tasks, by ARN. */
export function groupsOfServices(stack: Stack): ReadonlySet<string> {
  return new Set(
    [...stack.of(token.service), ...stack.of(token.taskSet)]
      .flatMap(({ props }) => blocks(props, "loadBalancers"))
      .flatMap((target) => text(target, "targetGroupArn") ?? []),
  );
}

/** Target groups in which any resource registers targets, now or in a deployment, by ARN. */
export function groupsWithTargets(stack: Stack): ReadonlySet<string> {
  const named = (type: string, key: string): string[] =>
    stack.of(type).flatMap(({ props }) => text(props, key) ?? []);
  return new Set([
    ...groupsOfServices(stack),
    ...switchedTo(stack),
    ...named(token.targetGroupAttachment, "targetGroupArn"),
    ...named(token.autoscalingAttachment, "lbTargetGroupArn"),
    ...[...stack.of(token.autoscalingGroup), ...stack.of(token.trafficSourceAttachment)].flatMap(
      ({ props }) => targetGroupsOf(props),
    ),
  ]);
}

/** Target groups between which a deployment of ECS or CodeDeploy switches, by ARN. */
function switchedTo(stack: Stack): string[] {
  const ofEcs = stack
    .of(token.service)
    .flatMap(({ props }) => blocks(props, "loadBalancers"))
    .flatMap((target) => alternateOf(target).alternate?.targetGroupArn ?? []);
  const ofCodeDeploy = stack
    .of(token.deploymentGroup)
    .flatMap(({ props }) => blocks(props, "loadBalancerInfo"))
    .flatMap((info) => [...pairOf(info), ...blocks(info, "targetGroupInfos")])
    .flatMap((group) => text(groupNamed(stack, group)?.props ?? {}, "arn") ?? []);
  return [...ofEcs, ...ofCodeDeploy];
}

/**
 * The two target groups of each entry of a service, or of a deployment group of CodeDeploy, between
 * which deployments switch. Undefined: a group that is not the program's.
 */
export function switchedPairs(
  stack: Stack,
  { type, props }: StackResource,
): (readonly (StackResource | undefined)[])[] {
  if (type === token.deploymentGroup)
    return blocks(props, "loadBalancerInfo").map((info) =>
      pairOf(info).map((group) => groupNamed(stack, group)),
    );
  const found = (arn: string | undefined) => stack.find(token.targetGroup, arn);
  return blocks(props, "loadBalancers").flatMap((target) => {
    const { alternate } = alternateOf(target);
    if (alternate === undefined) return [];
    return [[found(text(target, "targetGroupArn")), found(alternate.targetGroupArn)]];
  });
}

/** The two target groups of a blue/green deployment of CodeDeploy. */
const pairOf = (info: Props): Props[] =>
  blocks(block(info, "targetGroupPairInfo") ?? {}, "targetGroups");

/** CodeDeploy names target groups by their names. */
function groupNamed(stack: Stack, group: Props): StackResource | undefined {
  const name = text(group, "name");
  return name === undefined
    ? undefined
    : stack.of(token.targetGroup).find(({ props }) => text(props, "name") === name);
}
