import { blocks, text } from "../../topology/props";
import { stackRule, type Violation } from "../rule";
import { token } from "../../topology/tokens";

export const targetTypeNotIp = stackRule({
  name: "target-type-not-ip",
  description: "Tasks with a network interface of their own (awsvpc) are registered by address.",
  severity: "critical",
  level: "mandatory",
  remediation: 'Set targetType: "ip" on the aws.lb.TargetGroup.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  subjects: (stack) => stack.of(token.service),
  check: ({ name, props }, stack) => {
    const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
    if (definition === undefined || text(definition.props, "networkMode") !== "awsvpc") return [];
    return blocks(props, "loadBalancers").flatMap((target): Violation[] => {
      const group = stack.find(token.targetGroup, text(target, "targetGroupArn"));
      const type = group && (text(group.props, "targetType") ?? "instance");
      if (group === undefined || type === "ip") return [];
      const message = `The target group ${group.name} takes targets of type ${type ?? ""}, but the tasks of the service ${name} have addresses of their own (awsvpc): AWS refuses the service.`;
      return [{ urn: group.urn, message }];
    });
  },
});
