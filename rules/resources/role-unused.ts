import { block, text, texts } from "../../topology/props";
import { documentOf, statementsOf } from "../../topology/policyDocument";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const roleUnused = stackRule({
  code: "role-unused",
  severity: "note",
  holds: "A task definition uses every role that only ECS tasks can assume.",
  fix: "Name the aws.iam.Role in taskRoleArn or executionRoleArn of an aws.ecs.TaskDefinition, or leave it out.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  unused: true,
  subjects: (stack) => stack.of(token.role),
  check: ({ urn, name, props }, stack) => {
    const principals = statementsOf(documentOf(props, "assumeRolePolicy")).flatMap((statement) => {
      const principal = block(statement, "Principal") ?? {};
      return Object.keys(principal).flatMap((kind) => texts(principal, kind));
    });
    const only = principals.length > 0 && principals.every((p) => p === "ecs-tasks.amazonaws.com");
    // Jobs of Batch run as ECS tasks too.
    if (!only || stack.of(token.batchJob).length > 0) return undefined;
    const arn = text(props, "arn");
    const used = stack
      .of(token.taskDefinition)
      .flatMap((task) => ["taskRoleArn", "executionRoleArn"].map((key) => text(task.props, key)));
    if (used.includes(arn)) return undefined;
    return {
      urn,
      message: `No task definition of the program uses the role ${name}, which only ECS tasks can assume.`,
      fix: `Name the aws.iam.Role ${name} in taskRoleArn or executionRoleArn of an aws.ecs.TaskDefinition, or leave it out.`,
    };
  },
});
