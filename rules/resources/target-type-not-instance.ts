import { serviceNetworkMode } from "../../topology/hostNetwork";
import { blocks, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const targetTypeNotInstance = stackRule({
  code: "target-type-not-instance",
  severity: "error",
  holds:
    "Tasks in the network of their EC2 instance (network mode bridge or host) are registered by instance.",
  fix: 'Set targetType: "instance" on the aws.lb.TargetGroup, or networkMode: "awsvpc" on the aws.ecs.TaskDefinition.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  refusedAs: { code: "InvalidParameterException", message: /incompatible with the (bridge|host)/ },
  subjects: (stack) => stack.of(token.service),
  check: ({ name, props }, stack) => {
    const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
    const mode = definition && serviceNetworkMode(props, definition.props);
    if (definition === undefined || mode === undefined) return undefined;
    return blocks(props, "loadBalancers").flatMap((target): StackFault[] => {
      const group = stack.find(token.targetGroup, text(target, "targetGroupArn"));
      if (group === undefined || text(group.props, "targetType") !== "ip") return [];
      return [
        {
          urn: group.urn,
          message: `The target group ${group.name} takes targets of type ip, but the tasks of the service ${name} are in the network of their instances (${mode}): AWS refuses the service.`,
          fix: `Set targetType: "instance" on the aws.lb.TargetGroup ${group.name}, or networkMode: "awsvpc" on the aws.ecs.TaskDefinition ${definition.name}.`,
        },
      ];
    });
  },
});
