import { blocks, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { containersOf } from "../../topology/stack/containers";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const serviceTargetMissing = stackRule({
  code: "service-target-missing",
  severity: "error",
  holds: "A service sends requests to a container and port of its task definition.",
  fix: "Set containerName and containerPort in loadBalancers of the aws.ecs.Service to a container of its task definition and one of its ports.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
  refusedAs: {
    code: "InvalidParameterException",
    message: /^The container .* does not exist in the task definition/,
  },
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) => {
    const { urn, name, props } = service;
    const targets = blocks(props, "loadBalancers");
    if (targets.length === 0) return undefined;
    const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
    const containers = definition && containersOf(definition.props);
    if (!containers) return undefined;
    return targets.flatMap((target): StackFault[] => {
      const found = missing(target, containers);
      if (found === undefined) return [];
      return [
        {
          urn,
          message: `The service ${name} sends requests to ${found}`,
          fix:
            portFromAwsx(service, target, containers, stack) ??
            `Set containerName and containerPort in loadBalancers of the aws.ecs.Service ${name} to a container of the aws.ecs.TaskDefinition ${definition.name} and one of its ports.`,
        },
      ];
    });
  },
});

/** What to change where awsx has taken the port of the target group, in place of the container's. */
function portFromAwsx(
  { urn }: StackResource,
  target: Props,
  containers: readonly Props[],
  stack: Stack,
): string | undefined {
  if (!/[$:]awsx:ecs:/.test(urn)) return undefined;
  const group = stack.find(token.targetGroup, text(target, "targetGroupArn"));
  const container = containers.find((c) => text(c, "name") === text(target, "containerName"));
  const [port, ...more] = container ? portsOf(container) : [];
  const taken = group && number(group.known, "port") === number(target, "containerPort");
  if (!taken || port === undefined || more.length > 0) return undefined;
  return `Set port: ${port} on the aws.lb.TargetGroup ${group.name}, from which awsx takes the port: with an awsx.lb.ApplicationLoadBalancer in defaultTargetGroup: { port: ${port} }.`;
}

const portsOf = (container: Props): number[] =>
  blocks(container, "portMappings").flatMap((mapping) => number(mapping, "containerPort") ?? []);

function missing(target: Props, containers: readonly Props[]): string | undefined {
  const wanted = text(target, "containerName") ?? "";
  const container = containers.find((c) => text(c, "name") === wanted);
  const names = containers.map((c) => text(c, "name")).join(", ") || "none";
  if (!container)
    return `the container ${wanted}, but its task definition has no such container: AWS refuses the service. Its containers: ${names}.`;
  if (blocks(container, "portMappings").some((mapping) => "containerPortRange" in mapping))
    return undefined;
  const ports = portsOf(container);
  const port = number(target, "containerPort");
  if (port === undefined || ports.includes(port)) return undefined;
  return `port ${port} of the container ${wanted}, but the container has no such port: AWS refuses the service. Its ports: ${ports.join(", ") || "none"}.`;
}
