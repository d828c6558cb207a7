/** What a changed program makes of the resources that a stack has. Pure. */
import { diffInputs } from "../../local/model";
import { UNKNOWN } from "../../local/model/types";
import { isOurs } from "../../rules/judge";
import type { Props } from "../../topology/resource";
import { blocks, text, texts } from "../../topology/props";
import { ownOutputs } from "../../topology/stack/references";
import { canonicalType, token } from "../../topology/tokens";
import { match, type Matchable } from "./match";

/** A property that differs. */
export interface AdoptedChange {
  /** `healthCheck.path` */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** A resource that a component's child takes over. */
export interface Adopted {
  readonly was: Matchable;
  readonly child: Matchable;
  readonly changes: readonly AdoptedChange[];
  /** Arguments that stay, because AWS would replace the resource for them. */
  readonly keeps: readonly string[];
  /** Arguments that stay in the first deployment only. */
  readonly keepsAtFirst: readonly string[];
  /** Values that a list has in the first deployment only. */
  readonly addsAtFirst: Readonly<Record<string, readonly string[]>>;
}

/** A resource that cannot stay, and the properties for which AWS replaces it. */
interface Replaced {
  readonly was: Matchable;
  readonly child: Matchable;
  readonly because: readonly AdoptedChange[];
}

export interface Adoption {
  readonly adopted: readonly Adopted[];
  readonly replaced: readonly Replaced[];
  readonly created: readonly Matchable[];
  readonly deleted: readonly Matchable[];
  /** Security groups that the program has to declare until the second deployment. */
  readonly needed: readonly Matchable[];
}

/** The same for machines: each resource is its URN, without its properties. */
export function plainAdoption({ adopted, replaced, created, deleted, needed }: Adoption): object {
  const pair = <Pair extends Pick<Adopted, "was" | "child">>({ was, child, ...rest }: Pair) => ({
    ...{ was: was.urn, child: child.urn },
    ...rest,
  });
  const urns = (all: readonly Matchable[]): string[] => all.map(({ urn }) => urn);
  return {
    adopted: adopted.map(pair),
    replaced: replaced.map(pair),
    ...{ created: urns(created), deleted: urns(deleted), needed: urns(needed) },
  };
}

/** Losing one of these loses an address, or requests until the new one serves. */
const lasting: readonly string[] = [
  token.distribution,
  token.loadBalancer,
  token.listener,
  token.targetGroup,
  token.cluster,
  token.service,
];

/** Whether a resource is one whose replacement or deletion is to be refused. */
export const isLasting = ({ type }: Matchable): boolean => lasting.includes(type);

/**
 * Made anew: of a group's rules, those that are written in the group itself would stay open, and AWS
 * refuses a rule twice (`InvalidPermission.Duplicate`). A task definition has a new revision anyway.
 */
const neverAdopted: readonly string[] = [
  token.securityGroup,
  token.securityGroupIngress,
  token.securityGroupEgress,
  token.securityGroupRule,
  token.taskDefinition,
];

/**
 * Arguments that AWS sets once and that decide no path, so that they can stay. A target group's port
 * is only for targets that are registered without one, and ECS registers its tasks with theirs:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const keepable = (type: string): readonly string[] => [
  ...["name", "namePrefix"],
  ...(type === token.targetGroup ? ["port"] : []),
  ...(type === token.role ? ["path"] : []),
  ...(type === token.logGroup ? ["logGroupClass"] : []),
];

/**
 * @param state the stack's resources as they are
 * @param program what the changed program declares
 * @param given pairs of URNs, what exists and the child that takes it over
 */
export function planAdoption(
  state: readonly Matchable[],
  program: readonly Matchable[],
  given?: ReadonlyMap<string, string>,
): Adoption {
  const [olds, news] = [state, program].map((all) =>
    all.filter(({ id }) => id !== "").map((one) => ({ ...one, type: canonicalType(one.type) })),
  ) as [Matchable[], Matchable[]];
  const declared = new Set(news.map(({ urn }) => urn));
  const there = new Set(olds.map(({ urn }) => urn));
  const pairs = match(
    olds,
    news,
    { old: ({ urn }) => !declared.has(urn), new: ({ urn }) => isOurs(urn) && !there.has(urn) },
    given,
  );
  const asOld = renaming(pairs);
  const changed = [...pairs].filter(
    ([child, was]) => child.urn !== was.urn && !neverAdopted.includes(child.type),
  );
  const compared = changed.map(([child, was]) => {
    const now = asOld(child.inputs) as Props;
    const { changed: paths, replaces } = diffInputs(child.type, was.inputs, now);
    const about = (path: string) => ({ path, from: at(was.inputs, path), to: at(now, path) });
    const [changes, fixed] = [paths, replaces].map((list) =>
      list.map(about).filter(({ from }) => from !== UNKNOWN),
    ) as [AdoptedChange[], AdoptedChange[]];
    const keeps = fixed.filter(({ path }) => keepable(child.type).includes(path));
    const because = fixed.filter((change) => !keeps.includes(change));
    return { child, was, now, changes, keeps: keeps.map(({ path }) => path), because };
  });
  const sound = compared.filter(({ because }) => because.length === 0);
  const taken = new Map(sound.map(({ child, was }) => [child, was]));
  const stays = (one: Matchable): boolean => [...taken.values()].includes(one);
  const groupStays = olds.some((one) => one.type === token.targetGroup && stays(one));
  return {
    adopted: sound.map(({ child, was, now, changes, keeps }) => ({
      ...{ child, was, keeps },
      changes: changes.filter(({ path }) => !keeps.includes(path)),
      keepsAtFirst: groupStays && closes(child, was, now) ? ["defaultActions"] : [],
      addsAtFirst: child.type === token.loadBalancer ? groupsOf(was, now) : {},
    })),
    replaced: compared
      .filter(({ because }) => because.length > 0)
      .map(({ child, was, because }) => ({ child, was, because })),
    created: news.filter((one) => !there.has(one.urn) && !taken.has(one)),
    deleted: olds.filter((one) => !declared.has(one.urn) && !stays(one)),
    needed: olds.filter(
      (one) =>
        one.type === token.securityGroup &&
        [...pairs.values()].includes(one) &&
        !declared.has(one.urn),
    ),
  };
}

/**
 * True for a listener that is to forward requests with the secret header only: CloudFront takes some
 * minutes to send it from everywhere.
 */
function closes({ type }: Matchable, { inputs }: Matchable, now: Props): boolean {
  const acts = (props: Props): unknown =>
    blocks(props, "defaultActions").map((one) => text(one, "type"));
  return (
    type === token.listener &&
    JSON.stringify(acts(inputs)) === '["forward"]' &&
    JSON.stringify(acts(now)) === '["fixed-response"]'
  );
}

/** The groups through which the load balancer reaches tasks that still run. */
function groupsOf({ inputs }: Matchable, now: Props): Record<string, readonly string[]> {
  const has = texts(now, "securityGroups");
  const gone = texts(inputs, "securityGroups").filter((one) => !has.includes(one));
  return gone.length > 0 ? { securityGroups: gone } : {};
}

/** Replaces what only AWS knows of a paired resource by what is known of the one that exists. */
function renaming(pairs: ReadonlyMap<Matchable, Matchable>): (value: unknown) => unknown {
  const names = new Map<string, string>();
  for (const [{ id, type, outputs }, was] of pairs)
    if (!neverAdopted.includes(type))
      for (const key of ["id", "arn", ...(ownOutputs[type] ?? [])]) {
        const [here, there] = key === "id" ? [id, was.id] : [outputs[key], was.outputs[key]];
        if (typeof here === "string" && typeof there === "string" && here !== "")
          names.set(here, there);
      }
  const rename = (value: unknown): unknown => {
    if (typeof value === "string") return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]));
  };
  return rename;
}

/** The value at a path such as `origins[0].domainName`. */
function at(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>((inner, key) => (inner as Props | undefined)?.[key], value);
}
