import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { environmentList } from "../../path/taskDefinitions";
import type { AppArgs } from "./appArgs";
import {
  appContainer,
  containerDefinition,
  nginxEnvironment,
  stopTimeoutSeconds,
} from "./containers";
import type { NginxArgs } from "./nginxArgs";
import type { Architecture } from "./nginxImage";
import type { EgressArgs } from "../network/placement";
import { appSecrets, type AppSecret } from "./appSecrets";
import { serviceCluster } from "./cluster";
import { graceSeconds } from "./healthChecks";
import { TaskRoles } from "./taskRoles";
import { withName, type Tags } from "../shared/tags";

/** The containers and how many of them. */
export interface ServiceArgs {
  /** nginx's image, which reads the HOPWISE_* variables (nginx/docker-entrypoint.d). */
  image: pulumi.Input<string>;
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
  /** Number of tasks. @default 2 */
  count?: number;
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
}

/** What {@link WebService} needs in addition to its containers. */
export interface WebServiceArgs extends ServiceArgs {
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupId: pulumi.Input<string>;
  /** Target group to which a listener already forwards: ECS refuses one without. */
  targetGroupArn: pulumi.Input<string>;
  /** Target group of gRPC calls, if it is another one. @default none */
  grpcTargetGroupArn?: pulumi.Input<string>;
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
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** nginx (and the app behind it) as an ECS service on Fargate. */
export class WebService extends pulumi.ComponentResource {
  /** Undefined if an existing cluster is used. */
  public readonly cluster: aws.ecs.Cluster | undefined;
  public readonly clusterArn: pulumi.Output<string>;
  public readonly logGroup: aws.cloudwatch.LogGroup;
  public readonly roles: TaskRoles;
  /** The secret with the values of `app.secretEnvironment`. */
  public readonly appSecret: aws.secretsmanager.Secret | undefined;
  public readonly taskDefinition: aws.ecs.TaskDefinition;
  public readonly service: aws.ecs.Service;

  constructor(name: string, args: WebServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:WebService", name, {}, opts);
    const parent = { parent: this };
    const tags = withName(name, args.tags);

    this.cluster = args.clusterArn === undefined ? serviceCluster(name, args, this) : undefined;
    this.clusterArn = pulumi.output(args.clusterArn ?? this.cluster?.arn ?? "");
    this.logGroup = new aws.cloudwatch.LogGroup(
      name,
      { retentionInDays: args.logRetentionDays ?? defaults.service.logRetentionDays, tags },
      parent,
    );
    const { secrets, secret } = appSecrets(name, args.app, args.tags, this);
    this.appSecret = secret;
    this.roles = new TaskRoles(
      name,
      {
        images: args.app === undefined ? [args.image] : [args.image, args.app.image],
        logGroupArn: this.logGroup.arn,
        secrets: secrets.apply((all) => all.map(({ valueFrom }) => valueFrom)),
        secretKeyArns: args.app?.secretKeyArns,
        pullsGuardDutyAgent: args.runtimeMonitoring,
        tags: args.tags,
      },
      parent,
    );
    this.taskDefinition = this.defineTask(name, args, tags, secrets);
    this.service = new aws.ecs.Service(
      name,
      {
        cluster: this.clusterArn,
        taskDefinition: this.taskDefinition.arn,
        desiredCount: args.count ?? defaults.service.count,
        launchType: "FARGATE",
        platformVersion: "LATEST",
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: args.assignPublicIp ?? false,
        },
        loadBalancers: [args.targetGroupArn, args.grpcTargetGroupArn]
          .filter((arn) => arn !== undefined)
          .map((targetGroupArn) => ({
            containerName: "nginx",
            containerPort: args.port ?? defaults.service.port,
            targetGroupArn,
          })),
        // A new task is in service before an old one stops, and a failing deployment is rolled
        // back.
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        availabilityZoneRebalancing: "ENABLED",
        healthCheckGracePeriodSeconds: graceSeconds(args.app && (args.app.healthCheck ?? {})),
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        // `pulumi up` ends when the new tasks serve, and fails when the circuit breaker rolls back.
        // The provider tells a rollback from a success only where the controller is declared:
        // https://github.com/hashicorp/terraform-provider-aws/issues/20858
        deploymentController: { type: "ECS" },
        waitForSteadyState: true,
        tags,
      },
      // Without the policy no task starts.
      { ...parent, dependsOn: [this.roles.executionPolicy] },
    );
    this.registerOutputs({ serviceName: this.service.name, clusterArn: this.clusterArn });
  }

  private defineTask(
    name: string,
    args: WebServiceArgs,
    tags: pulumi.Input<Tags>,
    secrets: pulumi.Output<AppSecret[]>,
  ): aws.ecs.TaskDefinition {
    const { app, port = defaults.service.port } = args;
    const drainSeconds = args.drainSeconds ?? defaults.origin.timeouts.drain;
    const healthCheckPath = args.healthCheckPath ?? defaults.service.healthCheckPath;
    const containerDefinitions = pulumi
      .all([
        args.image,
        app?.image ?? "",
        environmentList(app?.environment ?? {}),
        args.vpcCidr,
        secrets,
        this.logGroup.name,
        aws.getRegionOutput({}, { parent: this }).region,
      ])
      .apply(([image, appImage, appEnvironment, vpcCidr, appSecretList, logGroup, region]) => {
        const shared = {
          logGroup,
          region,
          stopTimeoutSeconds: stopTimeoutSeconds(drainSeconds),
          tmpMiB: args.tmpMiB ?? defaults.service.tmpMiB,
        };
        const nginx = containerDefinition({
          ...shared,
          name: "nginx",
          image,
          // The unprivileged image's own user: https://github.com/nginx/docker-nginx-unprivileged
          user: "101",
          environment: environmentList(
            nginxEnvironment(args.nginx ?? {}, {
              port,
              appPort: app?.port,
              drainSeconds,
              vpcCidr,
              healthCheckPath,
            }),
          ),
          port,
          dependsOn: app && {
            containerName: "app",
            healthy: app.healthCheck?.command !== undefined,
          },
        });
        const known = { image: appImage, environment: appEnvironment, secrets: appSecretList };
        const behind = app === undefined ? [] : [appContainer(app, { ...shared, ...known })];
        return JSON.stringify([nginx, ...behind]);
      });
    return new aws.ecs.TaskDefinition(
      name,
      {
        // Everyone who registers revisions under a family's name shares it, so each stack has its
        // own.
        family: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: String(args.cpu ?? defaults.service.cpu),
        memory: String(args.memory ?? defaults.service.memory),
        runtimePlatform: {
          operatingSystemFamily: "LINUX",
          cpuArchitecture: (args.architecture ?? defaults.service.architecture).toUpperCase(),
        },
        executionRoleArn: this.roles.execution.arn,
        taskRoleArn: this.roles.task.arn,
        containerDefinitions,
        tags,
      },
      { parent: this },
    );
  }
}
