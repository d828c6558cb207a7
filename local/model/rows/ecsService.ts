/** aws.ecs.Service */
import { LocalResource, Props, Refusal } from "../types";
import { arn } from "../ids";
import { asNumber, bagsAt, booleanAt, numberAt, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView, vpcOfSubnet } from "../row";
import { token } from "../../../topology/tokens";
import { refuseStrategy, refuseStrategyChange } from "./ecsCapacity";
import { definedContainers } from "./ecsContainers";
import { deploymentRules, shiftTraffic } from "./ecsDeployment";
import { canRebalance, serviceInputRules } from "./ecsServiceRules";

const createPage =
  "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html";
const invalid = "InvalidParameterException";

function refuse(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const refusals: Refusal[] = [];
  const say = (message: string, property: string, source = createPage, code = invalid): void => {
    refusals.push({ code, message, property, source });
  };
  const twin = others(candidate, account).some(
    (s) => s.outputs.name === inputs.name && s.outputs.cluster === inputs.cluster,
  );
  if (twin) say("Creation of service was not idempotent.", "name");

  const task = account.lookup(token.taskDefinition, textAt(inputs, "taskDefinition"));
  const awsvpc = textAt(task?.outputs ?? {}, "networkMode") === "awsvpc";
  if (awsvpc && inputs.networkConfiguration === undefined) {
    say(
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      "networkConfiguration",
    );
  }
  const fits = textsAt(task?.outputs ?? {}, "requiresCompatibilities[]");
  const launch = textAt(inputs, "launchType");
  if (task && task.urn !== "" && launch === "FARGATE" && !fits.includes("FARGATE")) {
    say("Task definition does not support launch_type FARGATE.", "launchType");
  }
  const exec = booleanAt(inputs, "enableExecuteCommand") === true;
  if (exec && task && task.urn !== "" && !("taskRoleArn" in task.outputs)) {
    say(
      "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
      "enableExecuteCommand",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
    );
  }
  for (const [i, entry] of bagsAt(inputs, "loadBalancers").entries()) {
    for (const message of refuseLoadBalancer(entry, task, awsvpc, account))
      say(message, `loadBalancers[${i}]`);
  }
  return [...refusals, ...refuseStrategy(candidate, account), ...refuseNetwork(inputs, account)];
}

/** The network mode of tasks that are in the network of their instance; undefined for others. */
function hostMode(task: LocalResource | undefined): string | undefined {
  if (!task || task.urn === "") return undefined;
  if (textsAt(task.outputs, "requiresCompatibilities[]").includes("FARGATE")) return undefined;
  const { networkMode = "bridge" } = task.outputs;
  return networkMode === "bridge" || networkMode === "host" ? networkMode : undefined;
}

function refuseLoadBalancer(
  entry: Props,
  task: LocalResource | undefined,
  awsvpc: boolean,
  account: AccountView,
): string[] {
  const messages: string[] = [];
  const groupArn = textAt(entry, "targetGroupArn");
  const group = account.lookup(token.targetGroup, groupArn);
  // That nothing forwards to the group yet is no refusal: the provider tries for four minutes, and the
  // rule service-target-group-unused says where nothing ever does.
  const targetType = textAt(group?.outputs ?? {}, "targetType");
  const mode = awsvpc ? "awsvpc" : hostMode(task);
  const fits = awsvpc ? targetType === "ip" : targetType !== "ip";
  if (mode !== undefined && targetType !== undefined && !fits) {
    messages.push(
      `The provided target group ${groupArn ?? ""} has target type ${targetType}, which is incompatible with the ${mode} network mode specified in the task definition.`,
    );
  }
  const [name, port] = [textAt(entry, "containerName"), numberAt(entry, "containerPort")];
  if (!task || task.urn === "" || name === undefined) return messages;
  const container = definedContainers(task.outputs).find((c) => textAt(c, "name") === name);
  if (!container) {
    messages.push(`The container ${name} does not exist in the task definition.`);
  } else if (
    port !== undefined &&
    !bagsAt(container, "portMappings").some((m) => asNumber(m.containerPort) === port)
  ) {
    messages.push(`The container ${name} did not have a container port ${port} defined.`);
  }
  return messages;
}

/** Subnets and security groups of one VPC, and that of the target groups. */
function refuseNetwork(inputs: Props, account: AccountView): Refusal[] {
  const vpcOf = (type: string, id: string): string | undefined =>
    textAt(account.lookup(type, id)?.outputs ?? {}, "vpcId");
  const property = "networkConfiguration";
  const subnets = textsAt(inputs, `${property}.subnets[]`)
    .flatMap((id) => account.lookup(token.subnet, id) ?? [])
    .flatMap((subnet) => vpcOfSubnet(subnet) ?? []);
  const groups = textsAt(inputs, `${property}.securityGroups[]`).flatMap(
    (id) => vpcOf(token.securityGroup, id) ?? [],
  );
  const targets = [
    ...textsAt(inputs, "loadBalancers[].targetGroupArn"),
    ...textsAt(inputs, "loadBalancers[].advancedConfiguration.alternateTargetGroupArn"),
  ].flatMap((id) => vpcOf(token.targetGroup, id) ?? []);
  const vpc = subnets[0];
  if (vpc === undefined) return [];
  const refusals: Refusal[] = [];
  if (subnets.some((id) => id !== vpc))
    refusals.push({
      code: invalid,
      message: "The subnets provided must all be in the same VPC.",
      property,
      source: createPage,
    });
  if (groups.some((id) => id !== vpc))
    refusals.push({
      code: invalid,
      message: "Security groups and subnets must be in the same VPC.",
      property,
      source: createPage,
    });
  if (targets.some((id) => id !== vpc))
    refusals.push({
      code: invalid,
      message:
        "The target group is in another VPC than the tasks, whose addresses it could not register.",
      property: "loadBalancers",
      source: createPage,
    });
  return refusals;
}

export const service: ResourceModel = {
  type: token.service,
  autoName: { property: "name", maxLength: 255 },
  defaults: (inputs) => ({
    schedulingStrategy: "REPLICA",
    availabilityZoneRebalancing: canRebalance(inputs) ? "ENABLED" : "DISABLED",
    deploymentMaximumPercent: 200,
    deploymentMinimumHealthyPercent: 100,
    ...(inputs.capacityProviderStrategies === undefined ? { launchType: "EC2" } : {}),

    desiredCount: 1,
    enableExecuteCommand: false,
    enableEcsManagedTags: false,
    waitForSteadyState: false,
    deploymentController: { type: "ECS" },
  }),
  rules: [...serviceInputRules, ...deploymentRules],
  references: [
    {
      property: "cluster",
      type: token.cluster,
      code: "ClusterNotFoundException",
      source: createPage,
      message: () => "Cluster not found.",
    },
    {
      property: "taskDefinition",
      type: token.taskDefinition,
      code: "ClientException",
      source: createPage,
      message: (id) => `Unable to find task definition: ${id}`,
    },
    {
      property: "loadBalancers[].targetGroupArn",
      type: token.targetGroup,
      code: invalid,
      source: createPage,
      message: (id) => `The target group ${id} does not exist.`,
    },
    {
      property: "loadBalancers[].advancedConfiguration.alternateTargetGroupArn",
      type: token.targetGroup,
      code: invalid,
      source: createPage,
      message: (id) => `The target group ${id} does not exist.`,
    },
    ...["productionListenerRule", "testListenerRule"].map((property) => ({
      property: `loadBalancers[].advancedConfiguration.${property}`,
      type: token.listenerRule,
      code: invalid,
      source: createPage,
      message: (id: string) => `The listener rule ${id} does not exist.`,
    })),
    {
      property: "loadBalancers[].advancedConfiguration.roleArn",
      type: token.role,
      code: invalid,
      source: createPage,
      message: (id) => `The role ${id} does not exist.`,
      sameRegion: false,
    },
    {
      property: "networkConfiguration.subnets[]",
      type: token.subnet,
      code: invalid,
      source: createPage,
      message: (id) => `The subnet ID '${id}' does not exist`,
    },
    {
      property: "networkConfiguration.securityGroups[]",
      type: token.securityGroup,
      code: invalid,
      source: createPage,
      message: (id) => `The security group '${id}' does not exist`,
    },
  ],
  refuse,
  changed: shiftTraffic,
  replaceOn: ["name", "cluster", "schedulingStrategy", "iamRole", "region"],
  // Taken away, AWS sets it; given to a service with a strategy, it needs another service.
  replaceWhen: ({ launchType: before }, { launchType: after }) =>
    after === undefined || before === after ? [] : ["launchType"],
  refuseChange: refuseStrategyChange,
  outputs: (candidate, account) => {
    const cluster = textAt(candidate.inputs, "cluster") ?? "default";
    const name = String(candidate.inputs.name);
    const id = arn(
      "ecs",
      candidate.region,
      account.accountId,
      `service/${cluster.split("/").pop() ?? ""}/${name}`,
    );
    const platform = candidate.inputs.launchType === "FARGATE" ? { platformVersion: "LATEST" } : {};
    return {
      id,
      arn: id,
      cluster,
      iamRole: "/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      ...platform,
      ...given(candidate),
    };
  },
};

const given = (candidate: Candidate): Props =>
  candidate.inputs.platformVersion === undefined
    ? {}
    : { platformVersion: candidate.inputs.platformVersion };
