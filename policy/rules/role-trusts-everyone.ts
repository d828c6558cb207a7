import { block, blocks, text, texts } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { resourceRule } from "../rule";
import { token } from "../../topology/tokens";

export const roleTrustsEveryone = resourceRule({
  name: "role-trusts-everyone",
  description: "No role can be assumed by whoever likes to.",
  severity: "critical",
  level: "mandatory",
  remediation:
    'Name in assumeRolePolicy who may assume the aws.iam.Role, e.g. Principal: { Service: "ecs-tasks.amazonaws.com" }, or bind "*" with a Condition.',
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  types: [token.role],
  check: ({ name, props }) => {
    if (!statements(props).some(trustsEveryone)) return undefined;
    return { message: `Everyone, in any AWS account, can assume the role ${name}.` };
  },
});

function statements(props: Props): Props[] {
  const policy = text(props, "assumeRolePolicy");
  if (policy === undefined) return blocks(block(props, "assumeRolePolicy") ?? {}, "Statement");
  try {
    return blocks((JSON.parse(policy) ?? {}) as Props, "Statement");
  } catch {
    return []; // Not JSON: AWS refuses it, which is not this rule's business.
  }
}

/** True for an unconditional `Allow` to `*`, or to all but some. */
function trustsEveryone(statement: Props): boolean {
  if (text(statement, "Effect") !== "Allow") return false;
  if (Object.keys(block(statement, "Condition") ?? {}).length > 0) return false;
  if ("NotPrincipal" in statement) return true;
  if (text(statement, "Principal") === "*") return true;
  const principal = block(statement, "Principal") ?? {};
  return ["AWS", "Service", "Federated"].some((kind) => texts(principal, kind).includes("*"));
}
