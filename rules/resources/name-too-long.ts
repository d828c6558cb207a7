import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

/** Characters in the name of a load balancer or target group. */
const longest = 32;
/** What Pulumi puts after the name of a resource to make a physical one: a hyphen, 7 characters. */
const suffix = 8;

export const nameTooLong = resourceRule({
  code: "name-too-long",
  severity: "error",
  holds: `Names of load balancers and target groups have at most ${longest} characters, Pulumi's suffix of ${suffix} included.`,
  fix: `Give the resource a name of at most ${longest - suffix} characters: Pulumi adds ${suffix}.`,
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
  refusedAs: { code: "ValidationError", message: /cannot be longer than/ },
  types: [token.loadBalancer, token.targetGroup],
  check: ({ type, name, props }) => {
    const code = `aws.lb.${type === token.loadBalancer ? "LoadBalancer" : "TargetGroup"} ${name}`;
    const given = text(props, "name");
    if (given !== undefined && given.length > longest)
      return {
        message: `The name "${given}" has ${given.length} characters, and AWS takes ${longest}: it cannot be created.`,
        fix: `Set name of the ${code} to at most ${longest} characters, or leave it out.`,
      };
    const made = given === undefined && text(props, "namePrefix") === undefined;
    if (!made || name.length + suffix <= longest) return undefined;
    return {
      message: `Pulumi makes a name of ${name.length + suffix} characters from "${name}", and AWS takes ${longest}: it cannot be created.`,
      fix: `Call the ${code} something of at most ${longest - suffix} characters: Pulumi adds ${suffix}.`,
    };
  },
});
