/** Statements of policies, and whom they let in. */
import { block, blocks, text, texts } from "../props";
import type { Props } from "../resource";

/** Statements of the policy under a key; none where it is not JSON, which AWS refuses. */
export function statementsOf(props: Props, key: string): Props[] {
  const policy = text(props, key);
  if (policy === undefined) return blocks(block(props, key) ?? {}, "Statement");
  try {
    return blocks((JSON.parse(policy) ?? {}) as Props, "Statement");
  } catch {
    return [];
  }
}

/** True for a statement about every principal, or about all but some. */
export function isAboutEveryone(statement: Props): boolean {
  if ("NotPrincipal" in statement || text(statement, "Principal") === "*") return true;
  const principal = block(statement, "Principal") ?? {};
  return ["AWS", "Service", "Federated"].some((kind) => texts(principal, kind).includes("*"));
}

/** True for a statement with a condition. */
export function isConditional(statement: Props): boolean {
  return Object.keys(block(statement, "Condition") ?? {}).length > 0;
}

/** True when a statement may let the service do the action: conditions are not read. */
export function mayLet(statements: readonly Props[], service: string, action: string): boolean {
  return statements.some(
    (statement) =>
      text(statement, "Effect") === "Allow" &&
      (isAboutEveryone(statement) ||
        texts(block(statement, "Principal") ?? {}, "Service").includes(service)) &&
      ("NotAction" in statement ||
        texts(statement, "Action").some((pattern) => covers(pattern, action))),
  );
}

/** True when a pattern of actions (`kms:*`, `kms:GenerateDataKey*`) covers an action. */
function covers(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\?]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}
