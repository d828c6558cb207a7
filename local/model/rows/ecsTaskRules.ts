/** Rules about task definitions and their containers. */
import { fargateProblem } from "../../../path/fargate";
import { Props, UNKNOWN } from "../types";
import { asNumber, bagsAt, booleanAt, isBag, numberAt, parseJson, textAt, textsAt } from "../props";
import { json, matchesPattern, oneOf, InputRule, when } from "../rules";

const guide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const parametersPage = `${guide}/task_definition_parameters.html`;
const fargatePage = `${guide}/fargate-tasks-services.html`;

/** Containers of a task definition, from its inputs or outputs. */
export function definedContainers(inputs: Props): Props[] {
  const parsed = parseJson(textAt(inputs, "containerDefinitions") ?? "[]");
  return Array.isArray(parsed) ? parsed.filter(isBag) : [];
}

const isFargate = (inputs: Props): boolean =>
  textsAt(inputs, "requiresCompatibilities[]").includes("FARGATE");

/** CPU in units and memory in MiB; ECS also takes `1 vCPU` and `2 GB`. */
const units = (value: string | undefined, word: RegExp, factor: number): number | undefined => {
  const match = /^([\d.]+)\s*([A-Za-z]*)$/.exec(value ?? "");
  if (!match) return undefined;
  return word.test(match[2] ?? "") ? Number(match[1]) * factor : asNumber(match[1]);
};
const cpuOf = (inputs: Props): number | undefined =>
  numberAt(inputs, "cpu") ?? units(textAt(inputs, "cpu"), /vcpu/i, 1024);
const memoryOf = (inputs: Props): number | undefined =>
  numberAt(inputs, "memory") ?? units(textAt(inputs, "memory"), /gb/i, 1024);

/** A rule about every container: the names of those that break it go into the message. */
const containers = (
  breaks: (container: Props, inputs: Props) => boolean,
  message: string,
  source = parametersPage,
): InputRule =>
  when(
    (inputs) => {
      const names = definedContainers(inputs)
        .filter((c) => breaks(c, inputs))
        .map((c) => textAt(c, "name") ?? "?");
      return names.length === 0 ? undefined : names.join(", ");
    },
    "containerDefinitions",
    { code: "ClientException", message: (names) => `${message} (container ${names})`, source },
  );

const fargateRules: InputRule[] = [
  when(
    (inputs) =>
      isFargate(inputs) && inputs.networkMode !== UNKNOWN && inputs.networkMode !== "awsvpc",
    "networkMode",
    {
      code: "ClientException",
      say: "Fargate only supports network mode 'awsvpc'.",
      source: fargatePage,
    },
  ),
  when((inputs) => isFargate(inputs) && !("cpu" in inputs), "cpu", {
    code: "ClientException",
    say: "Fargate requires that 'cpu' be defined at the task level.",
    source: fargatePage,
  }),
  when((inputs) => isFargate(inputs) && !("memory" in inputs), "memory", {
    code: "ClientException",
    say: "Fargate requires that 'memory' be defined at the task level.",
    source: fargatePage,
  }),
  when(
    (inputs) => {
      const [cpu, memory] = [cpuOf(inputs), memoryOf(inputs)];
      if (!isFargate(inputs) || cpu === undefined || memory === undefined) return undefined;
      return fargateProblem(cpu, memory);
    },
    "memory",
    {
      code: "ClientException",
      message: (why) => `No Fargate configuration exists for given values: ${why}`,
      source: fargatePage,
    },
  ),
  when(
    (inputs) =>
      isFargate(inputs) &&
      !("executionRoleArn" in inputs) &&
      definedContainers(inputs).some((c) => textAt(c, "logConfiguration.logDriver") === "awslogs"),
    "executionRoleArn",
    {
      code: "ClientException",
      say: "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
      source: `${guide}/task_execution_IAM_role.html`,
    },
  ),
  when(
    (inputs) =>
      isFargate(inputs) &&
      !("executionRoleArn" in inputs) &&
      definedContainers(inputs).some((c) => /\.dkr\.ecr[.-]/.test(textAt(c, "image") ?? "")),
    "executionRoleArn",
    {
      code: "ClientException",
      say: "Fargate requires task definition to have execution role ARN to support ECR images.",
      source: `${guide}/task_execution_IAM_role.html`,
    },
  ),
  when(
    (inputs) => {
      const ids = textsAt(inputs, "requiresCompatibilities[]").filter(
        (c) => !["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"].includes(c),
      );
      return ids[0];
    },
    "requiresCompatibilities",
    {
      code: "ClientException",
      message: (v) => `'${v}' is none of FARGATE, EC2, EXTERNAL, MANAGED_INSTANCES.`,
      source: parametersPage,
    },
  ),
  containers(
    (c, inputs) => isFargate(inputs) && booleanAt(c, "privileged") === true,
    "Fargate does not support privileged containers.",
    fargatePage,
  ),
  containers(
    (c, inputs) => isFargate(inputs) && textsAt(c, "links[]").length > 0,
    "Links are not supported when networkMode=awsvpc.",
  ),
  containers(
    (c, inputs) =>
      isFargate(inputs) &&
      textsAt(c, "linuxParameters.capabilities.add[]").some((cap) => cap !== "SYS_PTRACE"),
    "Fargate adds no capability but SYS_PTRACE.",
    fargatePage,
  ),
  containers(
    (c, inputs) =>
      isFargate(inputs) &&
      !["awslogs", "splunk", "awsfirelens", undefined].includes(
        textAt(c, "logConfiguration.logDriver"),
      ),
    "Fargate has the log drivers awslogs, splunk and awsfirelens.",
    fargatePage,
  ),
  containers(
    (c, inputs) => isFargate(inputs) && (numberAt(c, "stopTimeout") ?? 0) > 120,
    "stopTimeout is at most 120 seconds on Fargate.",
  ),
  containers(
    (c, inputs) =>
      inputs.networkMode === "awsvpc" &&
      bagsAt(c, "portMappings").some(
        (m) => m.hostPort !== undefined && m.hostPort !== m.containerPort,
      ),
    "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
  ),
];

export const taskRules: InputRule[] = [
  matchesPattern(
    "family",
    /^[A-Za-z0-9_-]{1,255}$/,
    "made of letters, digits, hyphens and underscores",
    {
      code: "ClientException",
      source: parametersPage,
    },
  ),
  json("containerDefinitions", { code: "ClientException", source: parametersPage }),
  when(
    (inputs) =>
      textAt(inputs, "containerDefinitions") !== undefined &&
      definedContainers(inputs).length === 0,
    "containerDefinitions",
    { code: "ClientException", say: "Container list cannot be empty.", source: parametersPage },
  ),
  containers((c) => textAt(c, "name") === undefined, "Container.name should not be null or empty."),
  containers(
    (c) => textAt(c, "image") === undefined,
    "Container.image should not be null or empty.",
  ),
  when(
    (inputs) => {
      const names = definedContainers(inputs).map((c) => textAt(c, "name"));
      return names.find((name, i) => names.indexOf(name) < i);
    },
    "containerDefinitions",
    {
      code: "ClientException",
      message: (name) => `Two containers are named ${name}.`,
      source: parametersPage,
    },
  ),
  when(
    (inputs) =>
      textAt(inputs, "containerDefinitions") !== undefined &&
      definedContainers(inputs).length > 0 &&
      definedContainers(inputs).every((c) => booleanAt(c, "essential") === false),
    "containerDefinitions",
    {
      code: "ClientException",
      say: "Invalid setting for container(s). At least one container should have essential=true.",
      source: parametersPage,
    },
  ),
  when(
    (inputs) => {
      const ports = definedContainers(inputs).flatMap((c) =>
        bagsAt(c, "portMappings").map((m) => numberAt(m, "containerPort")),
      );
      return inputs.networkMode === "awsvpc" && new Set(ports).size < ports.length;
    },
    "containerDefinitions",
    {
      code: "ClientException",
      say: "Containers of a task share its network: two of them map the same port.",
      source: parametersPage,
    },
  ),
  when(
    (inputs) => {
      const volumes = textsAt(inputs, "volumes[].name");
      if (!Array.isArray(inputs.volumes ?? [])) return undefined;
      return definedContainers(inputs)
        .flatMap((c) => textsAt(c, "mountPoints[].sourceVolume"))
        .find((name) => !volumes.includes(name));
    },
    "containerDefinitions",
    {
      code: "ClientException",
      message: (name) => `Unknown volume '${name}'.`,
      source: parametersPage,
    },
  ),
  when(
    (inputs) => {
      const names = definedContainers(inputs).map((c) => textAt(c, "name"));
      return definedContainers(inputs)
        .flatMap((c) => textsAt(c, "dependsOn[].containerName"))
        .find((name) => !names.includes(name));
    },
    "containerDefinitions",
    {
      code: "ClientException",
      message: (name) => `A container depends on '${name}', which does not exist.`,
      source: parametersPage,
    },
  ),
  oneOf("networkMode", ["awsvpc", "bridge", "host", "none"], {
    code: "ClientException",
    source: parametersPage,
  }),
  oneOf("runtimePlatform.cpuArchitecture", ["X86_64", "ARM64"], {
    code: "ClientException",
    source: parametersPage,
  }),
  ...fargateRules,
];
