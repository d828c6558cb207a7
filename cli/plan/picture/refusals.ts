import { measure, type PlacedRefusal } from "./layout";
import { cross, tip } from "./marks";
import { xml } from "../../show/xml";

/**
 * A caller that should be refused: its name, a dashed line to the security group, and the result.
 */
export function drawRefusal({ at, who, got, getsIn, x, y }: PlacedRefusal): string {
  const end = at.x - measure.guard;
  const parts = [
    ...who.map((line, i) => `<text class="soft" x="${x}" y="${y + i * 14}">${xml(line)}</text>`),
    `<path class="refused" d="M${x} ${y + who.length * 14 - 5}H${end + 8}"/>`,
    getsIn
      ? tip(end + 20, y + who.length * 14 - 5, true)
      : cross(end + 16, y + who.length * 14 - 5),
    `<text class="badText" x="${end + 28}" y="${y + who.length * 14 - 1}">${xml(got)}</text>`,
  ];
  return `<g>${parts.join("")}</g>`;
}
