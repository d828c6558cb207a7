/** Task definitions and services. */
import * as t from "../../../../local/model/tokens";
import { withValues } from "../support";
import { container, forward, make, type Scene } from "../scene";
import type { Case } from "./case";

const containers = (...list: unknown[]) => ({ containerDefinitions: JSON.stringify(list) });

function instances(s: Scene): string {
  const inputs = withValues(s.valid(t.TARGET_GROUP), { targetType: "instance", name: "vm" });
  const { id } = make(s.account, t.TARGET_GROUP, "vm", inputs);
  const rule = withValues(s.valid(t.LISTENER_RULE), { actions: [forward(id)], priority: 77 });
  make(s.account, t.LISTENER_RULE, "vm", rule);
  return id;
}

export const ecs: readonly Case[] = [
  {
    what: "256 CPU units with 4 GB",
    type: t.TASK_DEFINITION,
    wrong: () => ({ memory: "4096" }),
    code: "ClientException",
    says: /No Fargate configuration exists/,
  },
  {
    what: "bridge mode on Fargate",
    type: t.TASK_DEFINITION,
    wrong: () => ({ networkMode: "bridge" }),
    code: "ClientException",
    says: /only supports network mode/,
  },
  {
    what: "awslogs without an execution role",
    type: t.TASK_DEFINITION,
    wrong: () => ({
      executionRoleArn: undefined,
      ...containers(container({ logConfiguration: { logDriver: "awslogs" } })),
    }),
    code: "ClientException",
    says: /execution role ARN to support log driver/,
  },
  {
    what: "an ECR image without an execution role",
    type: t.TASK_DEFINITION,
    wrong: () => ({
      executionRoleArn: undefined,
      ...containers(container({ image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web" })),
    }),
    code: "ClientException",
    says: /support ECR images/,
  },
  {
    what: "a privileged container",
    type: t.TASK_DEFINITION,
    wrong: () => containers(container({ privileged: true })),
    code: "ClientException",
    says: /privileged.*nginx/,
  },
  {
    what: "a stop timeout of 121 s",
    type: t.TASK_DEFINITION,
    wrong: () => containers(container({ stopTimeout: 121 })),
    code: "ClientException",
  },
  {
    what: "two containers on one port",
    type: t.TASK_DEFINITION,
    wrong: () => containers(container(), container({ name: "app" })),
    code: "ClientException",
    says: /same port/,
  },
  {
    what: "two containers of one name",
    type: t.TASK_DEFINITION,
    wrong: () => containers(container(), container({ portMappings: [] })),
    code: "ClientException",
    says: /named nginx/,
  },
  {
    what: "a volume that is not there",
    type: t.TASK_DEFINITION,
    wrong: () => containers(container({ mountPoints: [{ sourceVolume: "tmp" }] })),
    code: "ClientException",
    says: /Unknown volume/,
  },
  {
    what: "a dependency that is not there",
    type: t.TASK_DEFINITION,
    wrong: () =>
      containers(container({ dependsOn: [{ containerName: "app", condition: "START" }] })),
    code: "ClientException",
    says: /'app'/,
  },
  {
    what: "no essential container",
    type: t.TASK_DEFINITION,
    wrong: () => containers(container({ essential: false })),
    code: "ClientException",
    says: /essential/,
  },
  {
    what: "broken JSON",
    type: t.TASK_DEFINITION,
    wrong: () => ({ containerDefinitions: "[{" }),
    code: "ClientException",
    says: /Not JSON/,
  },
  {
    what: "a container that the task lacks",
    type: t.SERVICE,
    wrong: () => ({ "loadBalancers[0].containerName": "web" }),
    code: "InvalidParameterException",
    says: /The container web does not exist in the task definition/,
  },
  {
    what: "a port that the container lacks",
    type: t.SERVICE,
    wrong: () => ({ "loadBalancers[0].containerPort": 80 }),
    code: "InvalidParameterException",
    says: /did not have a container port 80 defined/,
  },
  {
    what: "a target group without a load balancer",
    type: t.SERVICE,
    wrong: (s) => ({ "loadBalancers[0].targetGroupArn": s.ids.loose }),
    code: "InvalidParameterException",
    says: /does not have an associated load balancer/,
  },
  {
    what: "a target group of instances",
    type: t.SERVICE,
    wrong: (s) => ({ "loadBalancers[0].targetGroupArn": instances(s) }),
    code: "InvalidParameterException",
    says: /incompatible with the awsvpc network mode/,
  },
  {
    what: "no network",
    type: t.SERVICE,
    wrong: () => ({ networkConfiguration: undefined }),
    code: "InvalidParameterException",
    says: /Network Configuration must be provided/,
  },
  {
    what: "a security group of another VPC",
    type: t.SERVICE,
    wrong: (s) => ({ "networkConfiguration.securityGroups": [s.ids.otherGroup] }),
    code: "InvalidParameterException",
  },
  {
    what: "rebalancing at 100 %",
    type: t.SERVICE,
    wrong: () => ({ deploymentMaximumPercent: 100, deploymentMinimumHealthyPercent: 50 }),
    code: "InvalidParameterException",
    says: /rebalancing/,
  },
  {
    what: "a grace period without a load balancer",
    type: t.SERVICE,
    wrong: () => ({ loadBalancers: undefined }),
    code: "InvalidParameterException",
    says: /grace period/,
  },
  {
    what: "a circuit breaker with CodeDeploy",
    type: t.SERVICE,
    wrong: () => ({
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentController: { type: "CODE_DEPLOY" },
    }),
    code: "InvalidParameterException",
  },
  {
    what: "a cluster that is not there",
    type: t.SERVICE,
    wrong: () => ({ cluster: "nowhere" }),
    code: "ClusterNotFoundException",
  },
];
