import type { Hop, Node } from "../../path/types";
import type { Screen } from "../screen";
import { columnsOf, padColumns, wrap } from "../text";
import type { Cell } from "./table";
import { say, sayNode, sayParts } from "./words";

const nodeNames: Record<Node, string> = {
  viewer: "viewer",
  cloudfront: "CloudFront",
  "load-balancer": "load balancer",
  container: "container",
  app: "app",
};

/** The ranges that include everybody. */
const everyone = new Set(["0.0.0.0/0", "::/0"]);

/** What {@link describeSources} reads. */
type Admitting = Pick<Hop, "admits" | "admitsMore" | "internal"> & { readonly to?: Node };

/** Who may open a hop, in words: `anyone`, `CloudFront (IPv4, IPv6)`, `the load balancer`. */
export function describeSources({ admits, admitsMore, internal, to }: Admitting): string {
  if (admits.length === 0 && admitsMore) return "not known";
  if (admits.length === 0) return to === "app" ? "only its own task" : "nobody";
  const words: string[] = [];
  const cidrs = admits.flatMap((s) => (s.kind === "cidr" ? [s.cidr] : []));
  if (cidrs.some((cidr) => everyone.has(cidr)))
    words.push(internal ? "anyone in the VPC's networks" : "anyone");
  words.push(...cidrs.filter((cidr) => !everyone.has(cidr)));
  const edges = admits.filter((source) => source.kind === "cloudfront");
  const versions = edges.flatMap(({ ipVersion, assumed }) => (assumed ? [] : [`IPv${ipVersion}`]));
  if (versions.length > 0) words.push(`CloudFront (${versions.join(", ")})`);
  else if (edges.length > 0) words.push("CloudFront");
  if (admits.some((s) => s.kind === "load-balancer")) words.push("the load balancer");
  if (admitsMore) words.push("others not known");
  return words.join(", ");
}

/** `TLS`, `plain`; empty where neither is known. */
export function tlsText({ tls }: { readonly tls?: boolean }): string {
  return tls === undefined ? "" : tls ? "TLS" : "plain";
}

/** The protocols of a hop; `invoked` for a function. */
export function protocolsText({ protocols }: Pick<Hop, "protocols">): string {
  return protocols.join(", ") || "invoked";
}

/** A hop in a line of text: `HTTP/1.1, TLS, 443`, or `invoked`. */
export function hopText(hop: Pick<Hop, "protocols" | "tls" | "port">, between = ", "): string {
  return [protocolsText(hop), tlsText(hop), hop.port].filter(Boolean).join(between);
}

/** A hop's cells: protocols, TLS or plain, port. */
function cells(hop: Hop, screen: Screen): [string, string, string] {
  return [say(screen, protocolsText(hop)), say(screen, tlsText(hop)), String(hop.port ?? "")];
}

/** A hop as it is shown, with the reason if it is broken, and the names of its ends. */
export interface ShownHop extends Hop {
  readonly broken?: { readonly status?: number; readonly why: string };
  /** Names of both ends. Default: those of the kind of node. */
  readonly names?: { readonly from: string; readonly to: string };
}

/** The name of a hop's end in the screen's language. */
const nodeText = (hop: ShownHop, end: "from" | "to", screen: Screen): string =>
  sayNode(screen, hop.names?.[end] ?? nodeNames[hop[end]]);

/**
 * The path from the viewer down to the container, a block per hop:
 *
 *     viewer
 *       ▼  HTTP/2, HTTP/1.1  TLS    443  from anyone
 *          The reason.
 *     CloudFront
 */
export function hopLines(hops: readonly ShownHop[], screen: Screen): string[] {
  const rows = hops.map((hop) => cells(hop, screen));
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => columnsOf(row[i] ?? ""))));
  const [protocolWidth = 0, tlsWidth = 0, portWidth = 0] = widths;
  const indent = 7;
  const left = indent + protocolWidth + 2 + tlsWidth + 2 + portWidth + 2;
  const lines: string[] = [];
  hops.forEach((hop, i) => {
    const [protocols, tls, port] = rows[i] ?? ["", "", ""];
    if (i === 0 || hops[i - 1]?.to !== hop.from)
      lines.push(`  ${screen.style("bold", nodeText(hop, "from", screen))}`);
    const { broken } = hop;
    const sign = broken
      ? screen.style("red", screen.signs.bad.padEnd(3))
      : `${screen.style("dim", screen.signs.down)}  `;
    const head =
      `    ${sign}` +
      `${screen.style("cyan", padColumns(protocols, protocolWidth))}  ` +
      `${screen.style(hop.tls ? "green" : "yellow", padColumns(tls, tlsWidth))}  ` +
      `${port.padStart(portWidth)}  `;
    const sources = sayParts(screen, describeSources(hop));
    const who = wrap(say(screen, "from {sources}", { sources }), Math.max(20, screen.width - left));
    lines.push(head + (who[0] ?? ""));
    for (const more of who.slice(1)) lines.push(" ".repeat(left) + more);
    for (const why of wrap(hop.why, screen.width - indent))
      lines.push(" ".repeat(indent) + screen.style("dim", why));
    if (broken) {
      const { status, why } = broken;
      const got =
        status === undefined
          ? say(screen, "Broken: {why}.", { why })
          : say(screen, "Broken, {status}: {why}.", { status, why });
      for (const line of wrap(got, screen.width - indent))
        lines.push(" ".repeat(indent) + screen.style("red", line));
    }
    lines.push(`  ${screen.style("bold", nodeText(hop, "to", screen))}`);
  });
  return lines;
}

/** The same, with a line for each hop and without the reasons. */
export function hopRows(hops: readonly ShownHop[], screen: Screen): Cell[][] {
  const [first] = hops;
  const { bad, down } = screen.signs;
  return [
    ...(first ? [[{ text: `  ${nodeText(first, "from", screen)}`, style: "bold" } as const]] : []),
    ...hops.map((hop): Cell[] => {
      const { broken, protocols, tls } = hop;
      const [newest = say(screen, protocolsText(hop)), ...older] = protocols;
      return [
        {
          text: `${broken ? bad : down} ${nodeText(hop, "to", screen)}`,
          style: broken ? "red" : "bold",
        },
        { text: [newest, ...older.map((p) => p.replace("HTTP/", ""))].join(", "), style: "cyan" },
        { text: say(screen, tlsText(hop)), style: tls ? "green" : "yellow" },
        { text: String(hop.port ?? ""), right: true },
        {
          text: sayParts(
            screen,
            describeSources(hop) + (broken?.status ? `, ${broken.status}` : ""),
          ),
        },
      ];
    }),
  ];
}
