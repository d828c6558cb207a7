/** How the pack words a rule's severity. */
import type { Severity } from "../rules/finding";
import type { Rule } from "../rules/rule";

/** What happens to a deployment that breaks a rule: it stops, or is warned. */
export type Level = "mandatory" | "advisory";

/** Errors and rules about who gets in stop a deployment, unless the rule itself says otherwise. */
export function levelOf({ severity, access, mandatory }: Rule): Level {
  return mandatory !== false && (severity === "error" || access) ? "mandatory" : "advisory";
}

/** Pulumi's words for a rule's severity. */
export const severities = {
  error: "high",
  warning: "medium",
  note: "low",
} as const satisfies Record<Severity, string>;
