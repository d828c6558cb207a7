/** A plan's paths as one graph, for pictures: shared nodes are drawn once. */
import { describeSources, protocolsText } from "../show/hops";
import { answerText } from "../show/answers";
import type { OtherOrigin, Plan, PlanDirectContainer, PlanHop, PlanPath } from "./types";

/** Columns of a picture, left to right. */
export const columns = ["viewer", "cloudfront", "load-balancer", "task"] as const;
type Column = (typeof columns)[number];

/** The title and the detail of an origin's box. */
const otherBoxes: Readonly<Record<OtherOrigin["kind"], readonly [title: string, detail: string]>> =
  {
    bucket: ["S3 bucket", "no container answers"],
    function: ["Lambda function", "no container answers"],
    "not-followed": ["load balancer", "not followed"],
    elsewhere: ["elsewhere", "not of this program"],
    unknown: ["elsewhere", "not of this program"],
  };

/** A box. */
export interface GraphNode {
  readonly id: string;
  readonly column: Column;
  readonly kind: "viewer" | "cloudfront" | "load-balancer" | "container" | "bucket" | "elsewhere";
  readonly title: string;
  /** Name of the resource. */
  readonly name?: string;
  readonly details: readonly string[];
  /** What its security group admits: `443 from CloudFront (IPv4)`. */
  readonly admits?: string;
  /** A container in the same task to which this one forwards requests. */
  readonly app?: { readonly protocol: string; readonly port: number };
}

/** A connection between two boxes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `HTTP/2, HTTP/1.1`; `invoked`; `TCP` where what is spoken is not known. */
  readonly protocols: string;
  /** Absent where it is not known, or nothing is connected. */
  readonly tls?: boolean;
  /** Absent where nothing is connected. */
  readonly port?: number;
  /** Which requests take this connection, if not all do. */
  readonly requests: readonly string[];
  readonly broken?: { readonly status?: number; readonly why: string };
}

/** A caller that should be refused, where, and the result. */
interface GraphRefusal {
  readonly at: string;
  readonly who: string;
  readonly got: string;
  /** True: it still gets through. */
  readonly getsIn: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly refusals: readonly GraphRefusal[];
}

/** The graph of all paths, and of behaviours without a container. */
export function graphOf(plan: Plan): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge & { requests: string[] }>();
  const refusals = new Map<string, GraphRefusal>();
  const connect = (edge: Omit<GraphEdge, "requests">, requests: string | undefined): void => {
    const key = JSON.stringify([edge.from, edge.to, edge.protocols, edge.port, edge.tls]);
    const known = edges.get(key);
    const all = [...(known?.requests ?? []), ...(requests === undefined ? [] : [requests])];
    const broken = known?.broken ?? edge.broken;
    edges.set(key, { ...edge, requests: [...new Set(all)], ...(broken && { broken }) });
  };
  for (const path of plan.paths) {
    const ids = addNodes(path, nodes);
    const several = plan.paths.length + plan.otherOrigins.length > 1;
    path.hops.forEach((hop, i) => {
      if (hop.to === "app") return;
      const [from, to] = [ids.get(hop.from), ids.get(hop.to)];
      if (from === undefined || to === undefined) return;
      // The condition that distinguishes paths is shown where they branch.
      const parts = several && i > 0 ? partsBy(path, hop) : undefined;
      const { tls, port, broken } = hop;
      connect({ from, to, protocols: protocolsText(hop), tls, port, broken }, parts);
    });
    for (const refusal of refusalsOf(path, ids)) refusals.set(JSON.stringify(refusal), refusal);
  }
  for (const other of plan.otherOrigins) {
    const { distribution, viewerNames, pathPattern, origin, kind, tls, port } = other;
    const edge = `cloudfront ${distribution}`;
    if (!nodes.has(edge)) addEdge(edge, distribution, viewerNames, nodes, connect);
    const id = `${kind} ${origin}`;
    const [title, detail] = otherBoxes[kind];
    const details = [detail];
    const known =
      kind === "unknown" ? { name: "not known", details: [] } : { name: origin, details };
    const place = kind === "bucket" ? "bucket" : "elsewhere";
    nodes.set(id, { id, column: "load-balancer", kind: place, title, ...known });
    connect({ from: edge, to: id, protocols: "HTTP/1.1", tls, port }, patternText(pathPattern));
  }
  for (const one of plan.direct.filter(({ internet }) => internet === true)) {
    nodes.set("viewer", viewers);
    const node = directNode(one);
    nodes.set(node.id, node);
    connect({ from: "viewer", to: node.id, protocols: "TCP", port: one.port }, undefined);
  }
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    refusals: [...refusals.values()],
  };
}

const viewers: GraphNode = {
  ...({ id: "viewer", column: "viewer", kind: "viewer" } as const),
  ...{ title: "Viewers", details: [] },
};

/** A container that is called without a load balancer. */
function directNode({ service, container, port, who }: PlanDirectContainer): GraphNode {
  return {
    id: `container ${service} ${container}`,
    ...({ column: "task", kind: "container" } as const),
    ...{ title: container, name: service },
    details: ["no load balancer"],
    ...(who && { admits: `${port} from ${who.join(", ")}` }),
  };
}

/** A distribution that leads to no container of the program. */
function addEdge(
  id: string,
  name: string,
  viewerNames: readonly string[],
  nodes: Map<string, GraphNode>,
  connect: (edge: Omit<GraphEdge, "requests">, requests: undefined) => void,
): void {
  nodes.set("viewer", viewers);
  const details = viewerNames;
  nodes.set(id, {
    id,
    column: "cloudfront",
    kind: "cloudfront",
    title: "CloudFront",
    name,
    details,
  });
  connect({ from: "viewer", to: id, protocols: "HTTP", tls: true, port: 443 }, undefined);
}

function addNodes(path: PlanPath, nodes: Map<string, GraphNode>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { node, label, resource, details } of path.nodes) {
    if (node === "app") continue;
    const kind = node;
    const id = node === "viewer" ? "viewer" : `${node} ${resource ?? ""} ${label}`.trim();
    ids.set(node, node === "cloudfront" ? `cloudfront ${resource ?? ""}` : id);
    const into = path.hops.find((hop) => hop.to === node);
    const app = path.hops.find((hop) => hop.to === "app");
    const guarded = node === "load-balancer" || node === "container";
    const key = ids.get(node) ?? id;
    nodes.set(key, {
      id: key,
      column: node === "container" ? "task" : node,
      kind,
      title: titles[node] ?? label,
      ...(resource !== undefined && { name: resource }),
      details: [...new Set([...(nodes.get(key)?.details ?? []), ...details])],
      ...(guarded &&
        into?.port !== undefined && {
          admits: [into.port, "from", describeSources(into)].filter(Boolean).join(" "),
        }),
      ...(node === "container" &&
        app?.port !== undefined && {
          app: { protocol: app.protocols.join(", "), port: app.port },
        }),
    });
  }
  return ids;
}

const titles: Readonly<Record<string, string>> = {
  viewer: "Viewers",
  cloudfront: "CloudFront",
  "load-balancer": "Load balancer",
};

/** A behaviour's pattern, or words for the default one. */
function patternText(pattern: string | undefined): string | undefined {
  return pattern === "*" ? "all others" : pattern;
}

/** The requests of a path, on the hop where it branches. */
function partsBy(path: PlanPath, hop: PlanHop): string | undefined {
  if (hop.from === "cloudfront") return patternText(path.pathPattern);
  const condition = /\((.*)\)$/.exec(path.title)?.[1];
  return condition ?? (path.rulePriority === undefined ? "all others" : undefined);
}

/** Callers that bypass CloudFront, and clients whose protocol the path refuses. */
function refusalsOf(path: PlanPath, ids: ReadonlyMap<string, string>): GraphRefusal[] {
  const at = ids.get("load-balancer");
  if (at === undefined) return [];
  const broken = path.hops.some((hop) => hop.broken);
  return path.requests
    .filter(({ reaches, entry, kind, tls, status, outcome }) =>
      entry === "load-balancer"
        ? reaches || outcome === "dropped" || status === 403
        : !reaches && !broken && kind === "http" && tls && status === 464,
    )
    .map((request) => ({
      at,
      // Results are only shown per protocol if they differ.
      who:
        request.entry === "front"
          ? `${request.protocol} clients`
          : request.title.replace(
              /, HTTP\/[\d.]+$/,
              request.reaches ? ` (${request.protocol})` : "",
            ),
      got: request.reaches ? "gets through" : answerText(request),
      getsIn: request.reaches,
    }));
}
