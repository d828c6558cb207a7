import type { RequestEvent } from "../../local/serve/events";
import type { Screen } from "../screen";
import { wrap } from "../text";
import type { RequestTrace } from "./requestPrinter";

/** Columns of a request's first line. */
const column = { status: 3, time: 8 } as const;
const gap = "  ";
const indent = " ".repeat(2 * gap.length + column.status);

const hopNames: Record<RequestEvent["hop"], string> = {
  cloudfront: "CloudFront",
  "load-balancer": "load balancer",
};

/** A stretch of the way: the protocol on a connection, and who is at its end. */
interface TraceStep {
  readonly protocol: string;
  readonly to: string;
}

/**
 * A request as a block: what it got and asked, the way it went with the protocol of every connection,
 * and, where it did not reach a task, why and what to change.
 *
 *     464     12 ms  GET /
 *          viewer HTTP/2 → CloudFront HTTP/1.1 → load balancer
 *          an HTTP/1.1 request to an HTTP/2 target group
 */
export function requestLines(trace: RequestTrace, screen: Screen): string[] {
  const outer = trace.edge ?? trace.loadBalancer;
  if (!outer) return [];
  const { status, milliseconds, method, path } = outer;
  const time = `${Math.round(milliseconds)} ms`.padStart(column.time);
  const taken = 3 * gap.length + column.status + column.time;
  const head = [
    "",
    statusText(status, screen),
    screen.style("dim", time),
    cut(`${method} ${path}`, screen.width - taken),
  ].join(gap);
  const why = trace.loadBalancer?.why ?? trace.edge?.why;
  return [
    head,
    ...wayLines(outer, stepsOf(trace), screen),
    ...indented(why ?? "", screen, "dim"),
    ...indented(adviceOn(trace) ?? "", screen, "yellow"),
  ];
}

/**
 * Requests that did not show because too many came at once, by status.
 *
 *       and 1,940 more with 200, 12 more with 464 in this second
 */
export function moreLines(
  hidden: readonly (readonly [status: number, requests: number])[],
  screen: Screen,
): string[] {
  const counts = hidden.map(
    ([status, requests]) =>
      `${requests.toLocaleString("en-US")} more with ${status === 0 ? "no answer" : status}`,
  );
  return indented(`and ${counts.join(", ")} in this second`, screen, "dim");
}

function stepsOf({ edge, loadBalancer, logged }: RequestTrace): TraceStep[] {
  const at = (event: RequestEvent): TraceStep => ({
    protocol: event.protocol,
    to: hopNames[event.hop] + ownStatus(event, edge ?? loadBalancer),
  });
  const way = [...(edge ? [at(edge)] : []), ...(loadBalancer ? [at(loadBalancer)] : [])];
  const last = loadBalancer ?? edge;
  if (!last?.sentTo) return way;
  if (!loadBalancer) return [...way, { protocol: last.sentTo.protocol, to: last.sentTo.address }];
  const { protocol, address } = last.sentTo;
  const task = loadBalancer.revision === undefined ? "task" : `${loadBalancer.revision} task`;
  return [
    ...way,
    logged
      ? { protocol: logged.protocol, to: `${task} ${logged.status}` }
      : { protocol, to: `${task} ${address}` },
  ];
}

/** A hop's status where the viewer got another one. */
function ownStatus(event: RequestEvent, outer: RequestEvent | undefined): string {
  return event.status === outer?.status ? "" : ` ${event.status}`;
}

/** `viewer HTTP/2 → CloudFront HTTP/1.1 → load balancer`, broken before an arrow where it is long. */
function wayLines(outer: RequestEvent, way: readonly TraceStep[], screen: Screen): string[] {
  const from = outer.hop === "cloudfront" ? "viewer" : outer.client;
  const lines: string[] = [];
  let [line, width] = [from, from.length];
  for (const { protocol, to } of way) {
    const plain = ` ${protocol} ${screen.signs.arrow} ${to}`;
    const shown = ` ${screen.style("cyan", protocol)} ${screen.signs.arrow} ${to}`;
    if (indent.length + width + plain.length > screen.width) {
      lines.push(line);
      [line, width] = [" ", 1];
    }
    line += shown;
    width += plain.length;
  }
  return [...lines, line].map((text) => indent + text);
}

/**
 * What to change where a load balancer answers 464: the protocol of the request is not one that its
 * target group takes.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-464-issues
 */
function adviceOn({ edge, loadBalancer }: RequestTrace): string | undefined {
  if (loadBalancer?.status !== 464) return undefined;
  if (loadBalancer.protocol === "HTTP/2") {
    return "464: this target group takes gRPC only. Set its protocolVersion to HTTP1, or send gRPC.";
  }
  return edge
    ? "464: CloudFront spoke HTTP/1.1 to the load balancer. Set the target group's protocolVersion to HTTP1."
    : "464: call it over HTTP/2, or set the target group's protocolVersion to HTTP1.";
}

function statusText(status: number, screen: Screen): string {
  // A client that went away before its answer.
  if (status === 0) return screen.style("red", "---");
  const style = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  return screen.style(style, String(status).padStart(column.status));
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

function indented(text: string, screen: Screen, style: "dim" | "yellow"): string[] {
  return wrap(text, screen.width - indent.length).map((line) => indent + screen.style(style, line));
}
