/** aws.iam.getPolicyDocument: statements of the program as IAM's JSON. */
import { documentOf, statementsOf } from "../../topology/policyDocument";
import { bagsAt, textAt, textsAt } from "./props";
import type { Props } from "./types";

/**
 * IAM's JSON of the function's arguments.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function policyDocument(args: Props): string {
  const sources = [...textsAt(args, "sourcePolicyDocuments[]"), ...textsAt(args, "sourceJson")];
  const before = sources.flatMap(statementsIn);
  const over = textsAt(args, "overridePolicyDocuments[]").flatMap(statementsIn);
  const own = bagsAt(args, "statements").map((given) => statement(given));
  const sids = new Set<unknown>(over.map((s) => s.Sid).filter((sid) => sid !== undefined));
  const Statement = [...before, ...own].filter((s) => !sids.has(s.Sid)).concat(over);
  const Id = textAt(args, "policyId");
  const Version = textAt(args, "version") ?? "2012-10-17";
  return JSON.stringify({ Version, ...(Id !== undefined && { Id }), Statement }, null, 2);
}

function statementsIn(policy: string): Props[] {
  const document = documentOf({ policy });
  if (document === undefined) throw new Error(`not a policy document: ${policy}`);
  return statementsOf(document);
}

function statement(given: Props): Props {
  const entry = (key: string, value: unknown): Props =>
    value === undefined ? {} : { [key]: value };
  return {
    ...entry("Sid", textAt(given, "sid")),
    Effect: textAt(given, "effect") ?? "Allow",
    ...entry("Principal", principals(bagsAt(given, "principals"))),
    ...entry("NotPrincipal", principals(bagsAt(given, "notPrincipals"))),
    ...entry("Action", oneOrMany(textsAt(given, "actions[]"))),
    ...entry("NotAction", oneOrMany(textsAt(given, "notActions[]"))),
    ...entry("Resource", oneOrMany(textsAt(given, "resources[]"))),
    ...entry("NotResource", oneOrMany(textsAt(given, "notResources[]"))),
    ...entry("Condition", conditions(bagsAt(given, "conditions"))),
  };
}

/** Lists of one are written as a text, as the provider does. */
function oneOrMany(values: readonly string[]): unknown {
  if (values.length === 0) return undefined;
  return values.length === 1 ? values[0] : [...values].sort((a, b) => b.localeCompare(a));
}

function principals(given: readonly Props[]): unknown {
  if (given.length === 0) return undefined;
  const [first] = given;
  if (given.length === 1 && first?.type === "*") return "*";
  return Object.fromEntries(
    given.map((p) => [textAt(p, "type") ?? "", oneOrMany(textsAt(p, "identifiers[]"))]),
  );
}

function conditions(given: readonly Props[]): unknown {
  if (given.length === 0) return undefined;
  const result: Record<string, Props> = {};
  for (const condition of given) {
    const test = (result[textAt(condition, "test") ?? ""] ??= {});
    test[textAt(condition, "variable") ?? ""] = oneOrMany(textsAt(condition, "values[]"));
  }
  return result;
}
