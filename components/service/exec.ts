/** ECS Exec: commands in running containers, with a log of them. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { execOn } from "../../path/exec";
import { retainedChild } from "../shared/protection";
import { withName } from "../shared/tags";

/** Commands in running containers; `{}` for all defaults. */
export interface ExecArgs {
  /** False leaves them out. @default true */
  enabled?: boolean;
  /**
   * KMS key that encrypts the session in addition to TLS; who runs a command needs
   * `kms:GenerateDataKey` on it. With an existing cluster: the key of its own configuration.
   * @default TLS only
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * With an existing cluster: ARN of the log group that its own configuration names.
   * @default the containers' log group
   */
  logGroupArn?: pulumi.Input<string>;
}

/** What ECS Exec adds to a service. */
interface Exec {
  /** Log of the commands and their output. Undefined with an existing cluster, which decides it. */
  readonly logGroup: aws.cloudwatch.LogGroup | undefined;
  /** The cluster's `configuration`. */
  readonly configuration: aws.types.input.ecs.ClusterConfiguration | undefined;
  /** Gives the task role what the agent needs. */
  readonly permit: (
    role: aws.iam.Role,
    /** The containers' own log, to which an existing cluster sends sessions by default. */
    containersLog: aws.cloudwatch.LogGroup,
  ) => aws.iam.RolePolicy;
}

/** The parts of ECS Exec, as children of `parent`; undefined where it is off. */
export function createExec(
  name: string,
  args: ExecArgs | undefined,
  service: {
    readonly ownCluster: boolean;
    readonly logRetentionDays: number;
    readonly deletionProtection?: boolean;
    readonly tags?: Record<string, pulumi.Input<string>>;
  },
  parent: pulumi.Resource,
): Exec | undefined {
  if (args === undefined || !execOn(args)) return undefined;
  const logicalName = `${name}-exec`;
  const logGroup = service.ownCluster
    ? new aws.cloudwatch.LogGroup(
        logicalName,
        {
          retentionInDays: service.logRetentionDays,
          tags: withName(logicalName, service.tags),
        },
        retainedChild(parent, service.deletionProtection),
      )
    : undefined;
  return {
    logGroup,
    configuration: logGroup && {
      executeCommandConfiguration: {
        kmsKeyId: args.kmsKeyArn,
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchLogGroupName: logGroup.name },
      },
    },
    permit: (role, containersLog) =>
      new aws.iam.RolePolicy(
        logicalName,
        {
          role: role.id,
          policy: pulumi
            .all([logGroup?.arn ?? args.logGroupArn ?? containersLog.arn, args.kmsKeyArn])
            .apply(([logGroupArn, keyArn]) =>
              JSON.stringify({
                Version: "2012-10-17",
                Statement: execStatements(logGroupArn, keyArn),
              }),
            ),
        },
        { parent },
      ),
  };
}

/**
 * What the agent in the container calls:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
 */
function execStatements(logGroupArn: string, keyArn: string | undefined): object[] {
  return [
    {
      Effect: "Allow",
      Action: [
        "CreateControlChannel",
        "CreateDataChannel",
        "OpenControlChannel",
        "OpenDataChannel",
      ].map((action) => `ssmmessages:${action}`),
      // These actions take no resource.
      Resource: "*",
    },
    { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
    ...(keyArn === undefined ? [] : [{ Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn }]),
  ];
}
