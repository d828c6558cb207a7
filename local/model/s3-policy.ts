/**
 * Reading bucket policies as S3 does: whether one admits a request of an AWS service. Enough of
 * IAM's evaluation for what services ask: a Deny that matches wins, an Allow that matches admits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { Props } from "../types";
import { bags, isBag, parseJson, text } from "./props";

/** What a service asks of a bucket. */
export interface ServiceRequest {
  /** Service principal, e.g. `delivery.logs.amazonaws.com`. */
  readonly service: string;
  /** Account that the service used to write from, where older policies name that. */
  readonly account?: string;
  /** E.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN of the bucket or of an object in it. */
  readonly resource: string;
  /** What conditions are judged by: `aws:SourceArn`, `aws:SourceAccount`, `s3:x-amz-acl` ... */
  readonly context: Readonly<Record<string, string>>;
}

/** The policy of a resource as data: the provider takes JSON text and plain objects. */
export function documentOf(inputs: Props, path = "policy"): Props | undefined {
  const given = inputs[path];
  const document = isBag(given) ? given : parseJson(text(inputs, path) ?? "");
  return isBag(document) ? document : undefined;
}

/** Statements of a document; a single one may stand there without a list. */
export const statementsOf = (document: Props | undefined): Props[] =>
  document === undefined ? [] : bags(document, "Statement");

/** One text or a list of texts, as policies write both. */
export const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === "string");

/** `*` stands for any text, `?` for one character. */
export function like(pattern: string, value: string, flags = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, flags).test(value);
}

/** True when the policy lets the service do what it asks. */
export function admits(document: Props | undefined, request: ServiceRequest): boolean {
  const matching = statementsOf(document).filter((statement) => matches(statement, request));
  if (matching.some((statement) => statement.Effect === "Deny")) return false;
  return matching.some((statement) => statement.Effect === "Allow");
}

function matches(statement: Props, request: ServiceRequest): boolean {
  const actions = listOf(statement.Action);
  const resources = listOf(statement.Resource);
  return (
    isAddressed(statement.Principal, request) &&
    actions.some((action) => like(action, request.action, "i")) &&
    resources.some((resource) => like(resource, request.resource)) &&
    conditionsHold(statement, request)
  );
}

function isAddressed(principal: unknown, { service, account }: ServiceRequest): boolean {
  if (principal === "*") return true;
  if (!isBag(principal)) return false;
  const users = listOf(principal.AWS);
  const former = users.some((user) => account !== undefined && user.includes(account));
  return former || users.includes("*") || listOf(principal.Service).includes(service);
}

/** Every operator holds for every key, and each key for one of its values. */
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

/** Condition keys are read without regard to case. */
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
  StringLike: (w, v) => like(w, v),
  ArnEquals: (w, v) => like(w, v),
  ArnLike: (w, v) => like(w, v),
  Bool: (w, v) => w.toLowerCase() === v.toLowerCase(),
  // How long certificates and TLS versions are: `s3:TlsVersion` and the like.
  NumericLessThan: (w, v) => Number(v) < Number(w),
  NumericGreaterThanEquals: (w, v) => Number(v) >= Number(w),
};

/** True when anyone at all is allowed something without a condition. */
export function isPublic(document: Props | undefined): boolean {
  return statementsOf(document).some((statement) => {
    const principal = statement.Principal;
    const anyone = principal === "*" || (isBag(principal) && listOf(principal.AWS).includes("*"));
    return statement.Effect === "Allow" && anyone && !isBag(statement.Condition);
  });
}
