import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { secretParts } from "../../path/secrets";
import { passableTags } from "../shared/tags";

export interface TaskRolesArgs {
  /** Images that the tasks pull; each image in a private ECR repository needs a permission. */
  images: pulumi.Input<string>[];
  /** Log group that the tasks write to. */
  logGroupArn: pulumi.Input<string>;
  /** What the containers' secrets are read from, in the form of `valueFrom`. @default none */
  secrets?: pulumi.Input<string[]>;
  /** ARNs of the KMS keys of these secrets, except AWS's own. @default none */
  secretKeyArns?: pulumi.Input<string>[];
  /** True to let the tasks pull the agent of GuardDuty's Runtime Monitoring. @default false */
  pullsGuardDutyAgent?: boolean;
  /** Tags for both roles. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * The two roles of a Fargate task: `execution`, which pulls the images and writes the logs, and
 * `task`, the containers' own role, which has no permissions until a policy is added.
 */
export class TaskRoles extends pulumi.ComponentResource {
  public readonly execution: aws.iam.Role;
  public readonly executionPolicy: aws.iam.RolePolicy;
  public readonly task: aws.iam.Role;

  constructor(name: string, args: TaskRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:TaskRoles", name, {}, opts);
    const parent = { parent: this };
    const partition = aws.getPartitionOutput({}, parent).partition;
    const region = aws.getRegionOutput({}, parent).region;
    const account = aws.getCallerIdentityOutput({}, parent).accountId;

    // The conditions prevent another account's ECS from using the role (confused deputy):
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    const assumeRolePolicy = pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: {
              "aws:SourceArn": pulumi.interpolate`arn:${partition}:ecs:${region}:${account}:*`,
            },
          },
        },
      ],
    });
    this.execution = new aws.iam.Role(
      `${name}-execution`,
      {
        assumeRolePolicy,
        description: "Pulls the images and writes the logs of the tasks",
        tags: passableTags(args.tags),
      },
      parent,
    );
    this.task = new aws.iam.Role(
      `${name}-task`,
      {
        assumeRolePolicy,
        description: "Held by the containers themselves",
        tags: passableTags(args.tags),
      },
      parent,
    );
    this.executionPolicy = new aws.iam.RolePolicy(
      `${name}-execution`,
      {
        role: this.execution.id,
        policy: pulumi
          .all([
            pulumi.all(args.images),
            args.logGroupArn,
            partition,
            region,
            args.secrets ?? [],
            pulumi.all(args.secretKeyArns ?? []),
          ])
          .apply(([images, logGroupArn, p, r, secrets, keyArns]) => {
            const more = args.pullsGuardDutyAgent === true ? [guardDutyAgentArn(p, r)] : [];
            return JSON.stringify(
              executionPolicyDocument(
                images,
                logGroupArn,
                p,
                more,
                secretStatements(secrets, keyArns),
              ),
            );
          }),
      },
      parent,
    );
    this.registerOutputs({ executionRoleArn: this.execution.arn, taskRoleArn: this.task.arn });
  }
}

/** The minimum permissions to pull these images and write to this log group. */
export function executionPolicyDocument(
  images: readonly string[],
  logGroupArn: string,
  partition: string,
  furtherRepositories: readonly string[] = [],
  further: readonly object[] = [],
): object {
  const repositories = [
    ...new Set(images.flatMap((image) => ecrRepositoryArn(image, partition) ?? [])),
    ...furtherRepositories,
  ];
  const pull = [
    // The token is for the account, not for a repository: the action takes no resource.
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
      ],
      Resource: repositories,
    },
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      ...(repositories.length > 0 ? pull : []),
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
      ...further,
    ],
  };
}

/**
 * The permissions to read these secrets, and to decrypt with these keys for their stores only:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets
 */
function secretStatements(
  secrets: readonly string[],
  keyArns: readonly string[],
): readonly object[] {
  const allow = (Action: string, resources: readonly string[], more: object = {}): object[] =>
    resources.length === 0
      ? []
      : [{ Effect: "Allow", Action, Resource: [...new Set(resources)].sort(), ...more }];
  const ofSecrets = secrets.filter((arn) => arn.includes(":secretsmanager:"));
  const ofParameters = secrets.filter((arn) => arn.includes(":ssm:"));
  const stores = [
    ...(ofSecrets.length > 0 ? ["secretsmanager"] : []),
    ...(ofParameters.length > 0 ? ["ssm"] : []),
  ];
  return [
    ...allow(
      "secretsmanager:GetSecretValue",
      ofSecrets.map((from) => secretParts(from).arn),
    ),
    ...allow("ssm:GetParameters", ofParameters),
    ...allow("kms:Decrypt", stores.length === 0 ? [] : keyArns, {
      Condition: {
        StringLike: { "kms:ViaService": stores.map((store) => `${store}.*.amazonaws.com*`) },
      },
    }),
  ];
}

/**
 * Repository of the agent that GuardDuty adds to a task. AWS uses a different account in each
 * region, so the pattern matches any account:
 * https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-ecr-repository-gdu-agent.html
 */
export function guardDutyAgentArn(partition: string, region: string): string {
  return `arn:${partition}:ecr:${region}:*:repository/aws-guardduty-agent-fargate`;
}

/** ARN of a private ECR image's repository; undefined for any other registry. */
export function ecrRepositoryArn(image: string, partition: string): string | undefined {
  const match =
    /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  if (match === null) return undefined;
  const [, account, region, repository] = match;
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
