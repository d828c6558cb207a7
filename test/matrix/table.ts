/** The matrix as a table for people: lanes that answer alike share a row. */
import { markdownTable } from "../unit/document";
import { answer } from "../../path/answer";
import type { PathAnswer, PathRequest } from "../../path/types";
import { clients, lanes, requestOf, requests, type Lane } from "./axes";
import { specOf } from "./run";
import type { Built } from "./stack";

/** What an axis of CloudFront is where there is no CloudFront. */
const none = "–";

/** The axes that distinguish rows, with every value in the order in which they are written. */
const dimensions = {
  Edge: ["none", "CloudFront", "VPC origin"],
  "Origin protocol": [none, "https-only", "match-viewer", "http-only"],
  "Origin HTTP": [none, "http1.1", "http2", "http2, no TLS 1.2"],
  gRPC: [none, "on", "off"],
  Listener: ["HTTPS", "HTTPS, HTTP/2 off", "HTTP"],
  Secret: ["no rule", "sent", "not sent"],
  "Target group": ["HTTP1", "HTTP2", "GRPC"],
} as const;

type Dimension = keyof typeof dimensions;
const names = Object.keys(dimensions) as Dimension[];

interface Row {
  /** The values that the row stands for. */
  readonly of: Readonly<Record<Dimension, readonly string[]>>;
  /** What each client gets. */
  readonly cells: readonly string[];
}

/** The table, for clients with TLS or without it. */
export function table({ built }: Built, tls: boolean): string {
  const byPlace = new Map<string, Row>();
  const add = (lane: Lane, cells: readonly string[]): void => {
    const of = placeOf(lane);
    const key = JSON.stringify(of);
    const known = byPlace.get(key);
    // Target groups over HTTP and HTTPS, and HTTP listeners with HTTP/2 on and off, share a row.
    if (known && known.cells.join() !== cells.join()) throw new Error(`${key} answers in two ways`);
    byPlace.set(key, { of, cells });
  };
  for (const lane of built) {
    const spec = specOf(lane);
    add(
      lane.lane,
      Object.values(clients).map((client) => {
        const own = requests.filter(
          (r) => r.tls === tls && r.protocol === client.protocol && r.kind === client.kind,
        );
        return cellText(
          own.map((request) => [request, statusText(answer(spec, requestOf(lane.lane, request)))]),
        );
      }),
    );
  }
  const rows = merged([...byPlace.values()]);
  return markdownTable([
    [...names, ...Object.keys(clients)],
    ...rows.map(({ of, cells }) => [...names.map((name) => valuesText(name, of[name])), ...cells]),
  ]).join("\n");
}

/** How many cells there are, and what becomes of them. */
export function countsText({ built, refused }: Built): string {
  const per = requests.length;
  const [all, none] = [lanes.length * per, refused.length * per];
  const text = (count: number): string => count.toLocaleString("en");
  return `${text(all)} cells: ${text(lanes.length)} ways through, ${per} requests each. AWS refuses to create ${text(none)} of them; the other ${text(built.length * per)} are served and asked.`;
}

function placeOf({ edge, listener, http2, secret, version }: Lane): Row["of"] {
  return {
    Edge: [edge ? { public: "CloudFront", vpc: "VPC origin" }[edge.origin] : "none"],
    "Origin protocol": [edge?.policy ?? none],
    "Origin HTTP": [edge?.asks ?? none],
    gRPC: [edge ? (edge.grpc ? "on" : "off") : none],
    Listener: [listener === "HTTPS" && !http2 ? "HTTPS, HTTP/2 off" : listener],
    Secret: [secret === "open" ? "no rule" : secret],
    "Target group": [version],
  };
}

/** Joins rows that answer alike and differ in one dimension only, until no two are left. */
function merged(rows: readonly Row[]): Row[] {
  const done: Row[] = [];
  for (const row of rows) {
    const index = done.findIndex((other) => joinable(other, row) !== undefined);
    const other = done[index];
    if (other) done[index] = join(other, row, joinable(other, row) ?? "Secret");
    else done.push(row);
  }
  return done.length < rows.length ? merged(done) : done;
}

/** The one dimension in which two rows of the same cells differ. */
function joinable(a: Row, b: Row): Dimension | undefined {
  if (a.cells.join() !== b.cells.join()) return undefined;
  const differing = names.filter((name) => a.of[name].join() !== b.of[name].join());
  return differing.length === 1 ? differing[0] : undefined;
}

function join(a: Row, b: Row, name: Dimension): Row {
  const all: readonly string[] = dimensions[name];
  const values = new Set([...a.of[name], ...b.of[name]]);
  return { ...a, of: { ...a.of, [name]: all.filter((value) => values.has(value)) } };
}

/** Values of a row; `any` for all that there can be. */
function valuesText(name: Dimension, values: readonly string[]): string {
  const all: readonly string[] = dimensions[name].filter((value) => value !== none);
  return all.length === values.length && !values.includes(none) ? "any" : values.join("; ");
}

/** A status; `–` for no HTTP response, `?` for what AWS's documents do not say. */
function statusText({ status, outcome }: PathAnswer): string {
  if (outcome === "unknown") return "?";
  return status === undefined ? "–" : String(status);
}

/** The usual status, and the methods that get another one. */
function cellText(asked: readonly (readonly [PathRequest, string])[]): string {
  const by = new Map<string, string[]>();
  for (const [{ method }, text] of asked) by.set(text, [...(by.get(text) ?? []), method]);
  const [usual, ...rest] = [...by].sort((a, b) => b[1].length - a[1].length);
  return [
    usual?.[0] ?? "",
    ...rest.map(([status, methods]) => `${methods.join(" ")} ${status}`),
  ].join(", ");
}
