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
import { createRollbackAlarms, type WatchedTargets } from "./rollbackAlarms";

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

/** Alarms of the service's own, by which ECS goes back. */
export interface RollbackArgs {
  /**
   * True for these alarms. @default true with `blue-green`, `linear` and `canary`, for which ECS has no
   * circuit breaker
   */
  enabled?: boolean;
  /**
   * Percent of the requests to one target group that its tasks answer with 5xx, or of those to the
   * load balancer that it answers with 5xx itself, 1 to 100. @default 5
   */
  errorPercent?: number;
  /** Fewest such requests a minute. @default 5 */
  errors?: number;
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
  /** Alarms that the service gets for itself: if one fires during a deployment, ECS goes back. */
  rollback?: RollbackArgs;
  /** Further CloudWatch alarms with the same effect, by name or ARN. @default none */
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
  readonly alarms: aws.cloudwatch.MetricAlarm[];
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
  } & WatchedTargets,
  parent: pulumi.Resource,
): ServiceDeployment {
  const { deployment, traffic } = args;
  const shift = shiftOf(deployment);
  const hooks = shift === undefined ? [] : (deployment?.hooks ?? []);
  const role = traffic && infrastructureRole(name, args.tags, parent);
  const minutes = shift && tasksMinutes + shiftMinutes(shift);
  const alarms = createRollbackAlarms(name, deployment, args, parent);
  const rolling = shift === undefined;
  return {
    role,
    alarms,
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
      alarms: alarmsOf([
        ...alarms.map((alarm) => alarm.name),
        ...(deployment?.rollbackAlarms ?? []),
      ]),
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

/**
 * Said in any case, since for the provider absent alarms mean "no change". ECS asks for a list even to
 * switch them off, and the provider cannot send an empty one. ECS looks at no name in it then.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentAlarms.html
 */
function alarmsOf(given: readonly pulumi.Input<string>[]) {
  if (given.length === 0) return { alarmNames: ["none"], enable: false, rollback: false };
  const alarmNames = given.map((one) => pulumi.output(one).apply(alarmName));
  return { alarmNames, enable: true, rollback: true };
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
