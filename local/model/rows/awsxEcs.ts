/**
 * Services and task definitions of awsx: what they create, and what they return.
 * https://github.com/pulumi/pulumi-awsx/tree/master/awsx/ecs
 */
import { fargateSizes } from "../../../path/fargate";
import { asNumber, bagAt, bagsAt, hasUnknown, isBag, textAt } from "../props";
import { Derived, type Planned, Ref } from "../planned";
import type { AccountView } from "../row";
import { type Props, UNKNOWN } from "../types";
import { token } from "../../../topology/tokens";
import type { ComponentRow } from "./awsx";
import {
  defaultVpc,
  executionPolicy,
  jsonOf,
  plannedLogGroup,
  openSecurityGroup,
  plannedRole,
  shortHash,
  omit,
} from "./awsxParts";

type Kind = "FARGATE" | "EC2";

const taskDefinitionType = { FARGATE: "FargateTaskDefinition", EC2: "EC2TaskDefinition" } as const;

/** Containers by name, in the order in which awsx writes them. */
function containersOf(args: Props): [string, Props][] {
  if ((args.container === undefined) === (args.containers === undefined))
    throw new Error("Exactly one of [container] or [containers] must be provided");
  if (args.container !== undefined) {
    const only = bagAt(args, "container");
    return [[textAt(only, "name") ?? "container", only]];
  }
  return Object.entries(bagAt(args, "containers"))
    .flatMap(([name, container]): [string, Props][] =>
      isBag(container) ? [[name, container]] : [],
    )
    .sort(([a], [b]) => a.localeCompare(b));
}

/** A mapping's target group: the id of a resource, or the resource's outputs. */
function targetGroupOf(
  mapping: Props,
  account: AccountView,
): { arn: unknown; port: unknown } | undefined {
  const given = mapping.targetGroup;
  if (given === undefined || given === null) return undefined;
  if (isBag(given)) return { arn: given.arn ?? UNKNOWN, port: given.port ?? UNKNOWN };
  const found = typeof given === "string" ? account.lookup(token.targetGroup, given) : undefined;
  return { arn: given, port: found?.outputs.port ?? UNKNOWN };
}

function portMapping(mapping: Props, account: AccountView): Props {
  const port = targetGroupOf(mapping, account)?.port;
  return {
    ...omit(mapping, ["targetGroup"]),
    containerPort: mapping.containerPort ?? mapping.hostPort ?? port,
    hostPort: mapping.hostPort ?? port ?? mapping.containerPort,
  };
}

/** Which container of the task a target group's requests go to: at the target group's own port. */
function loadBalancersOf(containers: readonly [string, Props][], account: AccountView): Props[] {
  return containers.flatMap(([containerName, container]) =>
    bagsAt(container, "portMappings").flatMap((mapping) => {
      const group = targetGroupOf(mapping, account);
      if (group === undefined) return [];
      return [{ containerName, containerPort: group.port, targetGroupArn: group.arn }];
    }),
  );
}

/** The smallest size that holds what the containers ask for. */
function sizeFor(containers: readonly Props[]): Props {
  const asked = (keys: readonly string[]): unknown[] =>
    containers.map((container) => keys.map((key) => container[key]).find((value) => value));
  const [memory, cpu] = [asked(["memoryReservation", "memory"]), asked(["cpu"])];
  if ([...memory, ...cpu].includes(UNKNOWN)) return { cpu: UNKNOWN, memory: UNKNOWN };
  const sum = (values: readonly unknown[]): number =>
    values.reduce<number>((total, value) => total + (asNumber(value) ?? 0), 0);
  const fits = fargateSizes
    .flatMap((size) => size.memory.map((mib) => ({ cpu: size.cpu, memory: mib })))
    .filter((size) => size.cpu >= sum(cpu) && size.memory >= sum(memory))
    .sort((a, b) => a.memory - b.memory || a.cpu - b.cpu);
  const [found] = fits;
  if (!found)
    throw new Error(
      `Could not find fargate config that could satisfy: ${sum(cpu) / 1024} vCPU and ${sum(memory) / 1024}GB.`,
    );
  return { cpu: String(found.cpu), memory: String(found.memory) };
}

const ofTask = ["container", "containers", "logGroup", "taskRole", "executionRole"];

function expandTask(kind: Kind) {
  return (name: string, args: Props, region: string, account: AccountView): Planned[] => {
    const containers = containersOf(args);
    const logs = plannedLogGroup(name, bagAt(args, "logGroup"), region);
    const task = plannedRole("taskRole", `${name}-task`, bagAt(args, "taskRole"), []);
    const wanted = bagAt(args, "executionRole");
    const policies = [executionPolicy(region)];
    const execution = plannedRole("executionRole", `${name}-execution`, wanted, policies);
    const written = containers.map(([own, container]) => ({
      ...container,
      ...(container.portMappings !== undefined && {
        portMappings: bagsAt(container, "portMappings").map((mapping) =>
          portMapping(mapping, account),
        ),
      }),
      name: own,
      ...(container.logConfiguration === undefined &&
        logs.options && {
          logConfiguration: {
            logDriver: "awslogs",
            options: { ...logs.options, "awslogs-stream-prefix": own },
          },
        }),
    }));
    const definitions = jsonOf(written);
    const family = new Derived(definitions, (text_) =>
      typeof text_ === "string" && !hasUnknown(text_) ? `${name}-${shortHash(text_)}` : name,
    );
    const inputs = {
      ...(kind === "EC2" && { networkMode: "awsvpc" }),
      ...(kind === "FARGATE" && sizeFor(written)),
      ...omit(args, ofTask),
      ...(kind === "FARGATE" && { networkMode: "awsvpc" }),
      requiresCompatibilities: [kind],
      taskRoleArn: task.arn,
      executionRoleArn: execution.arn,
      family: args.family ?? family,
      containerDefinitions: definitions,
    };
    return [
      ...logs.planned,
      ...task.planned,
      ...execution.planned,
      { key: "taskDefinition", type: token.taskDefinition, name, inputs },
    ];
  };
}

const resources = (planned: readonly Planned[], keys: readonly string[]): Props =>
  Object.fromEntries(
    keys
      .filter((key) => planned.some((one) => one.key === key))
      .map((key) => [key, new Ref(key, "*")]),
  );

const taskOutputs = (planned: readonly Planned[], args: Props, account: AccountView): Props => ({
  ...resources(planned, ["taskDefinition", "logGroup", "taskRole", "executionRole"]),
  loadBalancers: loadBalancersOf(containersOf(args), account),
});

const ofService = [
  ...["taskDefinition", "taskDefinitionArgs", "assignPublicIp", "continueBeforeSteadyState"],
  "useClusterDefaultCapacityProviderStrategy",
];

function expandService(kind: Kind) {
  return (name: string, args: Props, region: string, account: AccountView): Planned[] => {
    const own = args.taskDefinitionArgs;
    if ((args.taskDefinition === undefined) === (own === undefined))
      throw new Error("Exactly one of `taskDefinition` or `taskDefinitionArgs` must be provided.");
    if (kind === "FARGATE" && args.networkConfiguration !== undefined && "assignPublicIp" in args)
      throw new Error("Only one of `networkConfiguration` or `assignPublicIp` can be provided.");
    const task: Planned[] =
      own === undefined
        ? []
        : [
            {
              key: "task",
              type: `awsx:ecs:${taskDefinitionType[kind]}`,
              name,
              inputs: bagAt(args, "taskDefinitionArgs"),
            },
          ];
    const network = kind === "FARGATE" ? networkOf(name, args, region, account) : { planned: [] };
    const strategy =
      args.capacityProviderStrategies ?? args.useClusterDefaultCapacityProviderStrategy;
    const service: Planned = {
      key: "service",
      type: token.service,
      name,
      inputs: {
        ...omit(args, ofService),
        ...("use" in network && { networkConfiguration: network.use }),
        ...(kind === "EC2" && { launchType: "EC2" }),
        ...(kind === "FARGATE" && strategy === undefined && { launchType: "FARGATE" }),
        loadBalancers:
          args.loadBalancers ?? (own === undefined ? undefined : new Ref("task", "loadBalancers")),
        waitForSteadyState: args.continueBeforeSteadyState !== true,
        taskDefinition: args.taskDefinition ?? new Ref("task", "taskDefinition.arn"),
      },
    };
    return [...task, ...network.planned, service];
  };
}

/** Without a network configuration a service runs in the default VPC, open to everybody. */
function networkOf(
  name: string,
  args: Props,
  region: string,
  account: AccountView,
): { planned: Planned[]; use?: Props } {
  if (args.networkConfiguration !== undefined) return { planned: [] };
  const { vpcId, publicSubnetIds, privateSubnetIds } = defaultVpc(account, region);
  const assignPublicIp = args.assignPublicIp ?? false;
  const inputs = openSecurityGroup(vpcId);
  return {
    planned: [{ key: "securityGroup", type: token.securityGroup, name: `${name}-sg`, inputs }],
    use: {
      subnets: assignPublicIp === true ? publicSubnetIds : privateSubnetIds,
      assignPublicIp,
      securityGroups: [new Ref("securityGroup")],
    },
  };
}

const serviceOutputs = (planned: readonly Planned[]): Props => ({
  service: new Ref("service", "*"),
  ...(planned.some(({ key }) => key === "task") && {
    taskDefinition: new Ref("task", "taskDefinition"),
  }),
});

export const awsxServices: readonly ComponentRow[] = [
  { type: "awsx:ecs:FargateService", expand: expandService("FARGATE"), outputs: serviceOutputs },
  { type: "awsx:ecs:EC2Service", expand: expandService("EC2"), outputs: serviceOutputs },
  {
    type: "awsx:ecs:FargateTaskDefinition",
    expand: expandTask("FARGATE"),
    outputs: taskOutputs,
  },
  { type: "awsx:ecs:EC2TaskDefinition", expand: expandTask("EC2"), outputs: taskOutputs },
];
