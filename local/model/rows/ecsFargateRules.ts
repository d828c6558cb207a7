/** What Fargate requires of a task definition. */
import { fargateProblem } from "../../../path/fargate";
import { Props, UNKNOWN } from "../types";
import { asNumber, bagsAt, booleanAt, numberAt, textAt, textsAt } from "../props";
import { InputRule, when } from "../rules";
import { containers, definedContainers, ecsGuide, parametersPage } from "./ecsContainers";

const fargatePage = `${ecsGuide}/fargate-tasks-services.html`;

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

/** CPU units and MiB of a task. */
export const taskSize = { cpu: cpuOf, memory: memoryOf };

export const fargateRules: InputRule[] = [
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
      source: `${ecsGuide}/task_execution_IAM_role.html`,
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
      source: `${ecsGuide}/task_execution_IAM_role.html`,
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
