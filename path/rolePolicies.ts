/** Permissions that are written into a role (inline policies). */

/** Characters of all of a role's inline policies together, without spaces. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const largestInlinePolicies = 10_240;

/** The page that says so. */
export const iamQuotas =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** Characters of a policy as IAM counts them. */
export const policyCharacters = (policy: unknown): number =>
  JSON.stringify(policy).replace(/\s/g, "").length;

/** One permission. */
export interface PolicyStatement<Text = string> {
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly Text[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly Text[]>>>>;
}

/** What IAM takes for an action, and for a resource. */
export const policyForms = {
  action: /^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/,
  resource: /^(?:\*|arn:[a-z*?-]+:\S+)$/,
} as const;

/** A statement as IAM's JSON has it. */
export const statementOf = <Text>(statement: PolicyStatement<Text>): object => ({
  Effect: statement.effect ?? "Allow",
  Action: statement.actions,
  Resource: statement.resources,
  ...(statement.conditions !== undefined &&
    Object.keys(statement.conditions).length > 0 && { Condition: statement.conditions }),
});
