import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { calledContainer, hasNginx } from "../../path/appSocket";
import { usualRange } from "../../path/scaling";
import type { AppArgs } from "./appArgs";
import type { NginxArgs } from "./nginxArgs";
import type { Architecture } from "./nginxImage";
import type { EgressArgs } from "../network/placement";
import { createExec, type ExecArgs } from "./exec";
import { taskSecrets } from "./appSecrets";
import { serviceCluster } from "./cluster";
import { createDeployment, type DeploymentArgs, type TrafficArgs } from "./deployment";
import { requireWatchable } from "./rollbackAlarms";
import { graceSeconds } from "./healthChecks";
import { requireListener, scaleService, type ScalingArgs, type ServiceScaling } from "./scaling";
import type { SidecarArgs } from "./sidecars";
import { capacity, clusterCapacity, type SpotArgs } from "./spot";
import { createTaskPolicy, type TaskRoleStatementArgs } from "./taskPolicy";
import { requireImages, withGivenImages } from "./images";
import type { VolumeArgs } from "./volumes";
import { createTaskDefinition } from "./taskDefinition";
import { TaskRoles } from "./taskRoles";
import { retainedChild } from "../shared/protection";
import { withName } from "../shared/tags";

/** The containers and how many of them. */
export interface ServiceArgs {
  /**
   * nginx's image, which reads the HOPWISE_* variables (nginx/docker-entrypoint.d); `ssm:/NAME` for
   * one that a parameter of Systems Manager holds. Required unless `app.behindNginx` is false.
   */
  image?: pulumi.Input<string>;
  /** Port nginx listens on, at least 1024. @default 8080 */
  port?: number;
  /** CPU units of a task, 1024 is one vCPU. @default 256 */
  cpu?: number;
  /** Memory of a task in MiB; AWS only allows certain pairs with `cpu`. @default 512 */
  memory?: number;
  /**
   * MiB that each container may write to /tmp. It is kept in memory: all of them together take at
   * most half of `memory`. Programs cannot be run from there. @default 64
   */
  tmpMiB?: number;
  /** @default "x86_64" */
  architecture?: Architecture;
  /** Number of tasks; not with `scaling`. @default 2 */
  count?: number;
  /** Changes the number of tasks with their load, and at certain times. @default a fixed number */
  scaling?: ScalingArgs;
  /** Runs some of the tasks on Fargate Spot. @default all of them on demand */
  spot?: SpotArgs;
  /** Path that nginx answers health checks on; not with `app`. @default "/healthz" */
  healthCheckPath?: string;
  /** Days that logs are kept, one of CloudWatch's values. @default 30 */
  logRetentionDays?: number;
  /** ARN of an existing cluster. @default a new cluster */
  clusterArn?: pulumi.Input<string>;
  /**
   * What the tasks may call, by range and port; everything else is blocked. VPC endpoints of the
   * placement stay open in addition. Without such endpoints the list must allow HTTPS to the
   * registry and the log service.
   * @default any HTTPS address; with VPC endpoints only these
   */
  egress?: EgressArgs[];
  /** The app that nginx passes requests to. @default none: nginx answers itself */
  app?: AppArgs;
  /** Further containers of each task, by their names; not nginx and app. @default none */
  sidecars?: Record<string, SidecarArgs>;
  /** What the containers may do in AWS, as statements of IAM. @default nothing */
  taskRoleStatements?: TaskRoleStatementArgs[];
  /** Folders of EFS in the containers, by names of your own. @default none */
  volumes?: Record<string, VolumeArgs>;
  /**
   * True if something else deploys: the service keeps the task definition that it has, whatever the
   * other arguments say of the containers. @default false
   */
  ignoreTaskDefinitionChanges?: boolean;
  /** How new tasks replace old ones. @default one after the other */
  deployment?: DeploymentArgs;
  /**
   * ECS Exec: commands in running containers whose root file system is not read-only; they run as
   * root. @default none
   */
  exec?: ExecArgs;
}

/** What {@link WebService} needs in addition to its containers. */
export interface WebServiceArgs extends ServiceArgs {
  /** Subnets of the tasks. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group of the tasks. */
  securityGroupId: pulumi.Input<string>;
  /** Target group to which a listener already forwards: ECS refuses one without. */
  targetGroupArn: pulumi.Input<string>;
  /** Target group of gRPC calls, if it is another one. @default none */
  grpcTargetGroupArn?: pulumi.Input<string>;
  /** What deployments shift requests with, if the service has a second target group. @default none */
  traffic?: TrafficArgs;
  /**
   * Listener that forwards to the target groups; needed for `scaling.requestsPerTarget` and
   * `deployment.rollback`.
   */
  listenerArn?: pulumi.Input<string>;
  /** True if other services of the created cluster use Fargate Spot. @default false */
  sharesSpot?: boolean;
  /** How nginx takes requests. @default HTTP/1.1 from a load balancer */
  nginx?: NginxArgs;
  /** True if tasks need public addresses to reach the registry. @default false */
  assignPublicIp?: boolean;
  /** IPv4 range of the VPC. */
  vpcCidr: pulumi.Input<string>;
  /** Seconds a stopping task may finish its requests. @default 30 */
  drainSeconds?: number;
  /** True if GuardDuty's Runtime Monitoring monitors the tasks. @default false */
  runtimeMonitoring?: boolean;
  /** True: AWS keeps the log groups when they are removed from the program. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** nginx (and the app behind it) as an ECS service on Fargate. */
export class WebService extends pulumi.ComponentResource {
  /** Undefined if an existing cluster is used. */
  public readonly cluster: aws.ecs.Cluster | undefined;
  public readonly clusterArn: pulumi.Output<string>;
  public readonly logGroup: aws.cloudwatch.LogGroup;
  /** Log of commands in containers; with `exec` in a cluster of the component only. */
  public readonly execLogGroup: aws.cloudwatch.LogGroup | undefined;
  public readonly roles: TaskRoles;
  /** The secret with the values of `app.secretEnvironment`. */
  public readonly appSecret: aws.secretsmanager.Secret | undefined;
  public readonly taskDefinition: aws.ecs.TaskDefinition;
  public readonly service: aws.ecs.Service;
  /** With which ECS shifts requests; with `traffic` only. */
  public readonly deploymentRole: aws.iam.Role | undefined;
  /** By which ECS goes back; empty unless `deployment` has it do so. */
  public readonly rollbackAlarms: aws.cloudwatch.MetricAlarm[];
  /** With `scaling` only. */
  public readonly scaling: ServiceScaling | undefined;
  /** With `spot` (or `sharesSpot`) in a cluster of the component only. */
  public readonly capacityProviders: aws.ecs.ClusterCapacityProviders | undefined;

  constructor(name: string, given: WebServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    requireImages(name, { service: given });
    super("hopwise:index:WebService", name, {}, opts);
    requireListener(name, given);
    requireWatchable(name, given);
    const args = withGivenImages(given, this);
    const parent = { parent: this };
    const tags = withName(name, args.tags);
    const logRetentionDays = args.logRetentionDays ?? defaults.service.logRetentionDays;

    const ownCluster = args.clusterArn === undefined;
    const exec = createExec(name, args.exec, { ownCluster, logRetentionDays, ...args }, this);
    this.execLogGroup = exec?.logGroup;
    const configuration = exec?.configuration;
    this.cluster = ownCluster ? serviceCluster(name, { ...args, configuration }, this) : undefined;
    const spot = args.spot !== undefined || args.sharesSpot === true;
    ({ capacityProviders: this.capacityProviders, clusterArn: this.clusterArn } = clusterCapacity(
      name,
      this.cluster,
      { clusterArn: args.clusterArn, spot },
      this,
    ));
    this.logGroup = new aws.cloudwatch.LogGroup(
      name,
      { retentionInDays: logRetentionDays, tags },
      retainedChild(this, args.deletionProtection),
    );
    const own = { ...(args.app && { app: args.app }), ...args.sidecars };
    const secrets = taskSecrets(name, own, args.tags, this);
    this.appSecret = secrets.appSecret;
    this.roles = new TaskRoles(
      name,
      {
        images: [
          ...(args.image !== undefined && hasNginx(args.app) ? [args.image] : []),
          ...Object.values(own).map(({ image }) => image),
        ],
        logGroupArn: this.logGroup.arn,
        secrets: secrets.sources,
        secretKeyArns: secrets.keyArns,
        pullsGuardDutyAgent: args.runtimeMonitoring,
        tags: args.tags,
      },
      parent,
    );
    const deployment = createDeployment(name, args, this);
    this.deploymentRole = deployment.role;
    this.rollbackAlarms = deployment.alarms;
    const { advancedConfiguration, customTimeouts } = deployment;
    const policies = [
      ...deployment.policies,
      this.roles.executionPolicy,
      exec?.permit(this.roles.task, this.logGroup),
      createTaskPolicy(name, args, this.roles.task, this),
    ].filter((policy) => policy !== undefined);
    const { roles, logGroup } = this;
    this.taskDefinition = createTaskDefinition(name, { ...args, secrets, roles, logGroup }, this);
    this.service = new aws.ecs.Service(
      name,
      {
        cluster: this.clusterArn,
        taskDefinition: this.taskDefinition.arn,
        desiredCount: args.scaling
          ? usualRange(args.scaling).min
          : (args.count ?? defaults.service.count),
        ...capacity(args.spot),
        platformVersion: "LATEST",
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: args.assignPublicIp ?? false,
        },
        loadBalancers: [args.targetGroupArn, args.grpcTargetGroupArn]
          .filter((arn) => arn !== undefined)
          .map((targetGroupArn) => ({
            ...calledContainer(args),
            targetGroupArn,
            advancedConfiguration,
          })),
        // A new task is in service before an old one stops.
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        ...deployment.serviceArgs,
        availabilityZoneRebalancing: "ENABLED",
        healthCheckGracePeriodSeconds: graceSeconds(args.app && (args.app.healthCheck ?? {})),
        ...(exec !== undefined && { enableExecuteCommand: true }),
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        // `pulumi up` ends when the new tasks serve, and fails when ECS rolls back.
        // The provider tells a rollback from a success only where the controller is declared:
        // https://github.com/hashicorp/terraform-provider-aws/issues/20858
        deploymentController: { type: "ECS" },
        waitForSteadyState: true,
        tags,
      },
      // Without its policies no task starts, and no agent of ECS Exec.
      {
        ...parent,
        customTimeouts,
        dependsOn: policies,
        ignoreChanges: [
          ...(args.ignoreTaskDefinitionChanges === true ? ["taskDefinition"] : []),
          // The number is Application Auto Scaling's: an update would undo what it did.
          ...(args.scaling === undefined ? [] : ["desiredCount"]),
        ],
      },
    );
    const { clusterArn, service } = this;
    this.scaling = scaleService(name, args, { clusterArn, serviceName: service.name }, this);
    this.registerOutputs({ serviceName: this.service.name, clusterArn: this.clusterArn });
  }
}
