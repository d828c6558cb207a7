/** Who may connect to what. */
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { tableLines, type Cell } from "../../show/table";
import type { Opening } from "../types";

export function printOpenings(openings: readonly Opening[], screen: Screen): void {
  for (const direction of ["in", "out"] as const) {
    const rows = openings.filter((opening) => opening.direction === direction);
    if (rows.length === 0) continue;
    heading(direction === "in" ? "Inbound access" : "Outbound access", screen);
    const cells = rows.map((opening): Cell[] => [
      {
        text: opening.who,
        style: opening.internet && direction === "in" ? "yellow" : undefined,
      },
      { text: opening.protocol === "all" ? "all" : opening.ports, right: true },
      { text: `${direction === "in" ? "to" : "from"} ${opening.of}` },
      { text: opening.why, style: "dim" },
    ]);
    for (const line of tableLines(cells, screen)) screen.print(line);
  }
}

/**
 * What is open to the internet, in one line.
 * @param complete false where a part of what decides that may not be known
 */
export function openingsInLine(openings: readonly Opening[], complete: boolean): string {
  const open = openings
    .filter(({ direction, internet }) => direction === "in" && internet)
    .map(({ of, ports, protocol }) => `${of} (${protocol === "all" ? "all ports" : ports})`);
  const unique = [...new Set(open)];
  const more = unique.length > 3 ? ` and ${unique.length - 3} more` : "";
  return `${unique.slice(0, 3).join(", ") || (complete ? "nothing" : "nothing that is known")}${more}`;
}
