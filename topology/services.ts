/** ECS services with their containers, as far as a load balancer's targets need them. */
import { type DeclaredResource, type Props, UNKNOWN_TEXT } from "./resource";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  blocks,
  merged,
  number,
  text,
  texts,
} from "./props";
import { alternateOf, rollbackAlarmsOf, shiftOf } from "./deployments";
import { parseContainers } from "./containerDefinitions";
import { hostNetworkOf } from "./hostNetwork";
import { rangesOf } from "./subnets";
import type { Container, Service } from "./types";
import { secretValue } from "./secretValues";
import { token } from "./tokens";

/** Every ECS service of the program. */
export function readServices(inventory: ResourceIndex, findings: TopologyIssues): Service[] {
  return inventory.of(token.service).map((resource) => {
    const props = merged(resource);
    const network = block(props, "networkConfiguration") ?? {};
    const definition = findDefinition(inventory, text(props, "taskDefinition"));
    if (!definition) {
      findings.problem(
        `The service ${resource.name} runs the task definition ${text(props, "taskDefinition") ?? "(none)"}, which is not one of the program's: nothing can be started for it.`,
      );
    }
    const written = definition ? definedContainers(definition, findings) : [];
    const containers = written.map((one) => readContainer(one, inventory));
    const host = definition && hostNetworkOf(inventory, props, merged(definition), written);
    const targets = blocks(props, "loadBalancers").map((lb) => {
      const containerName = text(lb, "containerName") ?? "";
      const containerPort = number(lb, "containerPort") ?? 0;
      const port = host?.portOf(containerName, containerPort);
      return {
        targetGroupArn: text(lb, "targetGroupArn") ?? "",
        ...{ containerName, containerPort },
        ...(port && { host: port }),
        ...alternateOf(lb),
      };
    });
    for (const target of definition ? targets : []) {
      if (containers.some((c) => c.name === target.containerName)) continue;
      findings.problem(
        `The service ${resource.name} sends requests to the container ${target.containerName}, which its task definition has not. Its containers: ${containers.map((c) => c.name).join(", ") || "none"}.`,
      );
    }
    return {
      kind: "service",
      arn: text(props, "arn") ?? resource.id,
      name: resource.name,
      count: number(props, "desiredCount") ?? 1,
      securityGroupIds: host?.securityGroupIds ?? texts(network, "securityGroups"),
      privateCidrs: host?.privateCidrs ?? rangesOf(inventory, texts(network, "subnets")),
      ...(host?.instancesId !== undefined && { instancesId: host.instancesId }),
      containers,
      targets,
      ...shiftOf(props),
      rollbackAlarms: rollbackAlarmsOf(props),
    };
  });
}

function findDefinition(
  inventory: ResourceIndex,
  reference: string | undefined,
): DeclaredResource | undefined {
  const type = token.taskDefinition;
  return (
    inventory.find(type, reference) ??
    // `family:revision` is a reference too.
    inventory.of(type).find((d) => {
      const props = merged(d);
      const family = text(props, "family") ?? "";
      return [family, `${family}:${text(props, "revision") ?? "1"}`].includes(reference ?? "");
    })
  );
}

/** The containers of a task definition, as the program wrote them. */
function definedContainers(definition: DeclaredResource, findings: TopologyIssues): Props[] {
  const { containerDefinitions: written } = merged(definition);
  let parsed: unknown;
  try {
    parsed = typeof written === "string" ? parseContainers(written) : written;
  } catch (error) {
    findings.problem(
      `containerDefinitions of the task definition ${definition.name} is not JSON: ${(error as Error).message}`,
    );
    return [];
  }
  return blocks({ parsed }, "parsed");
}

function readContainer(c: Props, inventory: ResourceIndex): Container {
  const image = text(c, "image") ?? "";
  const environment = blocks(c, "environment").map(
    (e: Props) => [text(e, "name") ?? "", text(e, "value")] as const,
  );
  const secrets = blocks(c, "secrets").map(
    (s) => [text(s, "name") ?? "", text(s, "valueFrom") ?? ""] as const,
  );
  const values = secrets.map(([name, from]) => [name, secretValue(from, inventory)] as const);
  const isKnown = (value: string | undefined): value is string =>
    value !== undefined && !value.includes(UNKNOWN_TEXT);
  return {
    name: text(c, "name") ?? "",
    image,
    environment: Object.fromEntries(environment.filter(([, value]) => isKnown(value))) as Record<
      string,
      string
    >,
    unknown: environment.flatMap(([name, value]) => (isKnown(value) ? [] : [name])),
    secrets: secrets.map(([name]) => name),
    secretValues: Object.fromEntries(values.filter(([, value]) => isKnown(value))) as Record<
      string,
      string
    >,
    ...(c.essential === false && { essential: false as const }),
    ...startOrder(c),
    stopSeconds: number(c, "stopTimeout"),
    ports: blocks(c, "portMappings").flatMap((p) => number(p, "containerPort") ?? []),
    context: contextOf(image, inventory),
  };
}

/** What a container waits for; nothing where it waits for none. */
function startOrder(container: Props): Pick<Container, "dependsOn"> {
  const waits = blocks(container, "dependsOn").map(
    (one) => [text(one, "containerName") ?? "", text(one, "condition") ?? ""] as const,
  );
  return waits.length === 0 ? {} : { dependsOn: Object.fromEntries(waits) };
}

/** For each resource type that builds an image: the properties with its name and its folder. */
const builds: readonly {
  readonly type: string;
  readonly made: readonly string[];
  readonly context: (inputs: Props) => string | undefined;
}[] = [
  { type: token.awsxImage, made: ["imageUri"], context: (i) => text(i, "context") },
  {
    type: token.dockerImage,
    made: ["imageName", "repoDigest"],
    context: (i) => text(block(i, "build") ?? {}, "context") ?? text(i, "build"),
  },
  {
    type: token.dockerBuildImage,
    made: ["ref"],
    context: (i) => text(block(i, "context") ?? {}, "location"),
  },
];

/** The folder from which an image of the program is built. */
function contextOf(image: string, inventory: ResourceIndex): string | undefined {
  for (const { type, made, context } of builds) {
    const built = inventory
      .of(type)
      .find(({ outputs }) => made.some((key) => text(outputs, key) === image));
    if (built) return context(built.inputs) ?? ".";
  }
  return undefined;
}
