/** Whom a URL calls in a stack. */
import { loadBalancerNamed, viewerNamesOf } from "../topology";
import { distributionFor } from "../topology/matching";
import { pathsIn } from "../topology/stack/paths";
import type { Distribution, LoadBalancer } from "../topology/types";
import type { View } from "./view";

export interface CalledUrl {
  readonly entry: Distribution | LoadBalancer;
  /** Lower case, without a port. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly websocket: boolean;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

const schemes: Readonly<Record<string, { readonly tls: boolean; readonly websocket: boolean }>> = {
  "http:": { tls: false, websocket: false },
  "https:": { tls: true, websocket: false },
  "ws:": { tls: false, websocket: true },
  "wss:": { tls: true, websocket: true },
};

/**
 * @param url or only its path, on the viewers' main name
 * @param connectTo logical name of what is called, whatever the name in the URL is
 * @throws Error if the URL cannot be read, or its name is not one of the stack's
 */
export function calledUrl(view: View, url: string, connectTo?: string): CalledUrl {
  const parsed = parse(url.startsWith("/") ? `${mainUrl(view)}${url}` : url);
  const scheme = schemes[parsed.protocol];
  if (scheme === undefined)
    throw new Error(`${url}: write a path, or an https:, http:, wss: or ws: URL.`);
  const host = parsed.hostname.toLowerCase();
  const port = parsed.port === "" ? (scheme.tls ? 443 : 80) : Number(parsed.port);
  const entry = connectTo === undefined ? entryWithName(view, host) : entryCalled(view, connectTo);
  return { entry, host, port, ...scheme, path: parsed.pathname, query: parsed.search.slice(1) };
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new Error(`${url} is no URL: write a path such as /x, or https://www.example.com/x.`);
  }
}

/** Scheme, name and port of the viewers' main path. */
function mainUrl({ stack, topology }: View): string {
  const [first] = pathsIn(stack).paths;
  if (first === undefined)
    throw new Error("The stack has no path to a container: write the whole URL.");
  const { via, spec } = first.found;
  const distribution = topology.distributions.find(({ id }) => id === via.distributionId);
  if (distribution) return `https://${sample(viewerNamesOf(topology, distribution))}`;
  const loadBalancer = topology.loadBalancers.find((one) =>
    one.listeners.some(({ arn }) => arn === via.listenerArn),
  );
  const names = loadBalancer ? viewerNamesOf(topology, loadBalancer) : [];
  const { protocol, port } = spec.listener;
  return `${protocol.toLowerCase()}://${sample(names)}:${port}`;
}

/** A name that the first one stands for. */
const sample = ([name = "unknown.invalid"]: readonly string[]): string => name.replace("*", "www");

function entryWithName(view: View, host: string): Distribution | LoadBalancer {
  const { topology } = view;
  const found = distributionFor(topology.distributions, host) ?? loadBalancerNamed(topology, host);
  if (found) return found;
  const known = entries(view).flatMap(({ entry }) => viewerNamesOf(topology, entry));
  throw new Error(
    `No distribution or load balancer of the stack has the name ${host}. Names: ${known.join(", ") || "none"}. ` +
      `If it resolves to one of them elsewhere, add connectTo: ${listed(view)}.`,
  );
}

function entryCalled(view: View, name: string): Distribution | LoadBalancer {
  const found = entries(view).filter((one) => one.name === name);
  const [first, second] = found;
  if (first && second === undefined) return first.entry;
  const problem = first ? "is the name of several" : "is the logical name of no";
  throw new Error(
    `connectTo: ${name} ${problem} distribution or load balancer of the stack that is enabled. There are: ${listed(view)}.`,
  );
}

function entries({ topology, names }: View) {
  return [
    ...topology.distributions.map((entry) => ({ entry, name: names.nameOf(entry.id) })),
    ...topology.loadBalancers.map((entry) => ({ entry, name: names.nameOf(entry.arn) })),
  ];
}

const listed = (view: View): string =>
  entries(view)
    .map(({ name }) => JSON.stringify(name ?? ""))
    .join(" or ") || "none";
