import { blocks, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { containersOf } from "../../topology/stack/containers";
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
  check: ({ urn, name, props }, stack) => {
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
          fix: `Set containerName and containerPort in loadBalancers of the aws.ecs.Service ${name} to a container of the aws.ecs.TaskDefinition ${definition.name} and one of its ports.`,
        },
      ];
    });
  },
});

function missing(target: Props, containers: readonly Props[]): string | undefined {
  const wanted = text(target, "containerName") ?? "";
  const container = containers.find((c) => text(c, "name") === wanted);
  const names = containers.map((c) => text(c, "name")).join(", ") || "none";
  if (!container)
    return `the container ${wanted}, but its task definition has no such container: AWS refuses the service. Its containers: ${names}.`;
  const mappings = blocks(container, "portMappings");
  if (mappings.some((mapping) => "containerPortRange" in mapping)) return undefined;
  const ports = mappings.flatMap((mapping) => number(mapping, "containerPort") ?? []);
  const port = number(target, "containerPort");
  if (port === undefined || ports.includes(port)) return undefined;
  return `port ${port} of the container ${wanted}, but the container has no such port: AWS refuses the service. Its ports: ${ports.join(", ") || "none"}.`;
}
