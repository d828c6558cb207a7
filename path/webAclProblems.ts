/** What is wrong with the choices for a web ACL, all of it, before anything is created. */
import { defaults } from "./defaults";
import { parseCidr } from "./networks";
import {
  antiDdosChallenges,
  managedGroupNames,
  managedGroups,
  maxIpSetEntries,
  rateLimits,
  ruleActions,
  webAclCapacities,
} from "./waf";
import { chosenGroups, rateLimitOf, type WafChoices, webAclRules } from "./webAclRules";

/** One problem, at the choice that has to change. */
export interface WebAclProblem {
  readonly argument:
    Exclude<keyof WafChoices, "rateLimit" | "mode" | "addressFrom"> | `rateLimit.${RateLimitKey}`;
  /** Position in a list, where one entry is meant. */
  readonly entry?: number;
  /** The managed group, and the rule of it, whose override is meant. */
  readonly override?: { readonly group: string; readonly rule?: string };
  /** What must hold, without any value that was given. */
  readonly expected: string;
  /** The same with what was found. */
  readonly detail?: string;
  /** What to write instead, where one value is the obvious one. */
  readonly write?: string;
}

type RateLimitKey = "requests" | "windowSeconds";

type Check = (choices: WafChoices) => readonly WebAclProblem[];

const knownGroups: Check = ({ managedGroups: groups = [] }) =>
  groups.flatMap((group, entry) => {
    if (!managedGroupNames.includes(group))
      return [
        {
          argument: "managedGroups",
          entry,
          expected: `one of ${managedGroupNames.join(", ")}`,
          detail: `one of ${managedGroupNames.join(", ")}, not ${group}`,
        },
      ];
    if (groups.indexOf(group) === entry) return [];
    return [{ argument: "managedGroups", entry, expected: "each group once" }];
  });

/** Such a group would judge CloudFront's address: it never sees an attacker. */
const groupsSeeTheViewer: Check = ({ managedGroups: groups = [], addressFrom }) =>
  groups.flatMap((group, entry) =>
    addressFrom === "x-forwarded-for" &&
    managedGroupNames.includes(group) &&
    managedGroups[group].readsConnectionOnly
      ? [
          {
            argument: "managedGroups",
            entry,
            expected: `no ${group} where addresses are read from X-Forwarded-For: AWS's group judges the connection's address, which is CloudFront's`,
          },
        ]
      : [],
  );

/** An empty web ACL protects nothing and costs as much (Security Hub's WAF.10). */
const notEmpty: Check = (choices) =>
  webAclRulesOfKnown(choices).length === 0
    ? [
        {
          argument: "managedGroups",
          expected: "at least one group, if there is neither a rate limit nor a list of ranges",
        },
      ]
    : [];

const rateLimit: Check = (choices) => {
  const limit = rateLimitOf(choices);
  if (limit === undefined) return [];
  const { min, max } = rateLimits.requests;
  const windows: readonly number[] = rateLimits.windowSeconds;
  const problems: WebAclProblem[] = [];
  if (!Number.isInteger(limit.requests) || limit.requests < min || limit.requests > max)
    problems.push({
      argument: "rateLimit.requests",
      expected: `a whole number from ${min} to ${max}`,
    });
  if (!windows.includes(limit.windowSeconds))
    problems.push({
      argument: "rateLimit.windowSeconds",
      expected: `one of ${windows.join(", ")}`,
    });
  return problems;
};

const ranges =
  (argument: "allowCidrs" | "blockCidrs"): Check =>
  (choices) => {
    const list = choices[argument] ?? [];
    const seen = new Set<string>();
    const wrong = list.flatMap((cidr, entry): WebAclProblem[] => {
      const prefix = parseCidr(cidr)?.prefix;
      if (prefix === undefined || prefix === 0) {
        const expected = "a range in CIDR notation, of any length but /0, which AWS WAF refuses";
        return [{ argument, entry, expected, detail: `${expected}, not ${cidr}` }];
      }
      const again = seen.has(cidr);
      seen.add(cidr);
      return again ? [{ argument, entry, expected: "each range once" }] : [];
    });
    if (list.length <= maxIpSetEntries) return wrong;
    return [...wrong, { argument, expected: `at most ${maxIpSetEntries} ranges` }];
  };

/** The allowed list is asked first, so the entry would block nobody. */
const allowedOrBlocked: Check = ({ allowCidrs, blockCidrs = [] }) => {
  const allowed = new Set(allowCidrs);
  return blockCidrs.flatMap((cidr, entry) =>
    allowed.has(cidr)
      ? [
          {
            argument: "blockCidrs",
            entry,
            expected: "no range that is in allowCidrs as well: that list is evaluated first",
          },
        ]
      : [],
  );
};

const overridesApply: Check = (choices) => {
  const chosen: readonly string[] = chosenGroups(choices);
  return Object.entries(choices.overrides ?? {}).flatMap(([group, rules]): WebAclProblem[] => {
    if (!chosen.includes(group))
      return [
        {
          argument: "overrides",
          override: { group },
          expected: "overrides for groups in managedGroups only",
          detail: `overrides for groups in managedGroups only, which ${group} is not`,
        },
      ];
    return Object.entries(rules).flatMap(([rule, action]) => overrideProblem(group, rule, action));
  });
};

function overrideProblem(group: string, rule: string, action: string): WebAclProblem[] {
  const challenge = group === "anti-ddos" && antiDdosChallenges.includes(rule);
  const actions: readonly string[] = challenge ? ["allow", "count"] : ruleActions;
  if (actions.includes(action)) return [];
  const expected = challenge
    ? `allow or count for ${antiDdosChallenges.join(" and ")}: AWS takes no other action there`
    : `one of ${ruleActions.join(", ")} for each rule`;
  const detail = `${expected}; ${rule} of ${group} has ${action}`;
  return [{ argument: "overrides", override: { group, rule }, expected, detail, write: "count" }];
}

const withinBudget: Check = (choices) => {
  const budget = choices.capacityBudget ?? defaults.waf.capacityBudget;
  const { max, inBasePrice } = webAclCapacities;
  if (!Number.isInteger(budget) || budget < 1 || budget > max)
    return [
      { argument: "capacityBudget", expected: `a whole number from 1 to ${max}, AWS's maximum` },
    ];
  const rules = webAclRulesOfKnown(choices);
  const needed = rules.reduce((sum, rule) => sum + rule.capacity, 0);
  if (needed <= budget) return [];
  const parts = rules.map(({ name, capacity }) => `${name} ${capacity}`).join(", ");
  return [
    {
      argument: "capacityBudget",
      expected: `as many capacity units (WCU) as the rules take, or fewer rules; ${inBasePrice} are in the base price`,
      detail: `${needed} capacity units (WCU) or more, or fewer rules: ${parts}; ${inBasePrice} are in the base price`,
      write: String(needed),
    },
  ];
};

/** The rules of the groups that exist; the others are reported separately. */
const webAclRulesOfKnown = (choices: WafChoices): ReturnType<typeof webAclRules> =>
  webAclRules({
    ...choices,
    managedGroups: chosenGroups(choices).filter((group) => managedGroupNames.includes(group)),
  });

const checks: readonly Check[] = [
  knownGroups,
  groupsSeeTheViewer,
  notEmpty,
  rateLimit,
  ranges("allowCidrs"),
  ranges("blockCidrs"),
  allowedOrBlocked,
  overridesApply,
  withinBudget,
];

/** Everything that AWS would refuse, that would do nothing, or that would cost more than was said. */
export function webAclProblems(choices: WafChoices): readonly WebAclProblem[] {
  return checks.flatMap((check) => check(choices));
}
