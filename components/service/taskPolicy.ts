/** What the containers themselves may do: policies of the task role. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { statementOf } from "../../path/rolePolicies";
import { volumeStatements, type VolumeArgs } from "./volumes";

/** A permission of the containers, as IAM has it. */
export interface TaskRoleStatementArgs {
  /** Whether the actions are allowed. @default "Allow" */
  effect?: "Allow" | "Deny";
  /** `s3:GetObject`; `*` and `?` stand for any text and any character. */
  actions: string[];
  /** ARNs, with the same wildcards. */
  resources: pulumi.Input<string>[];
  /** Values by operator and key: `{ StringEquals: { "aws:PrincipalTag/team": ["shop"] } }`. @default none */
  conditions?: Record<string, Record<string, pulumi.Input<string>[]>>;
}

/** The policy of the task role; undefined where nothing is permitted. */
export function createTaskPolicy(
  name: string,
  args: {
    readonly taskRoleStatements?: readonly TaskRoleStatementArgs[];
    readonly volumes?: Readonly<Record<string, VolumeArgs>>;
  },
  role: aws.iam.Role,
  parent: pulumi.Resource,
): aws.iam.RolePolicy | undefined {
  const { taskRoleStatements = [], volumes = {} } = args;
  if (taskRoleStatements.length === 0 && Object.keys(volumes).length === 0) return undefined;
  const own = pulumi.output(taskRoleStatements.map((one) => statementOf(one)));
  return new aws.iam.RolePolicy(
    `${name}-task`,
    {
      role: role.id,
      policy: pulumi
        .all([own, volumeStatements(volumes, parent)])
        .apply((lists) =>
          JSON.stringify({ Version: "2012-10-17", Statement: lists.flat() satisfies object[] }),
        ),
    },
    { parent },
  );
}
