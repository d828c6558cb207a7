import type { RequestEvent, ServeEvent } from "../../local/serve/events";
import type { Screen } from "../screen";
import { wrap } from "../text";

/** Columns of the parts of a request's line; what was asked comes last and is cut. */
const column = { status: 3, hop: 13, protocol: 8, time: 7 } as const;
const gap = "  ";

const hopNames: Record<RequestEvent["hop"], string> = {
  cloudfront: "CloudFront",
  "load-balancer": "load balancer",
};

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

function statusText(status: number, screen: Screen): string {
  // A client that went away before its answer.
  if (status === 0) return screen.style("red", "---");
  const style = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  return screen.style(style, String(status).padStart(column.status));
}

/** `200  CloudFront     HTTP/2   → HTTP/1.1    12 ms  GET /` */
function requestLines(event: RequestEvent, screen: Screen): string[] {
  const { arrow } = screen.signs;
  const way = event.sentTo
    ? `${event.protocol.padEnd(column.protocol)} ${arrow} ${event.sentTo.protocol}`
    : event.protocol;
  const wayWidth = 2 * column.protocol + 2 + arrow.length;
  const time = `${Math.round(event.milliseconds)} ms`.padStart(column.time);
  const taken = 5 * gap.length + column.status + column.hop + wayWidth + column.time;
  const line = [
    "",
    statusText(event.status, screen),
    hopNames[event.hop].padEnd(column.hop),
    screen.style("cyan", way.padEnd(wayWidth)),
    screen.style("dim", time),
    cut(`${event.method} ${event.path}`, screen.width - taken),
  ].join(gap);
  return [line, ...indented(event.why ?? "", screen)];
}

/** Text below the columns, behind the status. */
function indented(text: string, screen: Screen): string[] {
  const indent = " ".repeat(2 * gap.length + column.status);
  return wrap(text, screen.width - indent.length).map((line) => indent + screen.style("dim", line));
}

/** Lines that are only worth reading when something is looked for. */
function aside(text: string, screen: Screen): string[] {
  return wrap(text, screen.width - gap.length).map((line) => gap + screen.style("dim", line));
}

/**
 * One event as lines: what passed a hop, in which protocols, and why not further where it did not.
 * Health, log lines and notes only when `verbose`, but a target that fell ill always.
 */
export function eventLines(event: ServeEvent, screen: Screen, verbose: boolean): string[] {
  switch (event.kind) {
    case "request":
      return requestLines(event, screen);
    case "refused": {
      const sign = screen.style("red", screen.signs.bad.padStart(column.status));
      const head = `${gap}${sign}${gap}${event.at} does not admit ${event.caller}`;
      return [head, ...indented(`port ${event.port}: ${event.why}`, screen)];
    }
    case "health": {
      const { target, targetGroup, healthy, reason } = event;
      if (healthy) return verbose ? aside(`${target} of ${targetGroup} is healthy`, screen) : [];
      const text = `${target} of ${targetGroup} is unhealthy: ${reason}`;
      return wrap(text, screen.width - gap.length).map(
        (line) => gap + screen.style("yellow", line),
      );
    }
    case "log":
      return verbose ? aside(`${event.task}: ${event.line}`, screen) : [];
    case "trouble":
      return wrap(`${event.at}: ${event.message}`, screen.width - gap.length).map(
        (line) => gap + screen.style("red", line),
      );
    case "note":
      return verbose ? aside(event.message, screen) : [];
  }
}
