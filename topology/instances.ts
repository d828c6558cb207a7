/** EC2 instances that are targets of load balancers, by themselves or in Auto Scaling groups. */
import { block, blocks, type ResourceIndex, merged, number, text, texts } from "./props";
import type { DeclaredResource, Props } from "./resource";
import { rangesOf } from "./subnets";
import { token } from "./tokens";
import type { Instances, InstanceTarget } from "./types";

/** Every instance and Auto Scaling group that is registered in a target group. */
export function readInstances(index: ResourceIndex): Instances[] {
  const read = (type: string, kind: Instances["kind"]) =>
    index.of(type).map((resource): Instances => {
      const { id, name } = resource;
      const props = merged(resource);
      const subnets = [...texts(props, "subnetId"), ...texts(props, "vpcZoneIdentifiers")];
      return {
        ...{ kind, id, name },
        securityGroupIds: instanceGroups(props, templateOf(index, props)),
        privateCidrs: rangesOf(index, subnets),
        targets: kind === "instance" ? attached(index, resource) : scaled(index, resource),
      };
    });
  const all = [
    ...read(token.instance, "instance"),
    ...read(token.autoscalingGroup, "Auto Scaling group"),
  ];
  return all.filter(({ targets }) => targets.length > 0);
}

/** Target groups in which an instance is attached, by its id or its private address. */
function attached(index: ResourceIndex, { id, outputs }: DeclaredResource): InstanceTarget[] {
  const own = [id, text(outputs, "privateIp")];
  return index
    .of(token.targetGroupAttachment)
    .map(merged)
    .filter((props) => own.includes(text(props, "targetId") ?? ""))
    .map((props) => {
      const port = number(props, "port");
      return { targetGroupArn: text(props, "targetGroupArn") ?? "", ...(port && { port }) };
    });
}

/** Target groups of an Auto Scaling group, given there or attached; the port is the target group's. */
function scaled(index: ResourceIndex, group: DeclaredResource): InstanceTarget[] {
  const own = [group.id, text(merged(group), "name")];
  const ofGroup = (type: string): Props[] =>
    index
      .of(type)
      .map(merged)
      .filter((props) => own.includes(text(props, "autoscalingGroupName") ?? ""));
  const arns = [
    ...targetGroupsOf(merged(group)),
    ...ofGroup(token.autoscalingAttachment).flatMap((p) => text(p, "lbTargetGroupArn") ?? []),
    ...ofGroup(token.trafficSourceAttachment).flatMap(targetGroupsOf),
  ];
  return arns.map((targetGroupArn) => ({ targetGroupArn }));
}

/** Target groups that an Auto Scaling group, or an attachment to one, names. */
export function targetGroupsOf(props: Props): string[] {
  const sources = [...blocks(props, "trafficSources"), ...blocks(props, "trafficSource")];
  return [
    ...texts(props, "targetGroupArns"),
    ...sources.flatMap((source) => text(source, "identifier") ?? []),
  ];
}

/** What instances are launched from, if it is part of the program. */
export function launchedBy(
  index: Pick<ResourceIndex, "of">,
  props: Props,
): DeclaredResource | undefined {
  const mixed = block(block(props, "mixedInstancesPolicy") ?? {}, "launchTemplate") ?? {};
  const template = block(props, "launchTemplate") ?? block(mixed, "launchTemplateSpecification");
  const keys = ["id", "name", "launchTemplateId", "launchTemplateName"];
  const named = template
    ? keys.flatMap((key) => text(template, key) ?? [])
    : texts(props, "launchConfiguration");
  const type = template ? token.launchTemplate : token.launchConfiguration;
  return index.of(type).find((r) => {
    const { id, inputs, outputs } = r;
    return [id, text(inputs, "name"), text(outputs, "name")].some((n) => n && named.includes(n));
  });
}

function templateOf(index: ResourceIndex, props: Props): Props | undefined {
  const launched = launchedBy(index, props);
  return launched && merged(launched);
}

/**
 * Security groups of instances: their own, otherwise those of what they are launched from. A group
 * by name is in here too, and is then found nowhere.
 */
export function instanceGroups(props: Props, launched: Props | undefined): string[] {
  const keys = ["vpcSecurityGroupIds", "securityGroups", "securityGroupNames"];
  const of = (bag: Props): string[] => [
    ...keys.flatMap((key) => texts(bag, key)),
    ...blocks(bag, "networkInterfaces").flatMap((one) => texts(one, "securityGroups")),
  ];
  const own = of(props);
  return own.length > 0 || launched === undefined ? own : of(launched);
}
