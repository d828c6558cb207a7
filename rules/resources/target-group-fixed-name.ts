import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

/** What Pulumi puts after the name of a resource; a shorter or longer one can be configured. */
const madeByPulumi = /-[0-9a-z]{4,}$/;

export const targetGroupFixedName = resourceRule({
  code: "target-group-fixed-name",
  severity: "warning",
  holds:
    "A target group has no fixed name: most changes replace it, and its replacement is made while it is still in use.",
  fix: "Leave name of the aws.lb.TargetGroup out, so that Pulumi makes a new one for each replacement.",
  source:
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html",
  types: [token.targetGroup],
  check: ({ name, props }) => {
    const given = text(props, "name");
    if (given === undefined || (text(props, "namePrefix") ?? "") !== "") return undefined;
    if (given.startsWith(`${name}-`) && madeByPulumi.test(given.slice(name.length)))
      return undefined;
    return {
      message: `The target group ${name} is always called "${given}". A new port, protocol, protocolVersion or VPC replaces it: the replacement cannot be made while the name is taken, and the old group cannot be deleted while a listener uses it.`,
      fix: `Leave name of the aws.lb.TargetGroup ${name} out, so that Pulumi makes a new one for each replacement.`,
    };
  },
});
