/** Rules about task definitions and their containers. */
import { bagAt, bagsAt, booleanAt, numberAt, textAt, textsAt } from "../props";
import { json, matchesPattern, oneOf, range, InputRule, when } from "../rules";
import {
  dependencyConditions,
  dependencyPage,
  dependencyProblems,
  limitKinds,
  limitOverrun,
  type StartNode,
} from "../../../path/containers";
import type { Props } from "../types";
import { containers, definedContainers, parametersPage } from "./ecsContainers";
import { efsRules } from "./ecsVolumes";
import { fargateRules, taskSize } from "./ecsFargateRules";

/** Bounds in seconds, except for the number of retries. */
const healthCheckBounds: Readonly<Record<string, readonly [number, number]>> = {
  interval: [5, 300],
  timeout: [2, 60],
  retries: [1, 10],
  startPeriod: [0, 300],
};

/** What the order of the containers depends on. */
const nodesOf = (inputs: Props): StartNode[] =>
  definedContainers(inputs).map((c) => ({
    name: textAt(c, "name") ?? "?",
    essential: booleanAt(c, "essential"),
    checked: "healthCheck" in c,
    dependsOn: Object.fromEntries(
      bagsAt(c, "dependsOn").map((one) => [
        textAt(one, "containerName") ?? "?",
        textAt(one, "condition") ?? "?",
      ]),
    ),
  }));

/** What the provider decodes as text. */
const textsOf = (c: Props): unknown[] => [
  c.image,
  ...bagsAt(c, "environment").map(({ value }) => value),
  ...bagsAt(c, "secrets").map(({ valueFrom }) => valueFrom),
  ...Object.values(bagAt(c, "logConfiguration.options")),
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
  containers(
    (c) =>
      textsOf(c).some((value) => !["string", "undefined"].includes(typeof (value ?? undefined))),
    "Image, values of environment, secrets and options of the log are text: write a number in quotes. A Promise or an Output in JSON.stringify is no text: use pulumi.jsonStringify.",
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
        bagsAt(c, "portMappings").map(
          (m) => `${numberAt(m, "containerPort")} ${textAt(m, "protocol") ?? "tcp"}`,
        ),
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
  when((inputs) => dependencyProblems(nodesOf(inputs))[0]?.message, "containerDefinitions", {
    code: "ClientException",
    source: dependencyPage,
  }),
  containers(
    (c) =>
      textsAt(c, "dependsOn[].condition").some(
        (condition) => !dependencyConditions.some((known) => known === condition),
      ),
    `The condition of a dependency is one of ${dependencyConditions.join(", ")}.`,
    dependencyPage,
  ),
  ...limitKinds.map((kind) =>
    when(
      (inputs) => {
        const task = taskSize[kind](inputs);
        const sums = definedContainers(inputs).map((c) => ({ [kind]: numberAt(c, kind) }));
        return task !== undefined && limitOverrun(kind, sums, task) !== undefined;
      },
      kind,
      {
        code: "ClientException",
        say: `The total amount of ${kind} reserved for all containers within a task is more than the task's.`,
        source:
          "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
      },
    ),
  ),
  containers(
    (c) =>
      Object.entries(healthCheckBounds).some(([key, [min, max]]) => {
        const value = numberAt(c, `healthCheck.${key}`);
        return value !== undefined && (value < min || value > max);
      }),
    `Health checks take ${Object.entries(healthCheckBounds)
      .map(([key, [min, max]]) => `${key} ${min} to ${max}`)
      .join(", ")}.`,
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
  ),
  containers((c) => {
    const names = ["environment", "secrets"].flatMap((list) => textsAt(c, `${list}[].name`));
    const secrets = textsAt(c, "secrets[].name");
    return secrets.some((name) => names.filter((one) => one === name).length > 1);
  }, "The secret name must be unique and not shared with any new or existing environment variables set on the container."),
  containers(
    (c) => bagsAt(c, "secrets").some((secret) => !("name" in secret) || !("valueFrom" in secret)),
    "A secret needs name and valueFrom.",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
  ),
  containers(
    (c, inputs) => bagsAt(c, "secrets").length > 0 && !("executionRoleArn" in inputs),
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  ),
  containers(
    (c) => {
      const [first] = textsAt(c, "healthCheck.command[]");
      return "healthCheck" in c && first !== "CMD" && first !== "CMD-SHELL";
    },
    "The command of a health check starts with CMD or CMD-SHELL.",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
  ),
  containers(
    (c) =>
      bagsAt(c, "linuxParameters.tmpfs").some(
        (mount) => !("containerPath" in mount) || !("size" in mount),
      ),
    "A tmpfs mount needs containerPath and size.",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html",
  ),
  ...efsRules,
  range("ephemeralStorage.sizeInGib", 21, 200, {
    code: "ClientException",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html",
  }),
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
