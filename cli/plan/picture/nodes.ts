import { appHeight, measure, type PlacedNode } from "./layout";
import { xml } from "../../show/xml";

/** A box with its lines, its security group around it, and a second container below it. */
export function drawNode(placed: PlacedNode): string {
  const { node, x, y, width, height, lines, guard } = placed;
  const whole = (placed.appY === undefined ? y + height : placed.appY + appHeight) - y;
  const parts = [
    `<g>`,
    `<title>${xml([node.title, node.name, ...node.details].filter(Boolean).join(", "))}</title>`,
  ];
  if (node.admits !== undefined) {
    const out = measure.guard;
    parts.push(
      `<rect class="guard" x="${x - out}" y="${y - out}" width="${width + 2 * out}" height="${whole + 2 * out}" rx="12"/>`,
      ...guard.map(
        (text, i) =>
          `<text class="guarded" x="${x - out + 4}" y="${y + whole + out + 16 + i * 15}">${xml(text)}</text>`,
      ),
    );
  }
  const round = node.kind === "viewer" ? height / 2 : 8;
  parts.push(
    `<rect class="card" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`,
  );
  const middle = x + width / 2;
  for (const line of lines)
    parts.push(
      `<text class="${line.style}" x="${middle}" y="${line.y}" text-anchor="middle">${xml(line.text)}</text>`,
    );
  if (node.app && placed.appY !== undefined) parts.push(...drawApp(placed, placed.appY));
  return [...parts, "</g>"].join("");
}

/** The app behind nginx, in the same task. */
function drawApp({ node, x, y, width, height }: PlacedNode, top: number): string[] {
  const middle = x + width / 2;
  const { protocol = "", port = 0 } = node.app ?? {};
  return [
    `<path class="flow" d="M${middle} ${y + height}V${top - 8}"/>`,
    `<path class="tip" d="M${middle} ${top}l-4.6 -9h9.2z"/>`,
    `<text class="soft" x="${middle + 10}" y="${top - 13}">${xml(`${protocol} · ${port}`)}</text>`,
    `<rect class="card" x="${x}" y="${top}" width="${width}" height="${appHeight}" rx="8"/>`,
    `<text class="title" x="${middle}" y="${top + 25}" text-anchor="middle">app</text>`,
  ];
}
