/** What a load balancer does with a request: its own limits, then what a rule's action says. */
import { serverHeader } from "./answers";
import { forward } from "./forward";
import { forwardedCount } from "./headers";
import { decide, pickGroup, redirectLocation } from "./rules";
import type { Visit } from "./visit";

/** Limits that AWS documents as fixed: 16 K a request line or header. */
const limits = { line: 16 * 1024, header: 16 * 1024 } as const;

/** Answers a visit, or has a target answer it; never rejects. */
export async function act(visit: Visit): Promise<void> {
  const { request, subject, headers } = visit;
  if (subject.method === "TRACE") {
    visit.refuse(405, "a load balancer answers TRACE with 405");
  } else if ((request.url ?? "").length > limits.line) {
    visit.refuse(414, "the URL is longer than 16 KB");
  } else if (headers.some(([n, v]) => n.length + v.length > limits.header)) {
    visit.refuse(400, "a header is longer than 16 KB");
  } else if (forwardedCount(headers) > 30) {
    visit.refuse(463, "X-Forwarded-For has more than 30 addresses");
  } else {
    const { action, priority } = decide(visit.site.listener, subject);
    visit.priority = priority;
    visit.log.action = action.type;
    if (action.type === "redirect") redirect(visit, action);
    else if (action.type === "fixed-response") {
      const rule = priority === 0 ? "the listener's default action" : `listener rule ${priority}`;
      visit.why = `${rule} answers so`;
      const type = [["content-type", action.contentType] as const];
      visit.answer(action.status, [...serverHeader(visit.site.listener), ...type], action.body);
    } else {
      const pool = visit.site.pools.get(pickGroup(action.groups, Math.random()) ?? "");
      if (pool) await forward(visit, pool);
      else visit.refuse(503, "no target group of the action has a weight above 0");
    }
  }
}

function redirect(visit: Visit, action: Parameters<typeof redirectLocation>[0]): void {
  const { arrival, subject, site } = visit;
  const to = redirectLocation(action, subject, {
    protocol: arrival.protocol,
    port: arrival.port,
  });
  // Where one of this load balancer's own listeners is meant, the client needs its local port and
  // the name it called, which the front's leniency may have replaced.
  const local = site.ports.get(to.port);
  const called = visit.request.headers.host?.replace(/:\d+$/, "") ?? to.host;
  const host = to.host === subject.host.replace(/:\d+$/, "") ? called : to.host;
  const usual = to.protocol === "https" ? 443 : 80;
  const port = local ?? to.port;
  const location = `${to.protocol}://${host}${port === usual ? "" : `:${port}`}${to.path}`;
  visit.log.redirectUrl = location;
  visit.why = "a redirect action answers so";
  visit.answer(action.status, [...serverHeader(site.listener), ["location", location]], "");
}
