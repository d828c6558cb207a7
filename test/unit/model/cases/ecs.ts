/** Task definitions and services. */
import { token } from "../../../../topology/tokens";
import { withValues } from "../support";
import { container, forward, make, type Scene } from "../scene";
import type { Case } from "./case";

const containers = (...list: unknown[]) => ({ containerDefinitions: JSON.stringify(list) });

const efs = (more: object) => ({
  name: "data",
  efsVolumeConfiguration: { fileSystemId: "fs-1", ...more },
});

function instances(s: Scene): string {
  const inputs = withValues(s.valid(token.targetGroup), { targetType: "instance", name: "vm" });
  const { id } = make(s.account, token.targetGroup, "vm", inputs);
  const rule = withValues(s.valid(token.listenerRule), { actions: [forward(id)], priority: 77 });
  make(s.account, token.listenerRule, "vm", rule);
  return id;
}

export const ecs: readonly Case[] = [
  {
    what: "targets by address of tasks in the network of their instance",
    type: token.service,
    wrong: (s) => ({
      ...{ launchType: "EC2", networkConfiguration: undefined },
      taskDefinition: make(s.account, token.taskDefinition, "bridged", {
        ...{ family: "bridged", requiresCompatibilities: ["EC2"] },
        containerDefinitions: JSON.stringify([container({ memory: 128 })]),
      }).outputs.arn,
    }),
    code: "InvalidParameterException",
    says: /target type ip.*bridge network mode/,
  },
  {
    what: "256 CPU units with 4 GB",
    type: token.taskDefinition,
    wrong: () => ({ memory: "4096" }),
    code: "ClientException",
    says: /No Fargate configuration exists/,
  },
  {
    what: "bridge mode on Fargate",
    type: token.taskDefinition,
    wrong: () => ({ networkMode: "bridge" }),
    code: "ClientException",
    says: /only supports network mode/,
  },
  {
    what: "awslogs without an execution role",
    type: token.taskDefinition,
    wrong: () => ({
      executionRoleArn: undefined,
      ...containers(container({ logConfiguration: { logDriver: "awslogs" } })),
    }),
    code: "ClientException",
    says: /execution role ARN to support log driver/,
  },
  {
    what: "an ECR image without an execution role",
    type: token.taskDefinition,
    wrong: () => ({
      executionRoleArn: undefined,
      ...containers(container({ image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web" })),
    }),
    code: "ClientException",
    says: /support ECR images/,
  },
  {
    what: "a number as the value of a variable",
    type: token.taskDefinition,
    wrong: () => containers(container({ environment: [{ name: "PORT", value: 3000 }] })),
    code: "ClientException",
    says: /write a number in quotes.*nginx/,
  },
  {
    what: "a Promise as an option of the log",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-region": Promise.resolve() },
          },
        }),
      ),
    code: "ClientException",
    says: /pulumi\.jsonStringify/,
  },
  {
    what: "a privileged container",
    type: token.taskDefinition,
    wrong: () => containers(container({ privileged: true })),
    code: "ClientException",
    says: /privileged.*nginx/,
  },
  {
    what: "a stop timeout of 121 s",
    type: token.taskDefinition,
    wrong: () => containers(container({ stopTimeout: 121 })),
    code: "ClientException",
  },
  {
    what: "a health check with a start period of 301 s",
    type: token.taskDefinition,
    wrong: () =>
      containers(container({ healthCheck: { command: ["CMD", "true"], startPeriod: 301 } })),
    code: "ClientException",
    says: /startPeriod 0 to 300.*nginx/,
  },
  {
    what: "a variable and a secret of one name",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({
          environment: [{ name: "TOKEN", value: "x" }],
          secrets: [{ name: "TOKEN", valueFrom: "/web/token" }],
        }),
      ),
    code: "ClientException",
    says: /must be unique.*nginx/,
  },
  {
    what: "a secret without its place",
    type: token.taskDefinition,
    wrong: () => containers(container({ secrets: [{ name: "TOKEN" }] })),
    code: "ClientException",
    says: /needs name and valueFrom/,
  },
  {
    what: "a secret without an execution role",
    type: token.taskDefinition,
    wrong: () => ({
      executionRoleArn: undefined,
      ...containers(container({ secrets: [{ name: "TOKEN", valueFrom: "/web/token" }] })),
    }),
    code: "ClientException",
    says: /'executionRoleArn'/,
  },
  {
    what: "a container that waits for one without a health check",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({ dependsOn: [{ containerName: "app", condition: "HEALTHY" }] }),
        container({ name: "app", portMappings: [] }),
      ),
    code: "ClientException",
    says: /'app' is HEALTHY/,
  },
  {
    what: "a health check without CMD",
    type: token.taskDefinition,
    wrong: () => containers(container({ healthCheck: { command: ["true"] } })),
    code: "ClientException",
    says: /starts with CMD/,
  },
  {
    what: "a tmpfs without a size",
    type: token.taskDefinition,
    wrong: () => containers(container({ linuxParameters: { tmpfs: [{ containerPath: "/tmp" }] } })),
    code: "ClientException",
    says: /tmpfs mount needs containerPath and size.*nginx/,
  },
  {
    what: "20 GiB of ephemeral storage",
    type: token.taskDefinition,
    wrong: () => ({ ephemeralStorage: { sizeInGib: 20 } }),
    code: "ClientException",
    says: /between 21 and 200/,
  },
  {
    what: "two containers on one port",
    type: token.taskDefinition,
    wrong: () => containers(container(), container({ name: "app" })),
    code: "ClientException",
    says: /same port/,
  },
  {
    what: "two containers of one name",
    type: token.taskDefinition,
    wrong: () => containers(container(), container({ portMappings: [] })),
    code: "ClientException",
    says: /named nginx/,
  },
  {
    what: "a volume that is not there",
    type: token.taskDefinition,
    wrong: () => containers(container({ mountPoints: [{ sourceVolume: "tmp" }] })),
    code: "ClientException",
    says: /Unknown volume/,
  },
  {
    what: "a dependency that is not there",
    type: token.taskDefinition,
    wrong: () =>
      containers(container({ dependsOn: [{ containerName: "app", condition: "START" }] })),
    code: "ClientException",
    says: /'app'/,
  },
  {
    what: "no essential container",
    type: token.taskDefinition,
    wrong: () => containers(container({ essential: false })),
    code: "ClientException",
    says: /essential/,
  },
  {
    what: "containers that wait for each other",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({ dependsOn: [{ containerName: "app", condition: "START" }] }),
        container({
          ...{ name: "app", portMappings: [] },
          dependsOn: [{ containerName: "nginx", condition: "START" }],
        }),
      ),
    code: "ClientException",
    says: /wait for each other/,
  },
  {
    what: "the end of an essential container waited for",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({ dependsOn: [{ containerName: "app", condition: "SUCCESS" }] }),
        container({ name: "app", portMappings: [] }),
      ),
    code: "ClientException",
    says: /cannot be an essential container/,
  },
  {
    what: "an unknown condition",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({ dependsOn: [{ containerName: "app", condition: "RUNNING" }] }),
        container({ name: "app", portMappings: [] }),
      ),
    code: "ClientException",
    says: /one of START/,
  },
  {
    what: "containers that take more than their task has",
    type: token.taskDefinition,
    wrong: () =>
      containers(
        container({ memory: 300 }),
        container({ name: "app", portMappings: [], memory: 300 }),
      ),
    code: "ClientException",
    says: /total amount of memory/,
  },
  {
    what: "an access point without encryption",
    type: token.taskDefinition,
    wrong: () => ({ volumes: [efs({ authorizationConfig: { accessPointId: "fsap-1" } })] }),
    code: "ClientException",
    says: /need transitEncryption ENABLED/,
  },
  {
    what: "an access point with a folder of its own",
    type: token.taskDefinition,
    wrong: () => ({
      volumes: [
        efs({
          rootDirectory: "/data",
          transitEncryption: "ENABLED",
          authorizationConfig: { accessPointId: "fsap-1" },
        }),
      ],
    }),
    code: "ClientException",
    says: /rootDirectory must be omitted/,
  },
  {
    what: "an unknown kind of encryption of EFS",
    type: token.taskDefinition,
    wrong: () => ({ volumes: [efs({ transitEncryption: "TLS" })] }),
    code: "ClientException",
    says: /ENABLED, DISABLED/,
  },
  {
    what: "an unknown kind of authorization of EFS",
    type: token.taskDefinition,
    wrong: () => ({
      volumes: [efs({ transitEncryption: "ENABLED", authorizationConfig: { iam: "YES" } })],
    }),
    code: "ClientException",
    says: /ENABLED, DISABLED/,
  },
  {
    what: "broken JSON",
    type: token.taskDefinition,
    wrong: () => ({ containerDefinitions: "[{" }),
    code: "ClientException",
    says: /Not JSON/,
  },
  {
    what: "a container that the task lacks",
    type: token.service,
    wrong: () => ({ "loadBalancers[0].containerName": "web" }),
    code: "InvalidParameterException",
    says: /The container web does not exist in the task definition/,
  },
  {
    what: "a port that the container lacks",
    type: token.service,
    wrong: () => ({ "loadBalancers[0].containerPort": 80 }),
    code: "InvalidParameterException",
    says: /did not have a container port 80 defined/,
  },
  {
    what: "a target group of instances",
    type: token.service,
    wrong: (s) => ({ "loadBalancers[0].targetGroupArn": instances(s) }),
    code: "InvalidParameterException",
    says: /incompatible with the awsvpc network mode/,
  },
  {
    what: "commands in tasks without a role",
    type: token.service,
    wrong: () => ({ enableExecuteCommand: true }),
    code: "InvalidParameterException",
    says: /valid taskRoleArn/,
  },
  {
    what: "a log of commands that is elsewhere, and not said where",
    type: token.cluster,
    wrong: () => ({ configuration: { executeCommandConfiguration: { logging: "OVERRIDE" } } }),
    code: "InvalidParameterException",
    says: /logConfiguration must be provided/,
  },
  {
    what: "an unknown log of commands",
    type: token.cluster,
    wrong: () => ({ configuration: { executeCommandConfiguration: { logging: "S3" } } }),
    code: "InvalidParameterException",
    says: /NONE, DEFAULT, OVERRIDE/,
  },
  {
    what: "no network",
    type: token.service,
    wrong: () => ({ networkConfiguration: undefined }),
    code: "InvalidParameterException",
    says: /Network Configuration must be provided/,
  },
  {
    what: "a security group of another VPC",
    type: token.service,
    wrong: (s) => ({ "networkConfiguration.securityGroups": [s.ids.otherGroup] }),
    code: "InvalidParameterException",
  },
  {
    what: "rebalancing at 100 %",
    type: token.service,
    wrong: () => ({ deploymentMaximumPercent: 100, deploymentMinimumHealthyPercent: 50 }),
    code: "InvalidParameterException",
    says: /rebalancing/,
  },
  {
    what: "a circuit breaker with CodeDeploy",
    type: token.service,
    wrong: () => ({
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentController: { type: "CODE_DEPLOY" },
    }),
    code: "InvalidParameterException",
  },
];
