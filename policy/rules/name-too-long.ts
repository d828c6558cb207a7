import { text } from "../../topology/props";
import { resourceRule } from "../rule";
import { token } from "../../topology/tokens";

/** Characters in the name of a load balancer or target group. */
const longest = 32;
/** What Pulumi puts after the name of a resource to make a physical one: a hyphen, 7 characters. */
const suffix = 8;

export const nameTooLong = resourceRule({
  name: "name-too-long",
  description:
    "Names of load balancers and target groups have at most 32 characters, Pulumi's own suffix of 8 among them.",
  severity: "critical",
  level: "mandatory",
  remediation: `Give the resource a name of at most ${longest - suffix} characters, to which Pulumi adds 8.`,
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
  types: [token.loadBalancer, token.targetGroup],
  check: ({ name, props }) => {
    const given = text(props, "name");
    if (given !== undefined && given.length > longest)
      return {
        message: `The name "${given}" has ${given.length} characters, AWS takes ${longest}: it cannot be created.`,
      };
    const made = given === undefined && text(props, "namePrefix") === undefined;
    if (!made || name.length + suffix <= longest) return undefined;
    return {
      message: `Of "${name}" Pulumi makes a name of ${name.length + suffix} characters, AWS takes ${longest}: it cannot be created.`,
    };
  },
});
