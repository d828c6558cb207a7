import { text } from "../../topology/props";
import { resourceRule } from "../rule";
import { token } from "../../topology/tokens";

/** What Pulumi puts after the name of a resource; a shorter or longer one can be configured. */
const madeByPulumi = /-[0-9a-z]{4,}$/;

export const targetGroupFixedName = resourceRule({
  name: "target-group-fixed-name",
  description:
    "A target group has no fixed name: most changes replace it, and the new one is made while the old one is in use.",
  severity: "medium",
  level: "advisory",
  remediation:
    "Leave name of the aws.lb.TargetGroup out, so that Pulumi makes a new one for each replacement.",
  source:
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html",
  types: [token.targetGroup],
  check: ({ name, props }) => {
    const given = text(props, "name");
    if (given === undefined) return undefined;
    if (given.startsWith(`${name}-`) && madeByPulumi.test(given.slice(name.length)))
      return undefined;
    return {
      message:
        `The target group ${name} is always called "${given}". Another protocolVersion, port, protocol or VPC replaces it: ` +
        "the new one cannot be made because the name is taken, the old one cannot go because a listener uses it.",
    };
  },
});
