/** How a service is deployed: the arguments of ECS, and the role with which it shifts requests. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  alarmName,
  type DeploymentStrategy,
  ecsStage,
  ecsStrategy,
  type HookStage,
  shiftMinutes,
  shiftOf,
  type TrafficShift,
} from "../../path/deployments";
import { passableTags } from "../shared/tags";
import { trustOf } from "../shared/trust";

/** A function that ECS asks, at some stages of a deployment, whether it goes on. */
export interface DeploymentHookArgs {
  /** A Lambda function, in the service's region. */
  functionArn: pulumi.Input<string>;
  /**
   * When it is invoked.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html#blue-green-deployment-stages
   */
  stages: HookStage[];
}

/** How new tasks replace old ones. */
export interface DeploymentArgs {
  /**
   * `rolling`: one after the other, in one target group. The others start all new tasks in a second
   * target group and then move the requests: `blue-green` all at once, `canary` a share first,
   * `linear` in equal steps. @default "rolling"
   */
  strategy?: DeploymentStrategy;
  /** Minutes for which the old tasks run on after all requests have moved, 0 to 1440. @default 10 */
  bakeMinutes?: number;
  /** Percent of the requests that a canary gets, 0.1 to 100. @default 5 */
  canaryPercent?: number;
  /** Percent of the requests that each step of `linear` moves, 3 to 100. @default 10 */
  stepPercent?: number;
  /** Minutes between the steps of `canary` and `linear`, 0 to 1440. @default 10 */
  stepMinutes?: number;
  /**
   * With `rolling`: true for the second target group and its rule to exist all the same. AWS asks
   * for a rolling deployment with them before the first of another strategy.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-rolling-to-bluegreen.html
   * @default false
   */
  secondGroup?: boolean;
  /** Port of a listener that leads to the new tasks before viewers do; not in `services`. @default none */
  testPort?: number;
  /** Ranges that may call that listener. @default nobody: required with `testPort` */
  testCidrs?: string[];
  /**
   * CloudWatch alarms, by name or ARN: if one fires during a deployment, ECS goes back. An empty list
   * switches off those that were named before. @default none
   */
  rollbackAlarms?: pulumi.Input<string>[];
  /** Functions that decide whether a deployment goes on; not with `rolling`. @default none */
  hooks?: DeploymentHookArgs[];
}

/** The resources with which ECS shifts requests between two target groups. */
export interface TrafficArgs {
  /** The second group, to which a rule already forwards. */
  alternateTargetGroupArn: pulumi.Input<string>;
  /** The listener rule that forwards the viewers' requests. */
  productionRuleArn: pulumi.Input<string>;
  /** The rule of the test listener. @default none */
  testRuleArn?: pulumi.Input<string>;
}

/** What a service gets of its deployments. */
interface ServiceDeployment {
  /** Undefined with one target group. */
  readonly role: aws.iam.Role | undefined;
  /** Permissions without which a deployment fails. */
  readonly policies: pulumi.Resource[];
  readonly serviceArgs: Pick<
    aws.ecs.ServiceArgs,
    "deploymentConfiguration" | "deploymentCircuitBreaker" | "alarms"
  >;
  /** Of the entry in `loadBalancers`. */
  readonly advancedConfiguration?: aws.types.input.ecs.ServiceLoadBalancerAdvancedConfiguration;
  /** The provider gives up after 20 minutes otherwise, while ECS goes on. */
  readonly customTimeouts?: pulumi.CustomTimeouts;
}

/** Minutes that starting, checking and draining tasks may take in addition to the waits. */
const tasksMinutes = 30;

/** Creates what the deployments of a service need. */
export function createDeployment(
  name: string,
  args: {
    readonly deployment?: DeploymentArgs;
    readonly traffic?: TrafficArgs;
    readonly tags?: Record<string, pulumi.Input<string>>;
  },
  parent: pulumi.Resource,
): ServiceDeployment {
  const { deployment, traffic } = args;
  const shift = shiftOf(deployment);
  const hooks = shift === undefined ? [] : (deployment?.hooks ?? []);
  const role = traffic && infrastructureRole(name, args.tags, parent);
  const minutes = shift && tasksMinutes + shiftMinutes(shift);
  const { rollbackAlarms } = deployment ?? {};
  const rolling = shift === undefined;
  return {
    role,
    policies: role === undefined ? [] : rolePolicies(name, role, hooks, parent),
    serviceArgs: {
      // Said in any case: for the provider a missing one means "no change".
      deploymentConfiguration: {
        strategy: ecsStrategy(shift?.strategy ?? "rolling"),
        ...(shift && stepsOf(shift)),
        ...(hooks.length > 0 && { lifecycleHooks: hooks.map((hook) => hookOf(hook, role)) }),
      },
      // A failing rolling deployment is rolled back. ECS has a circuit breaker for no other strategy:
      // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html
      deploymentCircuitBreaker: { enable: rolling, rollback: rolling },
      ...(rollbackAlarms && { alarms: alarmsOf(rollbackAlarms) }),
    },
    ...(traffic &&
      role && {
        advancedConfiguration: {
          alternateTargetGroupArn: traffic.alternateTargetGroupArn,
          productionListenerRule: traffic.productionRuleArn,
          testListenerRule: traffic.testRuleArn,
          roleArn: role.arn,
        },
      }),
    ...(minutes !== undefined && {
      customTimeouts: { create: `${minutes}m`, update: `${minutes}m` },
    }),
  };
}

function stepsOf({ strategy, percent, stepMinutes, bakeMinutes }: TrafficShift) {
  const minutes = String(stepMinutes);
  return {
    bakeTimeInMinutes: String(bakeMinutes),
    ...(strategy === "canary" && {
      canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: minutes },
    }),
    ...(strategy === "linear" && {
      linearConfiguration: { stepPercent: percent, stepBakeTimeInMinutes: minutes },
    }),
  };
}

const hookOf = ({ functionArn, stages }: DeploymentHookArgs, role: aws.iam.Role | undefined) => ({
  hookTargetArn: functionArn,
  roleArn: role?.arn,
  lifecycleStages: stages.map(ecsStage),
});

function alarmsOf(given: readonly pulumi.Input<string>[]) {
  const alarmNames = given.map((one) => pulumi.output(one).apply(alarmName));
  return { alarmNames, enable: given.length > 0, rollback: given.length > 0 };
}

/**
 * ECS's role for load balancers, with the trust that AWS documents.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
function infrastructureRole(
  name: string,
  tags: Record<string, pulumi.Input<string>> | undefined,
  parent: pulumi.Resource,
): aws.iam.Role {
  return new aws.iam.Role(
    `${name}-deployment`,
    {
      assumeRolePolicy: trustOf("ecs.amazonaws.com"),
      description: "Lets ECS move requests between target groups in a deployment",
      tags: passableTags(tags),
    },
    { parent },
  );
}

function rolePolicies(
  name: string,
  role: aws.iam.Role,
  hooks: readonly DeploymentHookArgs[],
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const partition = aws.getPartitionOutput({}, { parent }).partition;
  const shifting = new aws.iam.RolePolicyAttachment(
    `${name}-deployment`,
    {
      role: role.name,
      policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers`,
    },
    { parent },
  );
  if (hooks.length === 0) return [shifting];
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-permissions.html
  const invoking = new aws.iam.RolePolicy(
    `${name}-deployment-hooks`,
    {
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "lambda:InvokeFunction",
            Resource: hooks.map(({ functionArn }) => functionArn),
          },
        ],
      }),
    },
    { parent },
  );
  return [shifting, invoking];
}
