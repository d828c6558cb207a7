/** A rule's severity as an enforcement level and in Pulumi's terms. */
import type { Severity } from "../rules/finding";
import type { Rule } from "../rules/rule";

/** What a broken rule does to a deployment: it stops it, or prints a warning. */
export type Level = "mandatory" | "advisory";

/** Errors and access rules stop a deployment, unless the rule itself says otherwise. */
export function levelOf({ severity, access, mandatory }: Rule): Level {
  return mandatory !== false && (severity === "error" || access) ? "mandatory" : "advisory";
}

/** Pulumi's term for a rule's severity. */
export const severities = {
  error: "high",
  warning: "medium",
  note: "low",
} as const satisfies Record<Severity, string>;
