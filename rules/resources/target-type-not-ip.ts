import { blocks, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const targetTypeNotIp = stackRule({
  code: "target-type-not-ip",
  severity: "error",
  holds: "Tasks with their own addresses (network mode awsvpc) are registered by address.",
  fix: 'Set targetType: "ip" on the aws.lb.TargetGroup.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  refusedAs: { code: "InvalidParameterException", message: /incompatible with the awsvpc/ },
  subjects: (stack) => stack.of(token.service),
  check: ({ name, props }, stack) => {
    const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
    if (definition === undefined || text(definition.props, "networkMode") !== "awsvpc")
      return undefined;
    return blocks(props, "loadBalancers").flatMap((target): StackFault[] => {
      const group = stack.find(token.targetGroup, text(target, "targetGroupArn"));
      if (group === undefined) return [];
      const type = text(group.props, "targetType") ?? "instance";
      if (type === "ip") return [];
      return [
        {
          urn: group.urn,
          message: `The target group ${group.name} takes targets of type ${type}, but the tasks of the service ${name} have their own addresses (awsvpc): AWS refuses the service.`,
          fix: `Set targetType: "ip" on the aws.lb.TargetGroup ${group.name}.`,
        },
      ];
    });
  },
});
