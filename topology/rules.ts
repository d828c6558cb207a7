/** Conditions and actions of listener rules. */
import { endsRequest } from "../path/listenerRules";
import type { Props } from "./resource";
import { type TopologyIssues, block, blocks, boolean, number, text, texts } from "./props";
import { readAuthentication } from "./authentication";
import type {
  Authentication,
  ListenerAction,
  RuleCondition,
  Rewrite,
  Transforms,
  WeightedGroup,
} from "./types";

/** The conditions of one block; AWS allows one, the provider's shape several. */
export function readCondition(condition: Props): RuleCondition[] {
  const found: RuleCondition[] = [];
  const patterns = (bag: Props): { values: string[]; regex?: boolean } => {
    const regex = texts(bag, "regexValues");
    return regex.length > 0 ? { values: regex, regex: true } : { values: texts(bag, "values") };
  };
  const host = block(condition, "hostHeader");
  if (host) found.push({ field: "host", ...patterns(host) });
  const path = block(condition, "pathPattern");
  if (path) found.push({ field: "path", ...patterns(path) });
  const header = block(condition, "httpHeader");
  if (header) {
    found.push({
      field: "header",
      name: text(header, "httpHeaderName") ?? "",
      ...patterns(header),
    });
  }
  const method = block(condition, "httpRequestMethod");
  if (method) found.push({ field: "method", values: texts(method, "values") });
  const queries = blocks(condition, "queryStrings");
  if (queries.length > 0) {
    const values = queries.map((q) => ({ key: text(q, "key"), value: text(q, "value") ?? "" }));
    found.push({ field: "query", values });
  }
  const source = block(condition, "sourceIp");
  if (source) found.push({ field: "source-ip", values: texts(source, "values") });
  return found;
}

/**
 * The action that ends the request, with what is asked of callers before it. AWS takes only one that
 * ends a request, and only as the last: its type says where it is, also where `order` is not known.
 */
export function readAction(
  actions: Props[],
  where: string,
  findings: TopologyIssues,
): ListenerAction {
  const ends = (action: Props): boolean => endsRequest(text(action, "type"));
  const ordered = [...actions.filter((one) => !ends(one)), ...actions.filter(ends)];
  let guards: Pick<ListenerAction, "signIn" | "authenticate"> = {};
  for (const action of ordered) {
    const type = text(action, "type");
    const authenticate = readAuthentication(action);
    const signIn = guards.signIn ?? asksToSignIn(type, authenticate);
    guards = { ...guards, ...(signIn && { signIn }), ...(authenticate && { authenticate }) };
    if (type === "forward") {
      return { type, groups: forwardGroups(action), ...groupStickiness(action), ...guards };
    }
    if (type === "redirect") {
      const to = block(action, "redirect") ?? {};
      return {
        type,
        protocol: text(to, "protocol") ?? "#{protocol}",
        host: text(to, "host") ?? "#{host}",
        port: text(to, "port") ?? "#{port}",
        path: text(to, "path") ?? "/#{path}",
        query: text(to, "query") ?? "#{query}",
        status: text(to, "statusCode") === "HTTP_301" ? 301 : 302,
        ...guards,
      };
    }
    if (type === "fixed-response") {
      const answer = block(action, "fixedResponse") ?? {};
      return {
        type,
        status: number(answer, "statusCode") ?? 503,
        contentType: text(answer, "contentType") ?? "text/plain",
        body: text(answer, "messageBody") ?? "",
        ...guards,
      };
    }
    if (authenticate === undefined)
      findings.note(
        `In ${where}: the action ${type ?? "without a type"} is not performed here; the next one is.`,
      );
  }
  findings.problem(`In ${where}: no forward, redirect or fixed-response action. Add one.`);
  return { type: "fixed-response", status: 503, contentType: "text/plain", body: "" };
}

/**
 * What an action answers callers who have not signed in.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
function asksToSignIn(
  type: string | undefined,
  authenticate: Authentication | undefined,
): 302 | 401 | undefined {
  if (type === "jwt-validation") return 401;
  if (authenticate === undefined || authenticate.otherwise === "allow") return undefined;
  return authenticate.otherwise === "deny" ? 401 : 302;
}

function forwardGroups(action: Props): WeightedGroup[] {
  const forward = block(action, "forward");
  const weighted = blocks(forward ?? {}, "targetGroups").map((g) => ({
    arn: text(g, "arn") ?? "",
    weight: number(g, "weight") ?? 1,
  }));
  const single = text(action, "targetGroupArn");
  return weighted.length > 0 || single === undefined ? weighted : [{ arn: single, weight: 1 }];
}

function groupStickiness(action: Props): { stickySeconds?: number } {
  const stickiness = block(block(action, "forward") ?? {}, "stickiness") ?? {};
  if (boolean(stickiness, "enabled") !== true) return {};
  return { stickySeconds: number(stickiness, "duration") ?? 86_400 };
}

/**
 * A rule's transforms; undefined without any.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html
 */
export function readTransforms(transforms: Props[]): Transforms | undefined {
  const rewrite = (type: string, config: string): Rewrite | undefined => {
    const found = transforms.find((t) => text(t, "type") === type);
    const pair = block(block(found ?? {}, config) ?? {}, "rewrite");
    return pair && { regex: text(pair, "regex") ?? "", replace: text(pair, "replace") ?? "" };
  };
  const host = rewrite("host-header-rewrite", "hostHeaderRewriteConfig");
  const url = rewrite("url-rewrite", "urlRewriteConfig");
  return host || url ? { ...(host && { host }), ...(url && { url }) } : undefined;
}
