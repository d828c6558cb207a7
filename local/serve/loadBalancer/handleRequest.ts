/** What a load balancer does with a request: its own limits, then the rule's action. */
import { serverHeader } from "./answers";
import { classify, treatment, unsupportedCoding } from "./desync";
import { forward } from "./forward";
import { forwardedCount } from "./headers";
import { decide, pickGroup, redirectLocation } from "./rules";
import { checkSignIn, finishSignIn, isCallback } from "./signIn";
import { cookieNames, stickyCookies, stuckTo } from "./stickiness";
import { transform } from "./transforms";
import { maxLineBytes } from "./malformed";
import type { RequestContext } from "./requestContext";
import type { Header } from "../http/headers";
import type { ListenerAction, ListenerRule } from "../../../topology/types";

/** "Single header: 16 K", fixed, ALB user guide, quotas. */
const maxOneHeader = 16 * 1024;
/** AWS does not say when a redirect's URL is "too long"; nginx's buffer has this size. */
const maxLocation = 8 * 1024;
/** "HTTP 463: X-Forwarded-For with more than 30 IP addresses." */
const maxForwarded = 30;

/** Answers a request, or forwards it to a target; never rejects. */
export async function handleRequest(context: RequestContext): Promise<void> {
  try {
    const own = refusal(context);
    if (own) context.refuse(own.status, own.why);
    else await followRules(context);
  } catch (error) {
    // A rule with an invalid regular expression, which AWS would not have accepted.
    context.priority = -1;
    context.refuse(500, `the listener's rules failed: ${(error as Error).message}`);
  }
}

/**
 * Why the load balancer refuses a request before it evaluates any rule.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
function refusal(
  context: RequestContext,
): { readonly status: number; readonly why: string } | undefined {
  const { request, subject, headers } = context;
  const url = request.url ?? "";
  if (context.protocol !== "HTTP/2") {
    if (request.httpVersionMajor > 1) {
      return { status: 505, why: "HTTP/2 on a connection that speaks HTTP/1.1" };
    }
    const version = `HTTP/${request.httpVersion}`;
    context.classification = classify({ method: subject.method, uri: url, version, headers });
    const { tier, reason } = context.classification;
    if (unsupportedCoding(headers) && reason !== "BadTransferEncoding") {
      context.last = true;
      return { status: 501, why: "Transfer-Encoding is neither chunked nor identity" };
    }
    const treated = treatment(context.listenerContext.loadBalancer.desyncMode ?? "defensive", tier);
    context.last = treated !== "pass";
    if (treated === "refuse") {
      return { status: 400, why: `desync mitigation: ${tier}: ${reason ?? ""}` };
    }
    if (context.last) context.endConnection();
  }
  if (subject.method === "TRACE") {
    return { status: 405, why: "a load balancer answers TRACE with 405" };
  }
  if (url.length > maxLineBytes) return { status: 414, why: "the URL is longer than 16 KB" };
  if (headers.some(([n, v]) => n.length + v.length > maxOneHeader)) {
    return { status: 400, why: "a header is longer than 16 KB" };
  }
  if (forwardedCount(headers) > maxForwarded) {
    return { status: 463, why: "X-Forwarded-For has more than 30 addresses" };
  }
  return undefined;
}

async function followRules(context: RequestContext): Promise<void> {
  if (isCallback(context)) {
    await finishSignIn(context);
    return;
  }
  const { listener } = context.listenerContext;
  const { action, priority, rule } = decide(listener, context.subject);
  context.priority = priority;
  let cookies: readonly Header[] = [];
  if (action.authenticate !== undefined) {
    context.log.actions = ["authenticate"];
    const user = await checkSignIn(context, action.authenticate, (rule ?? listener).arn);
    if (user === undefined) return;
    context.claims = user.claims;
    cookies = user.cookies;
  }
  context.log.actions = [...(context.log.actions ?? []), action.type];
  if (action.type === "redirect") redirect(context, action);
  else if (action.type === "fixed-response") {
    const by = priority === 0 ? "the listener's default action" : `listener rule ${priority}`;
    const type = [["content-type", action.contentType] as const];
    const headers = [...serverHeader(context.listenerContext.listener), ...type];
    context.answer(action.status, headers, action.body, `${by} answers so`);
  } else await forwardTo(context, action, rule, cookies);
}

async function forwardTo(
  context: RequestContext,
  action: Extract<ListenerAction, { type: "forward" }>,
  rule: ListenerRule | undefined,
  renewed: readonly Header[],
): Promise<void> {
  const now = Date.now();
  const sticky = action.stickySeconds !== undefined;
  const kept = sticky ? stuckTo(context.headers, cookieNames.group, now) : undefined;
  const stays = action.groups.some((g) => g.arn === kept);
  const arn = stays ? kept : pickGroup(action.groups, Math.random());
  const pool = context.listenerContext.pools.get(arn ?? "");
  if (!pool) {
    context.refuse(503, "no target group of the action has a weight above 0");
    return;
  }
  const cookies = [
    ...renewed,
    ...(sticky ? stickyCookies(cookieNames.group, pool.group.arn, action.stickySeconds, now) : []),
  ];
  if (!rule?.transforms) {
    await forward(context, pool, cookies);
    return;
  }
  const { host, path } = context.subject;
  const to = transform(rule.transforms, host, context.path);
  const [signedIn] = context.log.actions?.filter((one) => one === "authenticate") ?? [];
  context.log.actions = [...(signedIn ? [signedIn] : []), "rewrite", "forward"];
  context.log.transformed = {
    status: to.status,
    ...(to.host !== host && { host: to.host }),
    ...(to.path !== context.path && { path: to.path }),
  };
  if (to.status === "TransformSuccess") await forward(context, pool, cookies, to);
  else context.refuse(500, `the rule's transforms of ${host}${path} failed: ${to.status}`);
}

function redirect(
  context: RequestContext,
  action: Extract<ListenerAction, { type: "redirect" }>,
): void {
  const { received: arrival, subject, listenerContext } = context;
  const to = redirectLocation(action, subject, {
    protocol: arrival.protocol,
    port: arrival.port,
  });
  // If the target is one of this load balancer's own listeners, the client needs its local port and
  // the name that it called, which may have been replaced.
  const called = context.request.headers.host?.replace(/:\d+$/, "") ?? to.host;
  const host = to.host === subject.host.replace(/:\d+$/, "") ? called : to.host;
  const port = listenerContext.ports.get(to.port) ?? to.port;
  // Load balancers write the port even if it is the protocol's default.
  const location = `${to.protocol}://${host}:${port}${to.path}`;
  context.log.redirectUrl = location;
  if (location.length > maxLocation) {
    context.refuse(507, "the redirect's URL is longer than 8 KB");
    return;
  }
  const headers = [...serverHeader(listenerContext.listener), ["location", location] as const];
  context.answer(action.status, headers, "", "a redirect action answers so");
}
