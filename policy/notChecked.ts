/** The values that a preview does not know, with the rules that they keep from being checked. */
import type { Policies, StackValidationArgs } from "@pulumi/policy";
import { judge, type NotChecked } from "../rules/judge";
import type { Stack, StackResource } from "../topology/stack/stack";
import { notCheckedCode } from "./exceptions";
import { reportOn } from "./report";

const remedy =
  "Nothing has to change: the rules are checked again at the end of pulumi up, when everything is known.";
const page = "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/";

/** One message for each unknown value, however many rules need it. */
export function notCheckedPolicy(stackOf: (args: StackValidationArgs) => Stack): Policies[number] {
  return {
    name: notCheckedCode,
    description: "Values that a preview does not know yet are checked once they are known.",
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps: remedy,
    url: page,
    validateStack: (args, report) => {
      const stack = stackOf(args);
      for (const one of judge(stack).notChecked)
        reportOn(report, one.unknown.urn, messageOf(one, stack));
    },
  };
}

function messageOf({ unknown, codes }: NotChecked, stack: Stack): string {
  const resource = stack.get(unknown.urn);
  const whose = resource ? named(resource) : unknown.urn;
  const [first = "", second = "", ...others] = codes;
  // With an unknown reference no rule about paths can be checked, so there is no need to list all.
  const rules =
    codes.length > 8 ? `${first}, ${second} and ${others.length} more` : codes.join(", ");
  const message = `Not known before the deployment: ${unknown.property} of ${whose}. Not checked because of it: ${rules}.`;
  return [message, remedy, page].join("\n");
}

type Named = Pick<StackResource, "type" | "name">;

/** A resource in a message: `the target group web`. */
function named({ type, name }: Named): string {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  const words = kind.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  return `the ${words.replace("vpc ", "VPC ")} ${name}`;
}
