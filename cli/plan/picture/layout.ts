/** The layout of a picture: boxes in columns, one below the other. */
import { columns, type Graph, type GraphEdge, type GraphNode } from "../graph";
import { fit, wrapTo } from "./text";

/** Measures in pixels. */
export const measure = {
  margin: 28,
  head: 76,
  box: 190,
  gap: 196,
  pad: 12,
  line: 17,
  title: 15,
  small: 12,
  between: 54,
  /** Space of a security group around its box. */
  guard: 14,
} as const;

/** A line of text in a box. */
interface PlacedLine {
  readonly text: string;
  readonly style: "title" | "name" | "detail";
  readonly y: number;
}

export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PlacedLine[];
  /** Lines below the box, on the border of its security group. */
  readonly guard: readonly string[];
  /** Top of the second container's box. */
  readonly appY?: number;
}

export interface PlacedRefusal {
  readonly at: PlacedNode;
  readonly who: readonly string[];
  readonly got: string;
  /** True: they get through although they should be refused. */
  readonly getsIn: boolean;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly edges: readonly GraphEdge[];
  readonly refusals: readonly PlacedRefusal[];
  /** The lower edge of the drawing. */
  readonly bottom: number;
}

export const appHeight = 40;
const refusalHeight = 46;

/** Places a graph. Empty columns take no space. */
export function layOut(graph: Graph): Layout {
  const used = columns.filter((column) => graph.nodes.some((node) => node.column === column));
  const sized = graph.nodes.map(size);
  const refusalsAt = (id: string) => graph.refusals.filter(({ at }) => at === id);
  const tall = (node: Sized): number =>
    node.outer + refusalsAt(node.node.id).length * refusalHeight;
  const stacks = used.map((column) => sized.filter(({ node }) => node.column === column));
  const heights = stacks.map((stack) =>
    stack.reduce((sum, node) => sum + tall(node) + measure.between, -measure.between),
  );
  // The first boxes are those of the viewers' main path: they share one axis.
  const anchors = stacks.map((stack) => (stack[0]?.height ?? 0) / 2);
  const axis = Math.max(...anchors, 45);
  const inner = Math.max(...heights.map((height, i) => axis - (anchors[i] ?? 0) + height), 90);
  const nodes = new Map<string, PlacedNode>();
  const refusals: PlacedRefusal[] = [];
  stacks.forEach((stack, i) => {
    const x = measure.margin + i * (measure.box + measure.gap);
    let y = measure.head + measure.guard + axis - (anchors[i] ?? 0);
    for (const part of stack) {
      const placed: PlacedNode = {
        node: part.node,
        x,
        y,
        width: measure.box,
        height: part.height,
        guard: part.guard,
        lines: part.lines.map((line) => ({ ...line, y: y + line.y })),
        ...(part.node.app && { appY: y + part.height + 34 }),
      };
      nodes.set(part.node.id, placed);
      refusalsAt(part.node.id).forEach(({ who, got, getsIn }, n) => {
        refusals.push({
          at: placed,
          who: wrapTo(who, measure.small, measure.gap - 62),
          got,
          getsIn,
          x: x - measure.gap + 44,
          y: y + part.outer + measure.guard + n * refusalHeight,
        });
      });
      y += tall(part) + measure.between;
    }
  });
  const bottom = measure.head + 2 * measure.guard + inner;
  const width = 2 * measure.margin + used.length * measure.box + (used.length - 1) * measure.gap;
  return { width, height: bottom, nodes, edges: graph.edges, refusals, bottom };
}

interface Sized {
  readonly node: GraphNode;
  readonly lines: readonly PlacedLine[];
  readonly guard: readonly string[];
  readonly height: number;
  /** With its security group's caption and a second container. */
  readonly outer: number;
}

function size(node: GraphNode): Sized {
  const room = measure.box - 2 * measure.pad;
  const texts: { text: string; style: PlacedLine["style"] }[] = [
    { text: fit(node.title, measure.title, room), style: "title" },
    ...(node.name === undefined
      ? []
      : [{ text: fit(node.name, measure.small, room), style: "name" as const }]),
    ...node.details.flatMap((detail) =>
      wrapTo(detail, measure.small, room).map((text) => ({ text, style: "detail" as const })),
    ),
  ];
  const lines = texts.map((line, i) => ({ ...line, y: measure.pad + 13 + i * measure.line }));
  const height = 2 * measure.pad + texts.length * measure.line;
  const guard =
    node.admits === undefined
      ? []
      : wrapTo(`admits ${node.admits}`, measure.small, measure.box + 8);
  const app = node.app ? appHeight + 34 : 0;
  const caption = guard.length === 0 ? 0 : guard.length * 15 + 6;
  return { node, lines, guard, height, outer: height + app + caption };
}
