import type { GraphEdge } from "../graph";
import { measure, type Layout, type PlacedNode } from "./layout";
import { cross, lock, tip } from "./marks";
import { fit, widthOf } from "./text";
import { tlsText } from "../../show/hops";
import { xml } from "../../show/xml";

/** Every connection: a line from box to box, with its protocols above and its port below. */
export function drawEdges({ edges, nodes }: Layout): string[] {
  return edges.flatMap((edge) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    return from && to ? [drawEdge(edge, from, to, ends(edge, edges, nodes))] : [];
  });
}

/** Heights at which a connection leaves its box and arrives at the other. */
interface Ends {
  readonly leaves: number;
  readonly arrives: number;
}

/** Spreads the connections on one side of a box over its height, in the order of their ends. */
function ends(
  edge: GraphEdge,
  edges: readonly GraphEdge[],
  nodes: ReadonlyMap<string, PlacedNode>,
): Ends {
  const middle = (id: string): number => {
    const node = nodes.get(id);
    return node ? node.y + node.height / 2 : 0;
  };
  const spread = (here: "from" | "to", there: "from" | "to"): number => {
    const all = edges
      .filter((other) => other[here] === edge[here])
      .sort((a, b) => middle(a[there]) - middle(b[there]));
    const node = nodes.get(edge[here]);
    if (!node) return 0;
    return node.y + (node.height * (all.indexOf(edge) + 1)) / (all.length + 1);
  };
  const arrives = spread("to", "from");
  const box = nodes.get(edge.from);
  const level = box !== undefined && arrives > box.y + 8 && arrives < box.y + box.height - 8;
  return { leaves: level ? arrives : spread("from", "to"), arrives };
}

function drawEdge(
  edge: GraphEdge,
  from: PlacedNode,
  to: PlacedNode,
  { leaves, arrives }: Ends,
): string {
  const broken = edge.broken !== undefined;
  const guard = to.node.admits === undefined ? 0 : measure.guard;
  const outside = from.node.admits === undefined ? 0 : measure.guard;
  const [x1, x2] = [from.x + from.width, to.x];
  const bend = (x1 + outside + x2 - guard) / 2;
  const end = broken ? x2 - guard - 16 : x2;
  // The label is on the horizontal part, before the target box.
  const start = to.x - guard - (measure.gap - guard - outside);
  const path =
    leaves === arrives
      ? `M${x1} ${leaves}H${end}`
      : `M${x1} ${leaves}C${bend - 60} ${leaves} ${start - 10} ${arrives} ${start + 30} ${arrives}H${end}`;
  const parts = [
    `<path class="flow${broken ? " broken" : ""}" d="${path}"/>`,
    broken ? cross(x2 - guard - 10, arrives) : tip(x2, arrives, false),
  ];
  const room = measure.gap - guard - outside - 16;
  const centre = to.x - guard - (measure.gap - guard - outside) / 2;
  const text = (line: string, y: number, kind: string): string =>
    `<text class="${kind}" x="${centre}" y="${y}" text-anchor="middle">${xml(fit(line, measure.small, room))}</text>`;
  if (edge.requests.length > 0) parts.push(text(edge.requests.join(", "), arrives - 26, "soft"));
  parts.push(text(edge.protocols, arrives - 9, broken ? "badText" : "protocol"));
  const port = [tlsText(edge), edge.port].filter(Boolean).join(" · ");
  const left = centre - (widthOf(port, measure.small) + 18) / 2;
  parts.push(
    edge.tls === undefined ? "" : lock(left, arrives + 6, edge.tls),
    `<text class="soft" x="${left + 18}" y="${arrives + 18}">${xml(port)}</text>`,
  );
  if (edge.broken) {
    const { status } = edge.broken;
    parts.push(text(status === undefined ? "broken" : `${status}`, arrives + 37, "badText"));
  }
  return `<g>${parts.join("")}</g>`;
}
