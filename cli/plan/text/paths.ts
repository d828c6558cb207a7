/** Paths hop by hop, with the results of requests. */
import type { Screen } from "../../screen";
import { answerText } from "../../show/answers";
import { heading } from "../../show/heading";
import { hopLines, hopRows } from "../../show/hops";
import { tableLines, type Cell } from "../../show/table";
import { say, sayParts } from "../../show/words";
import { wrap } from "../../text";
import { letThrough, withoutCertificate, withoutHeader } from "../requests";
import type { Plan, PlanPath, PlanRequest } from "../types";

/** Paths of one shape: they only differ in names. */
interface Alike {
  readonly first: PlanPath;
  readonly all: readonly PlanPath[];
}

/** Prints every path; of those that only differ in names, the first one and a table of all. */
export function printPaths({ paths }: Plan, screen: Screen, all: boolean): void {
  const shapes = shapesOf(sameOnce(paths));
  shapes.forEach(({ first, all: alike }, i) => {
    const title =
      alike.length > 1
        ? `${alike.length} paths that only differ in names, the first one: ${first.title}`
        : first.title;
    if (shapes.length === 1) heading("Path: {title}", screen, { title });
    else
      heading("Path {number} of {all}: {title}", screen, {
        number: i + 1,
        all: shapes.length,
        title,
      });
    const hops = first.hops.map(named(first));
    const lines = all ? hopLines(hops, screen) : tableLines(hopRows(hops, screen), screen);
    const rows = all ? first.requests.map(requestRow(screen)) : requestSummary(first, screen);
    for (const line of [...lines, ...tableLines(rows, screen)]) screen.print(line);
    for (const line of unknownLines(first, screen)) screen.print(line);
    if (alike.length > 1)
      for (const line of tableLines(alike.map(pathRow), screen)) screen.print(line);
  });
}

/** What of the path is not known. */
function unknownLines({ unknown, requests }: PlanPath, screen: Screen): string[] {
  if (unknown === undefined) return [];
  const result = requests.length === 0 ? " What requests get depends on it." : "";
  const text = `Not known before the deployment: ${unknown.join(", ")}.${result}`;
  return wrap(text, screen.width - 4).map((line, i) =>
    screen.style("yellow", `  ${i === 0 ? screen.signs.warn : " "} ${line}`),
  );
}

/** Paths that differ in nothing but what viewers call are shown once, with all their names. */
function sameOnce(paths: readonly PlanPath[]): PlanPath[] {
  const shown = new Map<string, PlanPath>();
  for (const path of paths) {
    const { nodes, hops, requests } = path;
    const key = JSON.stringify([nodes, hops, requests]);
    const known = shown.get(key);
    shown.set(key, known ? { ...known, title: `${known.title} and ${path.title}` } : path);
  }
  return [...shown.values()];
}

function shapesOf(paths: readonly PlanPath[]): Alike[] {
  const shapes = new Map<string, PlanPath[]>();
  for (const path of paths) {
    const { hops, requests } = path;
    const key = JSON.stringify([
      hops.map((hop) => ({
        ...hop,
        why: undefined,
        broken: hop.broken?.status,
        // Each service of a program may have a different port.
        port: hop.to === "container" || hop.to === "app" ? "" : hop.port,
      })),
      requests.map(({ title, outcome, status }) => [title, outcome, status]),
    ]);
    shapes.set(key, [...(shapes.get(key) ?? []), path]);
  }
  return [...shapes.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []));
}

/** What viewers call, and the container that answers. */
function pathRow({ title, nodes, hops }: PlanPath): Cell[] {
  const end = nodes.find(({ node }) => node === "container");
  const hop = hops.find(({ to }) => to === "container");
  return [
    { text: title },
    { text: String(hop?.port ?? ""), right: true },
    { text: [end?.label, end?.resource].filter(Boolean).join(" of "), style: "dim" },
  ];
}

function named(path: PlanPath) {
  const nameOf = (node: string): string => {
    const found = path.nodes.find((n) => n.node === node);
    if (found === undefined) return node;
    const { label, resource } = found;
    if (node !== "container") return [label, resource].filter(Boolean).join(" ");
    return [notContainers.includes(label) ? label : `container ${label}`, resource]
      .filter(Boolean)
      .join(" of ");
  };
  return (hop: PlanPath["hops"][number]) => ({
    ...hop,
    names: { from: nameOf(hop.from), to: nameOf(hop.to) },
  });
}

/** Labels of ends that are not the name of a container. */
const notContainers = ["targets", "function", "instance", "instances"];

/** The callers, in the order in which they are shown. */
const callers = ["viewers", "bypassing CloudFront", "other distributions"] as const;

function callerOf({ entry, title }: PlanRequest): (typeof callers)[number] {
  if (entry === "front") return "viewers";
  return title.startsWith("another") ? "other distributions" : "bypassing CloudFront";
}

/** What distinguishes a request from the caller's others. */
function kindOf({ title, kind, protocol, tls, entry }: PlanRequest): string {
  const said = [letThrough, withoutCertificate, withoutHeader].includes(title);
  if (said || title.startsWith("a viewer in ")) return title.slice(2);
  if (kind === "grpc") return "gRPC";
  if (kind === "websocket") return "WebSocket";
  return tls || entry !== "front" ? protocol : "HTTP without TLS";
}

/** A row for each caller and result, with the requests that get it. */
function requestSummary({ requests, hops }: PlanPath, screen: Screen): Cell[][] {
  const explained = hops.some(({ broken }) => broken !== undefined);
  return callers.flatMap((caller) => {
    const own = requests.filter((request) => callerOf(request) === caller);
    const result = (request: PlanRequest): string => resultOf(request, explained);
    return [...new Set(own.map(result))].map((row, i): Cell[] => {
      const same = own.filter((request) => result(request) === row);
      const [first] = same;
      const got = first === undefined ? "" : answerText(first);
      const why = first !== undefined && !first.reaches && !explained ? `: ${first.why}` : "";
      return [
        { text: i === 0 ? say(screen, caller) : "" },
        { text: say(screen, got), style: first && styleOf(first) },
        { text: `${sayParts(screen, same.map(kindOf).join(", "))}${why}` },
      ];
    });
  });
}

/** What is one row: the same result, for the same reason where the row shows one. */
function resultOf(request: PlanRequest, explained: boolean): string {
  if (request.outcome === "unknown") return request.why;
  return request.reaches || explained
    ? answerText(request)
    : `${answerText(request)}: ${request.why}`;
}

function styleOf({ entry, reaches, status }: PlanRequest): Cell["style"] {
  if (entry === "front") return reaches ? "green" : (status ?? 999) >= 400 ? "yellow" : "dim";
  // Such a request should not get through.
  return reaches ? "yellow" : "dim";
}

function requestRow(screen: Screen) {
  return (request: PlanRequest): Cell[] => [
    { text: sayParts(screen, request.title) },
    { text: say(screen, answerText(request)), style: styleOf(request) },
    {
      text: request.reaches ? request.travelled.join(` ${screen.signs.arrow} `) : request.why,
      style: "dim",
    },
  ];
}
