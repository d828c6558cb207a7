import { blocks, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { stackRule, type Violation } from "../rule";
import { token } from "../../topology/tokens";

export const serviceTargetMissing = stackRule({
  name: "service-target-missing",
  description: "A service sends requests to a container and port that its task definition has.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Let containerName and containerPort in loadBalancers of the aws.ecs.Service be a name and a portMappings[].containerPort of containerDefinitions.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
  subjects: (stack) => stack.of(token.service),
  check: ({ urn, name, props }, stack) => {
    const targets = blocks(props, "loadBalancers");
    if (targets.length === 0) return [];
    const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
    const containers = definition && containersOf(definition.props);
    if (!containers) return [];
    return targets.flatMap((target): Violation[] => {
      const message = missing(target, containers);
      return message === undefined
        ? []
        : [{ urn, message: `The service ${name} sends requests to ${message}` }];
    });
  },
});

function missing(target: Props, containers: readonly Props[]): string | undefined {
  const wanted = text(target, "containerName") ?? "";
  const container = containers.find((c) => text(c, "name") === wanted);
  const names = containers.map((c) => text(c, "name")).join(", ") || "none";
  if (!container)
    return `the container ${wanted}, which its task definition has not: AWS refuses it. Its containers: ${names}.`;
  const mappings = blocks(container, "portMappings");
  if (mappings.some((mapping) => "containerPortRange" in mapping)) return undefined;
  const ports = mappings.flatMap((mapping) => number(mapping, "containerPort") ?? []);
  const port = number(target, "containerPort");
  if (port === undefined || ports.includes(port)) return undefined;
  return `port ${port} of the container ${wanted}, which has no such port: AWS refuses it. Its ports: ${ports.join(", ") || "none"}.`;
}

/** Containers of a task definition; undefined where they are not JSON. */
function containersOf(props: Props): Props[] | undefined {
  const source = text(props, "containerDefinitions");
  if (source === undefined) return undefined;
  try {
    return blocks({ parsed: JSON.parse(source) as unknown }, "parsed");
  } catch {
    return undefined;
  }
}
