/** A plan as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
import { printable } from "../../path/printable";
import { tlsText } from "../show/hops";
import { graphOf, type GraphEdge, type GraphNode } from "./graph";
import type { Plan } from "./types";

/** The flowchart's text. */
export function mermaidOf(plan: Plan): string {
  const { nodes, edges, refusals } = graphOf(plan);
  const ids = new Map(nodes.map((node, i) => [node.id, `n${i}`]));
  const id = (of: string): string => ids.get(of) ?? "n0";
  const lines = [
    "flowchart LR",
    ...nodes.map((node) => `  ${id(node.id)}${box(node)}`),
    ...edges.map((edge) => `  ${id(edge.from)} ${arrow(edge)} ${id(edge.to)}`),
    ...refusals.map(
      ({ at, who, got, getsIn }, i) =>
        `  r${i}([${label(who)}]) -. ${label(got)} .-${getsIn ? ">" : "x"} ${id(at)}`,
    ),
    ...nodes.flatMap((node, i) =>
      node.app
        ? [
            `  a${i}[${label("app")}]`,
            `  ${id(node.id)} -- ${label(`${node.app.protocol} · ${node.app.port}`)} --> a${i}`,
          ]
        : [],
    ),
    ...edges.flatMap(({ broken }, i) =>
      broken ? [`  linkStyle ${i} stroke:#c62828,stroke-width:3px`] : [],
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function box({ kind, title, name, details, admits }: GraphNode): string {
  const lines = [
    name === undefined ? title : `${title} ${name}`,
    ...details,
    ...(admits === undefined ? [] : [`security group: ${admits}`]),
  ];
  const text = label(...lines);
  if (kind === "viewer") return `([${text}])`;
  return kind === "bucket" ? `[(${text})]` : `[${text}]`;
}

function arrow({ protocols, requests, broken, ...edge }: GraphEdge): string {
  const text = label(
    ...(requests.length > 0 ? [requests.join(", ")] : []),
    [protocols, tlsText(edge), edge.port].filter(Boolean).join(" · "),
    ...(broken ? [broken.status === undefined ? "broken" : `broken: ${broken.status}`] : []),
  );
  return broken ? `-- ${text} --x` : `-- ${text} -->`;
}

/** Quoted text of several lines; Mermaid's special characters are written as entities. */
function label(...lines: readonly string[]): string {
  const safe = lines.map((line) =>
    printable(line).replace(/[#&"<>`\\]/g, (character) => `#${character.codePointAt(0) ?? 0};`),
  );
  return `"${safe.join("<br/>")}"`;
}
