/** Which resource of a stack is which child of a component. Pure. */
import { parseJson } from "../../local/model/props";
import { ownOutputs } from "../../topology/stack/references";
import { text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { token } from "../../topology/tokens";

/** A resource of either side. */
export interface Matchable {
  readonly urn: string;
  /** Canonical type token. */
  readonly type: string;
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
}

/** What starts a match: there is one of each in most stacks, and all others are reached from them. */
const anchors: readonly string[] = [
  token.distribution,
  token.loadBalancer,
  token.service,
  token.cluster,
];

/**
 * What tells resources of a type apart that refer to the same one. AWS refuses a second one with the
 * same, so that two of these are never the same resource where it differs.
 */
const identities: Readonly<Record<string, (props: Props) => string>> = {
  [token.listener]: ({ port }) => String(port),
  [token.listenerRule]: ({ priority }) => String(priority),
  [token.record]: (props) =>
    `${text(props, "fqdn") ?? text(props, "name") ?? ""} ${text(props, "type") ?? ""}`,
  [token.rolePolicyAttachment]: ({ policyArn }) => String(policyArn),
};

/**
 * Pairs of a resource and a child: the same kind of thing at the same place of the path.
 *
 * @param olds every resource that exists
 * @param news every resource that the changed program declares
 * @param mayBecome says which of each side may be paired; the others only if they are the same
 * @param given pairs of URNs to begin with
 */
export function match<Old extends Matchable, New extends Matchable>(
  olds: readonly Old[],
  news: readonly New[],
  mayBecome: { readonly old: (one: Old) => boolean; readonly new: (one: New) => boolean },
  given: ReadonlyMap<string, string> = new Map(),
): Map<New, Old> {
  const pairs = new Map<New, Old>();
  const taken = new Set<Old>();
  const pair = (one: Old, other: New): void => {
    pairs.set(other, one);
    taken.add(one);
  };
  const byUrn = new Map(olds.map((one) => [one.urn, one]));
  const wished = new Map([...given].map(([from, to]) => [to, from]));
  for (const other of news) {
    const one = byUrn.get(other.urn) ?? byUrn.get(wished.get(other.urn) ?? "");
    if (one) pair(one, other);
  }
  const freeOld = (one: Old): boolean => !taken.has(one) && mayBecome.old(one);
  const freeNew = (other: New): boolean => !pairs.has(other) && mayBecome.new(other);
  /** Pairs those of two lists of one type that can only be each other. */
  const pairOnly = (from: readonly Old[], to: readonly New[]): boolean => {
    const identify = identities[from[0]?.type ?? ""] ?? (() => "");
    let found = false;
    for (const identity of new Set(to.map((one) => identify(all(one))))) {
      const same = (one: Matchable): boolean => identify(all(one)) === identity;
      const [one, ...more] = from.filter(freeOld).filter(same);
      const [other, ...others] = to.filter(freeNew).filter(same);
      if (!one || !other || more.length + others.length > 0) continue;
      pair(one, other);
      found = true;
    }
    return found;
  };
  for (const type of anchors)
    pairOnly(
      olds.filter((one) => one.type === type),
      news.filter((one) => one.type === type),
    );
  const [linksOld, linksNew] = [linksOf(olds), linksOf(news)];
  let found = true;
  while (found) {
    found = false;
    for (const [other, one] of pairs)
      for (const [link, to] of linksNew.get(other) ?? [])
        if (pairOnly([...(linksOld.get(one)?.get(link) ?? [])], [...to])) found = true;
  }
  return pairs;
}

const all = ({ inputs, outputs }: Matchable): Props => ({ ...inputs, ...outputs });

type Links<Item> = Map<Item, Map<string, Set<Item>>>;

/** The resources that each one names, and those that name it, by property and type. */
function linksOf<Item extends Matchable>(items: readonly Item[]): Links<Item> {
  const named = new Map<string, Item[]>();
  for (const item of items)
    for (const value of new Set(names(item))) named.set(value, [...(named.get(value) ?? []), item]);
  const links: Links<Item> = new Map();
  const add = (from: Item, link: string, to: Item): void => {
    const own = links.get(from) ?? new Map<string, Set<Item>>();
    own.set(link, (own.get(link) ?? new Set()).add(to));
    links.set(from, own);
  };
  for (const item of items)
    walk(item.inputs, "", (place, value) => {
      for (const to of named.get(value) ?? []) {
        if (to === item) continue;
        add(item, `${place} > ${to.type}`, to);
        add(to, `${place} < ${item.type}`, item);
      }
    });
  return links;
}

/** What others name a resource by. */
function names({ id, type, outputs }: Matchable): string[] {
  const values = [id, ...["arn", ...(ownOutputs[type] ?? [])].map((key) => outputs[key])];
  return values.filter((value): value is string => typeof value === "string" && value !== "");
}

/** Every text in a value, those in JSON text too, with its place: `[].image`. */
function walk(value: unknown, place: string, visit: (place: string, text: string) => void): void {
  if (typeof value === "string") {
    const opened = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
    if (opened === undefined) visit(place, value);
    else walk(opened, place, visit);
  } else if (Array.isArray(value)) {
    for (const item of value) walk(item, `${place}[]`, visit);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) walk(inner, `${place}.${key}`, visit);
  }
}
