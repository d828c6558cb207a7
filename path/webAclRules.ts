/** From a few plain choices to a web ACL's rules, in order, with what they cost in capacity. */
import { defaults } from "./defaults";
import { parseCidr } from "./networks";
import { type ManagedGroup, managedGroups, type RuleAction, ruleCapacities } from "./waf";

/** How many requests one address may send. */
export interface RateLimitChoices {
  /** False for no rate limit. @default true */
  readonly enabled?: boolean;
  /** Requests of one address within the window; 10 to 2 000 000 000. @default 2000 */
  readonly requests?: number;
  /** Seconds over which they are counted: 60, 120, 300 or 600. @default 300 */
  readonly windowSeconds?: number;
}

/** What a web ACL is asked for. */
export interface WafChoices {
  /** `count`: every rule counts what it would block. @default "block" */
  readonly mode?: "block" | "count";
  /** @default common, known-bad-inputs and ip-reputation (where it can see the viewer's address) */
  readonly managedGroups?: readonly ManagedGroup[];
  readonly rateLimit?: RateLimitChoices;
  /** Ranges that no further rule is asked about. @default none */
  readonly allowCidrs?: readonly string[];
  /** Ranges that are blocked. @default none */
  readonly blockCidrs?: readonly string[];
  /** Per managed group: what single rules of it do instead, by AWS's name of the rule. */
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, RuleAction>>>>;
  /** Capacity units that the rules may take; 1500 are in the base price. @default 1500 */
  readonly capacityBudget?: number;
  /**
   * Where a viewer's address is read. `x-forwarded-for` for a web ACL on a load balancer behind
   * CloudFront, where every connection comes from CloudFront. @default "connection"
   */
  readonly addressFrom?: "connection" | "x-forwarded-for";
}

interface Ordered {
  /** Name of the rule and of its metric. */
  readonly name: RuleName;
  /** Place in the order of evaluation; lower is earlier. The same for a rule in every web ACL. */
  readonly priority: number;
  /** Web ACL capacity units. */
  readonly capacity: number;
}

/** One IP set; AWS keeps the two versions of IP apart. */
export interface AddressSet {
  /** E.g. `blocked-ipv4`. */
  readonly name: string;
  readonly ipVersion: 4 | 6;
  readonly cidrs: readonly string[];
}

/** Matches addresses of one set or the other. */
export interface AddressRule extends Ordered {
  readonly kind: "addresses";
  readonly action: "allow" | "block" | "count";
  readonly sets: readonly AddressSet[];
}

/** Counts requests by address. */
export interface RateRule extends Ordered {
  readonly kind: "rate";
  readonly action: "block" | "count";
  readonly requests: number;
  readonly windowSeconds: number;
}

/** One of AWS's groups. */
export interface ManagedRule extends Ordered {
  readonly kind: "managed";
  readonly group: ManagedGroup;
  readonly awsName: string;
  /** True: what the group decides is counted, not done. */
  readonly countOnly: boolean;
  readonly overrides: Readonly<Record<string, RuleAction>>;
}

export type WebAclRule = AddressRule | RateRule | ManagedRule;

/**
 * The order of evaluation: lists of addresses first, then floods and rates, which cost least to
 * judge, then AWS's groups, and last the one that AWS charges by the request that gets this far.
 */
const order = [
  "allowed-addresses",
  "blocked-addresses",
  "anti-ddos",
  "rate-limit",
  "ip-reputation",
  "anonymous-ip",
  "common",
  "known-bad-inputs",
  "sql-injection",
  "linux",
  "bot-control",
] as const satisfies readonly (
  ManagedGroup | "allowed-addresses" | "blocked-addresses" | "rate-limit"
)[];

type RuleName = (typeof order)[number];

/** The same for a rule in every web ACL. */
const priorityOf = (name: RuleName): number => 10 * (order.indexOf(name) + 1);

/** The rules in order of evaluation. Nothing is refused here; see `webAclProblems`. */
export function webAclRules(choices: WafChoices): WebAclRule[] {
  const blockOrCount = choices.mode ?? defaults.waf.mode;
  const rules: (WebAclRule | undefined)[] = [
    addressRule("allowed", "allow", choices.allowCidrs),
    addressRule("blocked", blockOrCount, choices.blockCidrs),
    rateRule(blockOrCount, choices.rateLimit),
    ...[...new Set(chosenGroups(choices))].map((group) =>
      managedRule(group, blockOrCount === "count", choices.overrides?.[group]),
    ),
  ];
  return rules.filter((rule) => rule !== undefined).sort((a, b) => a.priority - b.priority);
}

/** Capacity units that the rules take together. */
export function webAclCapacity(choices: WafChoices): number {
  return webAclRules(choices).reduce((sum, rule) => sum + rule.capacity, 0);
}

/** The managed groups that were chosen, or the default ones that can do their work. */
export function chosenGroups(choices: WafChoices): readonly ManagedGroup[] {
  const { managedGroups: chosen, addressFrom } = choices;
  if (chosen !== undefined) return chosen;
  const blind = addressFrom === "x-forwarded-for";
  return defaults.waf.managedGroups.filter(
    (group) => !(blind && managedGroups[group].readsConnectionOnly),
  );
}

/** The rate limit with its defaults; undefined where it is switched off. */
export function rateLimitOf(
  choices: WafChoices,
): { readonly requests: number; readonly windowSeconds: number } | undefined {
  const limit = choices.rateLimit;
  if (!(limit?.enabled ?? defaults.waf.rateLimit.enabled)) return undefined;
  return {
    requests: limit?.requests ?? defaults.waf.rateLimit.requests,
    windowSeconds: limit?.windowSeconds ?? defaults.waf.rateLimit.windowSeconds,
  };
}

function addressRule(
  list: "allowed" | "blocked",
  action: AddressRule["action"],
  cidrs: readonly string[] = [],
): AddressRule | undefined {
  const sets = ([4, 6] as const)
    .map((ipVersion) => ({
      name: `${list}-ipv${ipVersion}`,
      ipVersion,
      cidrs: cidrs.filter((cidr) => parseCidr(cidr)?.ipVersion === ipVersion),
    }))
    .filter((set) => set.cidrs.length > 0);
  if (sets.length === 0) return undefined;
  return {
    kind: "addresses",
    name: `${list}-addresses`,
    priority: priorityOf(`${list}-addresses`),
    capacity: sets.length * ruleCapacities.ipSet,
    action,
    sets,
  };
}

function rateRule(action: RateRule["action"], choices?: RateLimitChoices): RateRule | undefined {
  const limit = rateLimitOf({ rateLimit: choices });
  if (limit === undefined) return undefined;
  return {
    kind: "rate",
    name: "rate-limit",
    priority: priorityOf("rate-limit"),
    capacity: ruleCapacities.rateLimit,
    action,
    ...limit,
  };
}

function managedRule(
  group: ManagedGroup,
  countOnly: boolean,
  overrides: Readonly<Record<string, RuleAction>> = {},
): ManagedRule {
  const { awsName, capacity } = managedGroups[group];
  const priority = priorityOf(group);
  return { kind: "managed", name: group, priority, capacity, group, awsName, countOnly, overrides };
}
