import { text } from "../../topology/props";
import { groupsWithTargets } from "../../topology/stack/forwards";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const targetGroupWithoutTargets = stackRule({
  code: "target-group-without-targets",
  severity: "warning",
  holds: "Something registers targets in every target group of addresses or instances.",
  fix: "Name the aws.lb.TargetGroup in loadBalancers of an aws.ecs.Service, or attach targets with an aws.lb.TargetGroupAttachment or an Auto Scaling group.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
  unless: ["target-group-unused"],
  unused: true,
  subjects: (stack) => stack.of(token.targetGroup),
  check: ({ urn, name, props }, stack) => {
    if (!["ip", "instance"].includes(text(props, "targetType") ?? "instance")) return undefined;
    if (groupsWithTargets(stack).has(text(props, "arn") ?? "")) return undefined;
    const http = ["HTTP", "HTTPS"].includes(text(props, "protocol") ?? "HTTP");
    const fails = http ? "requests to it get 503" : "connections to it fail";
    return {
      urn,
      message: `Nothing in the program registers targets in the target group ${name}: ${fails}, unless targets are registered from elsewhere.`,
      fix: `Name the aws.lb.TargetGroup ${name} in loadBalancers of an aws.ecs.Service, or attach targets with an aws.lb.TargetGroupAttachment or an Auto Scaling group.`,
    };
  },
});
