import type { RequestEvent, ServeEvent } from "../../local/serve/events";
import type { Screen } from "../screen";
import { wrap } from "../text";
import { stepText } from "./deployments";

const gap = "  ";

/** A line with a sign, and what belongs to it below. */
function signed(sign: string, head: string, below: string, screen: Screen): string[] {
  const indent = " ".repeat(7);
  return [
    `${gap}${screen.style("red", sign.padStart(3))}${gap}${head}`,
    ...wrap(below, screen.width - indent.length).map((line) => indent + screen.style("dim", line)),
  ];
}

/** Lines that are only worth reading when something is looked for. */
function aside(text: string, screen: Screen, style: "dim" | "yellow" | "red" = "dim"): string[] {
  return text
    .split("\n")
    .flatMap((part) => wrap(part, screen.width - gap.length))
    .map((line) => gap + screen.style(style, line));
}

/**
 * One event that is no request as lines. Health, log lines and notes only when `verbose`, but a
 * target that fell ill, and trouble, always.
 */
export function eventLines(
  event: Exclude<ServeEvent, RequestEvent>,
  screen: Screen,
  verbose: boolean,
): string[] {
  switch (event.kind) {
    case "refused": {
      const head = `${event.at} does not admit ${event.caller}`;
      const below = `port ${event.port}: ${event.why}. AWS drops such packets, so that the caller times out.`;
      return signed(screen.signs.bad, head, below, screen);
    }
    case "health": {
      const { target, targetGroup, healthy, reason } = event;
      if (healthy) return verbose ? aside(`${target} of ${targetGroup} is healthy`, screen) : [];
      return aside(`${target} of ${targetGroup} is unhealthy: ${reason}`, screen, "yellow");
    }
    case "trouble":
      return aside(`${event.at}: ${event.message}`, screen, "red");
    case "log":
      return verbose ? aside(`${event.task}: ${event.line}`, screen) : [];
    case "deployment":
      return aside(`Deployment of ${event.service}: ${stepText(event)}.`, screen, "yellow");
    case "note":
      return verbose ? aside(event.message, screen) : [];
  }
}
