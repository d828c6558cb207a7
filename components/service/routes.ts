/** Which requests of a listener a service gets, and in which order the rules are evaluated. */
import { createHash } from "node:crypto";
import { defaults } from "../../path/defaults";
import { patternCovers, patternsMeet } from "../../topology/patterns";

/** The requests that a service gets: any of its paths, at any of its hosts. */
export interface RouteArgs {
  /** Path patterns, such as `/api/*`: `*` is any text, `?` one character. @default any path */
  paths?: string[];
  /** Names that viewers call, such as `api.example.com` or `*.example.com`. @default any name */
  hosts?: string[];
  /**
   * Priority of the service's first rule, 1 to 49998; lower values are evaluated first. The other
   * rules get the values after it. @default from each pattern: longer ones before shorter ones
   */
  priority?: number;
}

/** Priorities that rules may have. Stacks that share a listener need separate ranges. */
export interface PriorityRange {
  /** The first. */
  from: number;
  /** The last. */
  to: number;
}

/** One rule of a listener: a path at a host. */
export interface Route {
  /** Of its patterns, unique among those of a service, whatever other rules there are. */
  readonly name: string;
  readonly path?: string;
  readonly host?: string;
  readonly priority: number;
  /** True where the priority was given. */
  readonly chosen: boolean;
}

/**
 * The rules of a service. A rule has one path and one host, because AWS allows five values in a
 * rule, and up to three are those of the secret header. A rule's priority depends on its own
 * patterns only, so that adding or removing a service changes no other rule.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export function routesOf(
  { paths = [], hosts = [], priority }: RouteArgs,
  range: PriorityRange = defaults.rulePriorities,
): Route[] {
  const each = (patterns: readonly string[]): readonly (string | undefined)[] =>
    patterns.length === 0 ? [undefined] : patterns;
  const pairs = each(hosts).flatMap((host) => each(paths).map((path) => ({ host, path })));
  return pairs.map((pair, i) => ({
    ...pair,
    name: routeName(pair),
    priority: priority === undefined ? priorityOf(pair, range) : priority + i,
    chosen: priority !== undefined,
  }));
}

/** A part of a resource's name, from a rule's patterns. */
export function routeName({ host = "", path = "" }: Pick<Route, "host" | "path">): string {
  const pattern = `${host}${path}`;
  const words = pattern
    .replaceAll("*", "/any/")
    .replaceAll("?", "/one/")
    .split(/[^A-Za-z0-9]+/);
  const name = words.filter((word) => word !== "").join("-");
  // Other characters are lost in the name.
  const plain = /^[a-z0-9/*]*$/.test(pattern);
  return [name || "all", ...(plain ? [] : [digest(pattern).toString("hex").slice(0, 4)])].join("-");
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** A place in the range for each text, by its digest: the next free one where two meet. */
export function hashedPlaces(texts: readonly string[], { from, to }: PriorityRange): number[] {
  const size = to - from + 1;
  const taken = new Set<number>();
  return texts.map((text) => {
    let place = digest(text).readUInt32BE(0) % size;
    while (taken.has(place) && taken.size < size) place = (place + 1) % size;
    taken.add(place);
    return from + place;
  });
}

/**
 * What decides which of two rules is evaluated first, largest first: how narrow the host is (2: one name,
 * 1: names of a domain), how many whole segments a path starts with (4 at most; a path without a
 * wildcard has one more), and whether it has a part of the next one.
 */
type Narrowness = readonly [host: number, segments: number, part: number];

function narrownessOf({ host, path = "*" }: Pick<Route, "host" | "path">): Narrowness {
  const ofHost = host === undefined ? 0 : /[*?]/.test(host) ? 1 : 2;
  const wildcard = path.search(/[*?]/);
  const start = wildcard < 0 ? `${path}/` : path.slice(0, wildcard);
  const segments = Math.max(0, start.split("/").length - 2);
  return [ofHost, Math.min(4, segments), /[^/]$/.test(start) ? 1 : 0];
}

/** Shares of a range: services mostly have paths of one segment, and no host. */
const shares = {
  host: [0.7, 0.1, 0.2],
  segments: [0.05, 0.55, 0.2, 0.1, 0.1],
  part: [0.8, 0.2],
} as const;

/** The sum of the shares that come before one, and the share itself. */
function within(of: readonly number[], at: number): { before: number; share: number } {
  const before = of.slice(at + 1).reduce((sum, share) => sum + share, 0);
  return { before, share: of[at] ?? 0 };
}

/** The part of the range for how narrow the patterns are, and in it a place by their digest. */
function priorityOf(route: Pick<Route, "host" | "path">, range: PriorityRange): number {
  const [ofHost, segments, part] = narrownessOf(route);
  const parts = [
    within(shares.host, ofHost),
    within(shares.segments, segments),
    within(shares.part, part),
  ];
  const { first, share } = parts.reduce(
    (so, one) => ({ first: so.first + one.before * so.share, share: so.share * one.share }),
    { first: 0, share: 1 },
  );
  const size = range.to - range.from + 1;
  const places = Math.max(1, Math.floor(share * size));
  const place = digest(`${route.host ?? ""} ${route.path ?? ""}`).readUInt32BE(0) % places;
  return range.from + Math.floor(first * size) + place;
}

/** Rules of services, by the service's name. */
export type ServiceRoutes = Readonly<Record<string, readonly Route[]>>;

interface NamedRoute extends Route {
  readonly service: string;
}

/**
 * Conflicts between services' rules, as texts: the same priority, or requests that both match while
 * only chance decides which rule is evaluated first.
 */
export function routeProblems(services: ServiceRoutes): string[] {
  const all = Object.entries(services).flatMap(([service, routes]) =>
    routes.map((route): NamedRoute => ({ ...route, service })),
  );
  return all.flatMap((route, i) =>
    all.slice(0, i).flatMap((other) => {
      const problem = problemOf(other, route);
      return problem === undefined ? [] : [problem];
    }),
  );
}

function problemOf(a: NamedRoute, b: NamedRoute): string | undefined {
  const both = `${textOf(a)} of services.${a.service} and ${textOf(b)} of services.${b.service}`;
  if (a.priority === b.priority)
    return (
      `${both} get the same rule priority, ${a.priority}: set ` +
      `services.${b.service}.priority to a value that is free, such as ${a.priority + 1}.`
    );
  if (a.service === b.service || !meet(a, b)) return undefined;
  const [first, second] = a.priority < b.priority ? [a, b] : [b, a];
  if (covers(first, second))
    return (
      `${both}: ${textOf(first)} is evaluated first and takes every request of the other. Make it ` +
      `narrower, or set services.${second.service}.priority below ${first.priority}.`
    );
  const byChance = String(narrownessOf(a)) === String(narrownessOf(b));
  if (covers(second, first) || !byChance || a.chosen || b.chosen) return undefined;
  return (
    `${both} match the same requests, and neither is narrower: set services.${b.service}.priority ` +
    `below ${a.priority} or above it, so that it is clear which is evaluated first.`
  );
}

const textOf = ({ host = "", path }: Route): string => `${host}${path ?? (host === "" ? "*" : "")}`;

const meet = (a: Route, b: Route): boolean =>
  patternsMeet((a.host ?? "*").toLowerCase(), (b.host ?? "*").toLowerCase()) &&
  patternsMeet(a.path ?? "*", b.path ?? "*");

const covers = (a: Route, b: Route): boolean =>
  patternCovers(a.host ?? "*", b.host ?? "*", true) && patternCovers(a.path ?? "*", b.path ?? "*");
