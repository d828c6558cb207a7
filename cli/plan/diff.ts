/** Compares two stacks of a program. Pure. */
import { describeSources, hopText, protocolsText, tlsText } from "../show/hops";
import type { PlanChange, PathDiff, PlanDiff, ResourceDiff } from "./diffTypes";
import type { ComparableResource } from "./properties";
import { answerText } from "../show/answers";
import { rangeText, tasksParts } from "./tasks";
import { moneyText, sumByPart } from "./text/cost";
import type { Opening, Plan, PlanFinding, PlanHop, PlanPath } from "./types";

/** The compared parts of a stack. */
export interface Comparable {
  readonly plan: Plan;
  readonly resources: ReadonlyMap<string, ComparableResource>;
}

/** What would change if the first stack became the second one. */
export function comparePlans(one: Comparable, other: Comparable): PlanDiff {
  const [a, b] = [one.plan, other.plan];
  const findingKey = ({ code, severity, message }: PlanFinding): string =>
    JSON.stringify([code, severity, message]);
  const openingKey = (o: Opening): string =>
    JSON.stringify([o.direction, o.of, o.who, o.ports, o.protocol]);
  const diff = {
    settings: changes([
      ["variant", a.variant, b.variant],
      ["region", a.region, b.region],
    ]),
    paths: comparePaths(a.paths, b.paths),
    findings: apart(a.findings, b.findings, findingKey),
    tasks: changes(tasksRows(a, b)),
    openings: apart(a.openings, b.openings, openingKey),
    resources: compareResources(one.resources, other.resources),
    cost: compareCost(a, b),
  };
  return {
    schemaVersion: 1,
    from: a.stack,
    to: b.stack,
    same: isEmpty(diff),
    ...diff,
  };
}

/** True where all lists in it are empty and the costs are the same. */
function isEmpty(diff: Omit<PlanDiff, "schemaVersion" | "from" | "to" | "same">): boolean {
  const { settings, paths, findings, tasks, openings, resources, cost } = diff;
  const lists = [
    settings,
    tasks,
    cost.items,
    ...[paths, findings, openings, resources].flatMap((part) => Object.values(part) as unknown[][]),
  ];
  return lists.every((list) => list.length === 0) && cost.from === cost.to && !cost.most;
}

type Row = readonly [
  what: string,
  from: string | number | undefined,
  to: string | number | undefined,
];

function changes(rows: readonly Row[]): PlanChange[] {
  const text = (value: string | number | undefined): string | null =>
    value === undefined || value === "" ? null : String(value);
  return rows
    .map(([what, from, to]) => ({ what, from: text(from), to: text(to) }))
    .filter(({ from, to }) => from !== to);
}

function apart<T>(a: readonly T[], b: readonly T[], key: (item: T) => string) {
  const [inA, inB] = [new Set(a.map(key)), new Set(b.map(key))];
  return {
    added: b.filter((item) => !inA.has(key(item))),
    removed: a.filter((item) => !inB.has(key(item))),
  };
}

/**
 * The first paths are compared with each other; the others match by behaviour and rule, since names
 * may differ.
 */
function comparePaths(a: readonly PlanPath[], b: readonly PlanPath[]): PlanDiff["paths"] {
  const keyed = (paths: readonly PlanPath[]): Map<string, PlanPath> => {
    const map = new Map<string, PlanPath>();
    paths.forEach((path, i) => {
      const key = i === 0 ? "first" : `${path.pathPattern ?? ""} ${path.rulePriority ?? ""}`;
      map.set(map.has(key) ? `${key} ${i}` : key, path);
    });
    return map;
  };
  const [of, to] = [keyed(a), keyed(b)];
  return {
    added: [...to].filter(([key]) => !of.has(key)).map(([, { title }]) => title),
    removed: [...of].filter(([key]) => !to.has(key)).map(([, { title }]) => title),
    changed: [...of].flatMap(([key, path]) => {
      const other = to.get(key);
      const diff = other && comparePath(path, other);
      const differs =
        diff && (diff.hops.length > 0 || diff.requests.length > 0 || diff.from !== diff.to);
      return differs ? [diff] : [];
    }),
  };
}

function comparePath(a: PlanPath, b: PlanPath): PathDiff {
  const ends = [...new Set([...a.hops, ...b.hops].map(({ to }) => to))];
  const hops = ends.map((end) => {
    const [from, to] = [a, b].map(({ hops: all }) => all.find((hop) => hop.to === end));
    return { hop: `to ${end.replace("-", " ")}`, changes: compareHop(from, to) };
  });
  const titles = [...new Set([...a.requests, ...b.requests].map(({ title }) => title))];
  const got = ({ requests }: PlanPath, title: string): string | undefined => {
    const request = requests.find((r) => r.title === title);
    return (
      request &&
      `${answerText(request)}${request.reaches ? ` over ${request.travelled.join(", ")}` : ""}`
    );
  };
  return {
    from: a.title,
    to: b.title,
    hops: hops.filter(({ changes: list }) => list.length > 0),
    requests: changes(titles.map((title) => [title, got(a, title), got(b, title)])),
  };
}

function compareHop(a: PlanHop | undefined, b: PlanHop | undefined): PlanChange[] {
  if (!a || !b) {
    const whole = (hop: PlanHop | undefined): string | undefined => hop && hopText(hop);
    return changes([["hop", whole(a), whole(b)]]);
  }
  return changes([
    ["from", a.from, b.from],
    ["protocols", protocolsText(a), protocolsText(b)],
    ["encryption", tlsText(a), tlsText(b)],
    ["port", a.port, b.port],
    ["admits", describeSources(a), describeSources(b)],
    ["broken", a.broken?.why, b.broken?.why],
  ]);
}

function compareResources(
  a: ReadonlyMap<string, ComparableResource>,
  b: ReadonlyMap<string, ComparableResource>,
): PlanDiff["resources"] {
  const bare = ({ type, name, in: inside }: ComparableResource) => ({ type, name, in: inside });
  const missing = (from: typeof a, there: typeof a) =>
    [...from].filter(([key]) => !there.has(key)).map(([, resource]) => bare(resource));
  const changed = [...a].flatMap(([key, resource]): ResourceDiff[] => {
    const other = b.get(key);
    if (!other) return [];
    const places = [...new Set([...resource.properties.keys(), ...other.properties.keys()])];
    const properties = changes(
      places.map((place) => [place, resource.properties.get(place), other.properties.get(place)]),
    );
    return properties.length > 0 ? [{ ...bare(resource), properties }] : [];
  });
  return { added: missing(b, a), removed: missing(a, b), changed };
}

/** Each service's number of tasks, and what changes it. */
function tasksRows(a: Plan, b: Plan): Row[] {
  const [from, to] = [a, b].map(
    ({ tasks }) => new Map(tasks.map((one) => [one.service, { ...tasksParts(one), one }])),
  );
  const services = [...new Set([...(from?.keys() ?? []), ...(to?.keys() ?? [])])];
  return services.flatMap((service): Row[] => {
    const [before, after] = [from?.get(service), to?.get(service)];
    return [
      [service, before && rangeText(before.one), after && rangeText(after.one)],
      [`${service} follows`, before?.follows, after?.follows],
      [`${service} at times`, before?.schedules, after?.schedules],
      [`${service} on Spot`, before?.spot, after?.spot],
    ];
  });
}

function compareCost({ cost: a }: Plan, { cost: b }: Plan): PlanDiff["cost"] {
  const [from, to] = [sumByPart(a.items), sumByPart(b.items)];
  const text = (sums: typeof from, what: string): string | undefined => {
    const found = sums.get(what);
    return found && moneyText(found[0].monthly, found[1].monthly);
  };
  const most = { from: a.most ?? a.monthly, to: b.most ?? b.monthly };
  const same = a.most === undefined && b.most === undefined;
  return {
    from: a.monthly ?? null,
    to: b.monthly ?? null,
    ...(!same &&
      most.from !== most.to && { most: { from: most.from ?? null, to: most.to ?? null } }),
    items: changes(
      [...new Set([...from.keys(), ...to.keys()])].map((what) => [
        what,
        text(from, what),
        text(to, what),
      ]),
    ),
  };
}
