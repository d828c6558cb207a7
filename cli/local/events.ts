import type { RequestEvent, ServeEvent } from "../../local/serve/events";
import type { Screen } from "../screen";
import { wrap } from "../text";

/** Columns of a request's line, up to where its way begins. */
const column = { status: 3, protocol: 8, request: 24, hop: 13 } as const;

const hopNames: Record<RequestEvent["hop"], string> = {
  cloudfront: "CloudFront",
  "load-balancer": "load balancer",
};

/** Cut in the middle of nothing: the end is what one reads least. */
function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

function statusText(status: number, screen: Screen): string {
  const text = status === 0 ? "---" : String(status).padStart(column.status);
  if (status === 0 || status >= 500) return screen.style("red", text);
  return screen.style(status >= 400 ? "yellow" : "green", text);
}

function requestLines(event: RequestEvent, screen: Screen): string[] {
  const way = event.sentTo
    ? `${screen.signs.arrow} ${event.sentTo.protocol} ${event.sentTo.address}`
    : "answers itself";
  const line = [
    `  ${statusText(event.status, screen)}`,
    screen.style("cyan", event.protocol.padEnd(column.protocol)),
    cut(`${event.method} ${event.path}`, column.request).padEnd(column.request),
    hopNames[event.hop].padEnd(column.hop),
    `${way}  ${screen.style("dim", `${Math.round(event.milliseconds)} ms`)}`,
  ].join("  ");
  return [line, ...why(event.why, screen)];
}

function why(text: string | undefined, screen: Screen): string[] {
  const indent = " ".repeat(2 + column.status + 2);
  return wrap(text ?? "", screen.width - indent.length).map(
    (line) => indent + screen.style("dim", line),
  );
}

/**
 * One event as lines: what passed a hop, in which protocol, where it went on to, and why not where
 * it did not. Health, log lines and notes only when `verbose`, but a target that fell ill always.
 */
export function eventLines(event: ServeEvent, screen: Screen, verbose: boolean): string[] {
  switch (event.kind) {
    case "request":
      return requestLines(event, screen);
    case "refused":
      return [
        `  ${screen.style("red", screen.signs.bad.padStart(column.status))}  ` +
          `${event.caller} ${screen.signs.arrow} ${event.at}, port ${event.port}: not admitted`,
        ...why(event.why, screen),
      ];
    case "health":
      if (event.healthy && !verbose) return [];
      return wrap(
        `${event.target} of ${event.targetGroup} is ${event.healthy ? "healthy" : "unhealthy"}: ${event.reason}`,
        screen.width - 2,
      ).map((line) => `  ${screen.style(event.healthy ? "dim" : "yellow", line)}`);
    case "log":
      return verbose ? [`  ${screen.style("dim", `${event.task}  ${event.line}`)}`] : [];
    case "note":
      return verbose ? wrap(event.message, screen.width - 2).map((line) => `  ${line}`) : [];
  }
}
