import { block, text } from "../../topology/props";
import { containersOf } from "../../topology/stack/containers";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const logGroupMissing = stackRule({
  code: "log-group-missing",
  severity: "warning",
  lacks: "a log group",
  holds: "A container writes its logs to a log group that exists.",
  fix: 'Make an aws.cloudwatch.LogGroup and use its name for awslogs-group, or set awslogs-create-group: "true".',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  subjects: (stack) => stack.of(token.taskDefinition),
  check: ({ urn, name, props }, stack) =>
    (containersOf(props) ?? []).flatMap((container): StackFault[] => {
      const logs = block(container, "logConfiguration") ?? {};
      const options = block(logs, "options") ?? {};
      const group = text(options, "awslogs-group");
      if (text(logs, "logDriver") !== "awslogs" || group === undefined) return [];
      if (text(options, "awslogs-create-group") === "true") return [];
      if (stack.of(token.logGroup).some((made) => text(made.props, "name") === group)) return [];
      return [
        {
          urn,
          message: `The container ${text(container, "name") ?? ""} of the task definition ${name} logs to ${group}, which this program does not make: its tasks do not start unless the log group exists.`,
          fix: `Make an aws.cloudwatch.LogGroup and use its name for awslogs-group in containerDefinitions of the aws.ecs.TaskDefinition ${name}, or set awslogs-create-group: "true".`,
        },
      ];
    }),
});
