/**
 * Policy documents of roles, buckets, keys and topics: their statements, and whether they admit a
 * request of an AWS service. Enough of IAM's evaluation for what services ask: a Deny that matches
 * wins, an Allow that matches admits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { matchesWildcard } from "./patterns";
import { block, blocks, isBag } from "./props";
import type { Props } from "./resource";

/** An access request of a service to a bucket. */
export interface ServiceRequest {
  /** Service principal, e.g. `delivery.logs.amazonaws.com`. */
  readonly service: string;
  /** Account from which the service used to write, for older policies that name it. */
  readonly account?: string;
  /** E.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN of the bucket or of an object in it. */
  readonly resource: string;
  /** The condition keys: `aws:SourceArn`, `aws:SourceAccount`, `s3:x-amz-acl` ... */
  readonly context: Readonly<Record<string, string>>;
}

/** The document in a property, as JSON text or an object; undefined if it is neither. */
export function documentOf(props: Props, property = "policy"): Props | undefined {
  const given = props[property];
  if (typeof given !== "string") return isBag(given) ? given : undefined;
  try {
    const document: unknown = JSON.parse(given);
    return isBag(document) ? document : undefined;
  } catch {
    return undefined; // AWS refuses it.
  }
}

/** Statements of a document, which may be a list or a single one. */
export const statementsOf = (document: Props | undefined): Props[] =>
  document === undefined ? [] : blocks(document, "Statement");

/** One text or a list of texts, as policies write both. */
export const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === "string");

/** Principals of a kind that a statement names; `*` means all of every kind. */
export function principalsOf(
  { Principal: principal }: Props,
  kind: "AWS" | "Service" | "Federated",
): string[] {
  if (principal === "*") return ["*"];
  return isBag(principal) ? listOf(principal[kind]) : [];
}

/** True for a statement with an action, or a pattern of actions, that covers this one. */
export function coversAction({ Action: actions }: Props, action: string): boolean {
  return listOf(actions).some((pattern) => matchesWildcard(pattern, action, true));
}

/**
 * True for a statement about every principal, or about all except some.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
export function coversEveryone(statement: Props): boolean {
  if ("NotPrincipal" in statement) return true;
  const kinds = ["AWS", "Service", "Federated"] as const;
  return kinds.some((kind) => principalsOf(statement, kind).includes("*"));
}

/** True for a statement with a condition. */
export function isConditional(statement: Props): boolean {
  return Object.keys(block(statement, "Condition") ?? {}).length > 0;
}

/**
 * True for a statement that only holds for requests that say whose they are: with a condition on the
 * account, ARN or organization of the source.
 */
export function needsSource(statement: Props): boolean {
  const conditions = block(statement, "Condition") ?? {};
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      !/IfExists$|Not|^Null$/.test(operator) &&
      isBag(keys) &&
      Object.keys(keys).some((key) => /^aws:source(account|arn|orgid|orgpaths|owner)$/i.test(key)),
  );
}

/** True for a statement that allows everyone, or all except some, without a condition. */
export function allowsEveryone(statement: Props): boolean {
  return statement.Effect === "Allow" && coversEveryone(statement) && !isConditional(statement);
}

/** True when a statement may allow an AWS service something; ignores conditions and denials. */
export function mayAllowService(
  statements: readonly Props[],
  service: string,
  action: string,
): boolean {
  return statements.some(
    (statement) =>
      statement.Effect === "Allow" &&
      (coversEveryone(statement) || principalsOf(statement, "Service").includes(service)) &&
      ("NotAction" in statement || coversAction(statement, action)),
  );
}

/** True when the policy allows the service's request. */
export function allowsRequest(document: Props | undefined, request: ServiceRequest): boolean {
  const matching = statementsOf(document).filter((statement) => applies(statement, request));
  if (matching.some((statement) => statement.Effect === "Deny")) return false;
  return matching.some((statement) => statement.Effect === "Allow");
}

function applies(statement: Props, request: ServiceRequest): boolean {
  return (
    isAddressed(statement, request) &&
    coversAction(statement, request.action) &&
    listOf(statement.Resource).some((resource) => matchesWildcard(resource, request.resource)) &&
    conditionsHold(statement, request)
  );
}

function isAddressed(statement: Props, { service, account }: ServiceRequest): boolean {
  const users = principalsOf(statement, "AWS");
  const former = users.some((user) => account !== undefined && user.includes(account));
  return former || users.includes("*") || principalsOf(statement, "Service").includes(service);
}

/** Every operator must hold for every key, and each key for one of its values. */
function conditionsHold(statement: Props, request: ServiceRequest): boolean {
  const conditions = isBag(statement.Condition) ? statement.Condition : {};
  return Object.entries(conditions).every(
    ([operator, keys]) =>
      isBag(keys) &&
      Object.entries(keys).every(([key, wanted]) => {
        const values = Array.isArray(wanted) ? wanted.map(String) : [String(wanted)];
        return holds(operator, contextValue(request, key), values);
      }),
  );
}

/** Condition keys are not case-sensitive. */
const contextValue = (request: ServiceRequest, key: string): string | undefined =>
  Object.entries(request.context).find(([k]) => k.toLowerCase() === key.toLowerCase())?.[1];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
  const plain = operator.replace(/IfExists$/, "");
  const negated = plain.includes("Not");
  if (value === undefined) return negated || plain !== operator;
  const test = comparisons[plain.replace("Not", "")];
  if (test === undefined) return false;
  const found = wanted.some((w) => test(w, value));
  return negated ? !found : found;
}

const comparisons: Readonly<Record<string, (wanted: string, value: string) => boolean>> = {
  StringEquals: (w, v) => w === v,
  StringEqualsIgnoreCase: (w, v) => w.toLowerCase() === v.toLowerCase(),
  StringLike: (w, v) => matchesWildcard(w, v),
  ArnEquals: (w, v) => matchesWildcard(w, v),
  ArnLike: (w, v) => matchesWildcard(w, v),
  Bool: (w, v) => w.toLowerCase() === v.toLowerCase(),
  // Numbers such as `s3:TlsVersion`.
  NumericLessThan: (w, v) => Number(v) < Number(w),
  NumericGreaterThanEquals: (w, v) => Number(v) >= Number(w),
};
