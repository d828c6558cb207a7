import { text } from "../../topology/props";
import {
  documentOf,
  coversEveryone,
  isConditional,
  statementsOf,
} from "../../topology/policyDocument";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

export const roleTrustsEveryone = resourceRule({
  code: "role-trusts-everyone",
  severity: "warning",
  access: true,
  holds: "A role's trust policy says who can assume it.",
  fix: 'Name in assumeRolePolicy of the aws.iam.Role who can assume it, e.g. Principal: { Service: "ecs-tasks.amazonaws.com" }, or limit "*" with a Condition.',
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  types: [token.role],
  check: ({ name, props }) => {
    const statements = statementsOf(documentOf(props, "assumeRolePolicy")).filter(coversEveryone);
    const effects = (effect: string) => statements.filter((s) => text(s, "Effect") === effect);
    // What a Deny leaves of it cannot be said here.
    if (effects("Deny").length > 0 || effects("Allow").every(isConditional)) return undefined;
    return {
      message: `Everyone, in any AWS account, can assume the role ${name}.`,
      fix: `Name in assumeRolePolicy of the aws.iam.Role ${name} who can assume it, e.g. Principal: { Service: "ecs-tasks.amazonaws.com" }, or limit "*" with a Condition.`,
    };
  },
});
