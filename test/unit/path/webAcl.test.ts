/** What a web ACL is made of, what it costs in capacity, and what is refused. */
import { expect } from "chai";
import { defaults } from "../../../path/defaults";
import { managedGroupNames, managedGroups, webAclCapacities } from "../../../path/waf";
import { webAclProblems } from "../../../path/webAclProblems";
import { type WafChoices, webAclCapacity, webAclRules } from "../../../path/webAclRules";

const off = { enabled: false };
const names = (choices: WafChoices) => webAclRules(choices).map(({ name }) => name);

describe("a web ACL's rules", () => {
  it("are three of AWS's groups and a rate limit by default, the cheapest to judge first", () => {
    expect(names({})).to.deep.equal(["rate-limit", "ip-reputation", "common", "known-bad-inputs"]);
  });

  it("run in one order, whatever order they were asked for in", () => {
    const choices: WafChoices = {
      managedGroups: [...managedGroupNames].reverse(),
      allowCidrs: ["192.0.2.0/24"],
      blockCidrs: ["198.51.100.0/24"],
    };
    expect(names(choices)).to.deep.equal([
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
    ]);
    const priorities = webAclRules(choices).map(({ priority }) => priority);
    expect(priorities).to.deep.equal([...new Set(priorities)].sort((a, b) => a - b));
  });

  it("keep a rule's priority when others come and go", () => {
    const priority = (choices: WafChoices) =>
      webAclRules(choices).find(({ name }) => name === "common")?.priority;
    expect(priority({ managedGroups: ["common"], rateLimit: off })).to.equal(priority({}));
  });

  it("block, or only count what they would block; allowed ranges are allowed either way", () => {
    const choices: WafChoices = { allowCidrs: ["192.0.2.1/32"], blockCidrs: ["192.0.2.2/32"] };
    const actions = (mode: "block" | "count") =>
      webAclRules({ ...choices, mode }).map((rule) =>
        rule.kind === "managed" ? rule.countOnly : rule.action,
      );
    expect(actions("block")).to.deep.equal(["allow", "block", "block", false, false, false]);
    expect(actions("count")).to.deep.equal(["allow", "count", "count", true, true, true]);
    expect(webAclRules(choices)).to.deep.equal(webAclRules({ ...choices, mode: "block" }));
  });

  it("keep IPv4 and IPv6 in sets of their own", () => {
    const [rule] = webAclRules({ blockCidrs: ["2001:db8::/32", "192.0.2.0/24", "192.0.3.0/24"] });
    expect(rule).to.deep.include({
      name: "blocked-addresses",
      capacity: 2,
      sets: [
        { name: "blocked-ipv4", ipVersion: 4, cidrs: ["192.0.2.0/24", "192.0.3.0/24"] },
        { name: "blocked-ipv6", ipVersion: 6, cidrs: ["2001:db8::/32"] },
      ],
    });
  });

  it("limit to 2000 requests in 300 s, or to what was said, or not at all", () => {
    const limit = (rateLimit: WafChoices["rateLimit"]) =>
      webAclRules({ rateLimit }).find(({ kind }) => kind === "rate");
    expect(limit(undefined)).to.include({ requests: 2000, windowSeconds: 300 });
    expect(limit({ requests: 10 })).to.include({ requests: 10, windowSeconds: 300 });
    expect(limit({ windowSeconds: 60 })).to.include({ requests: 2000, windowSeconds: 60 });
    expect(limit(off)).to.equal(undefined);
  });

  it("leave out by default what would judge CloudFront's address", () => {
    expect(names({ addressFrom: "x-forwarded-for" })).to.deep.equal([
      "rate-limit",
      "common",
      "known-bad-inputs",
    ]);
  });

  it("hand overrides to their group", () => {
    const overrides = { common: { SizeRestrictions_BODY: "count" } } as const;
    const groups = webAclRules({ overrides }).flatMap((rule) =>
      rule.kind === "managed" ? [[rule.group, rule.overrides]] : [],
    );
    expect(groups).to.deep.equal([
      ["ip-reputation", {}],
      ["common", { SizeRestrictions_BODY: "count" }],
      ["known-bad-inputs", {}],
    ]);
  });
});

describe("a web ACL's capacity", () => {
  const rows: [string, WafChoices, number][] = [
    ["the default", {}, 700 + 200 + 25 + 2],
    ["without a rate limit", { rateLimit: off }, 925],
    ["of one group", { managedGroups: ["linux"], rateLimit: off }, 200],
    ["of ranges alone", { managedGroups: [], rateLimit: off, allowCidrs: ["192.0.2.0/24"] }, 1],
    ["of everything", { managedGroups: managedGroupNames, blockCidrs: ["::1/128"] }, 1475 + 2 + 1],
  ];
  for (const [of, choices, capacity] of rows) {
    it(`${of} is ${capacity}`, () => {
      expect(webAclCapacity(choices)).to.equal(capacity);
    });
  }

  it("has AWS's own names and figures for its groups", () => {
    const facts = managedGroupNames.map((name) => {
      const { awsName, capacity } = managedGroups[name];
      return [name, awsName, capacity];
    });
    expect(facts).to.deep.equal([
      ["common", "AWSManagedRulesCommonRuleSet", 700],
      ["known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet", 200],
      ["ip-reputation", "AWSManagedRulesAmazonIpReputationList", 25],
      ["anonymous-ip", "AWSManagedRulesAnonymousIpList", 50],
      ["sql-injection", "AWSManagedRulesSQLiRuleSet", 200],
      ["linux", "AWSManagedRulesLinuxRuleSet", 200],
      ["bot-control", "AWSManagedRulesBotControlRuleSet", 50],
      ["anti-ddos", "AWSManagedRulesAntiDDoSRuleSet", 50],
    ]);
  });

  it("is allowed by default what the base price includes", () => {
    expect(defaults.waf.capacityBudget).to.equal(webAclCapacities.inBasePrice);
  });
});

describe("choices for a web ACL that cannot work", () => {
  const many = Array.from({ length: 10_001 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);
  // prettier-ignore
  const rows: { of: string; choices: WafChoices; at: string; says: RegExp }[] = [
    { of: "more rules than the budget", choices: { capacityBudget: 926 }, at: "capacityBudget", says: /927 capacity units .*rate-limit 2, .*common 700/ },
    { of: "a budget above AWS's maximum", choices: { capacityBudget: 5001 }, at: "capacityBudget", says: /1 to 5000/ },
    { of: "nothing in it", choices: { managedGroups: [], rateLimit: off }, at: "managedGroups", says: /at least one/ },
    { of: "a group that does not exist", choices: { managedGroups: ["windows" as "linux"] }, at: "managedGroups[0]", says: /one of common.*not windows/ },
    { of: "a group twice", choices: { managedGroups: ["common", "linux", "common"] }, at: "managedGroups[2]", says: /once/ },
    { of: "a group that would judge CloudFront", choices: { managedGroups: ["common", "anonymous-ip"], addressFrom: "x-forwarded-for" }, at: "managedGroups[1]", says: /no anonymous-ip.*CloudFront's/ },
    { of: "a limit of nine", choices: { rateLimit: { requests: 9 } }, at: "rateLimit.requests", says: /10 to/ },
    { of: "a window of 30 s", choices: { rateLimit: { windowSeconds: 30 } }, at: "rateLimit.windowSeconds", says: /60, 120, 300, 600/ },
    { of: "no range", choices: { blockCidrs: ["192.0.2.1"] }, at: "blockCidrs[0]", says: /CIDR.*192\.0\.2\.1/ },
    { of: "the whole internet", choices: { allowCidrs: ["192.0.2.0/24", "0.0.0.0/0"] }, at: "allowCidrs[1]", says: /\/0, which AWS WAF refuses/ },
    { of: "a range twice", choices: { blockCidrs: ["192.0.2.0/24", "192.0.2.0/24"] }, at: "blockCidrs[1]", says: /once/ },
    { of: "a range allowed and blocked", choices: { allowCidrs: ["192.0.2.0/24"], blockCidrs: ["192.0.2.0/24"] }, at: "blockCidrs[0]", says: /evaluated first/ },
    { of: "more ranges than a set holds", choices: { blockCidrs: many }, at: "blockCidrs", says: /10000/ },
    { of: "overrides of a group that is not there", choices: { overrides: { linux: { LFI_URIPATH: "count" } } }, at: "overrides", says: /linux is not/ },
    { of: "an action that is none", choices: { overrides: { common: { NoUserAgent_HEADER: "drop" as "count" } } }, at: "overrides", says: /one of count, block.*NoUserAgent_HEADER of common has drop/ },
    { of: "a challenge that should block", choices: { managedGroups: ["anti-ddos"], overrides: { "anti-ddos": { ChallengeAllDuringEvent: "block" } } }, at: "overrides", says: /allow or count/ },
  ];
  for (const { of, choices, at, says } of rows) {
    it(of, () => {
      const problems = webAclProblems(choices);
      expect(problems).to.have.length(1);
      const [problem] = problems;
      const place = problem?.entry === undefined ? "" : `[${problem.entry}]`;
      expect(`${problem?.argument}${place}`).to.equal(at);
      expect(problem?.detail ?? problem?.expected).to.match(says);
    });
  }

  it("come all at once", () => {
    const problems = webAclProblems({ capacityBudget: 0, rateLimit: { requests: 1 } });
    expect(problems.map(({ argument }) => argument)).to.deep.equal([
      "rateLimit.requests",
      "capacityBudget",
    ]);
  });

  it("say nothing of what was given in the words that are for secrets", () => {
    const given = { blockCidrs: ["203.0.113.77"], overrides: { hush: { Hush: "count" as const } } };
    for (const { expected } of webAclProblems(given))
      expect(expected).not.to.match(/hush|113\.77/i);
  });

  const fine: WafChoices[] = [
    {},
    { capacityBudget: 927 },
    { capacityBudget: 5000, managedGroups: managedGroupNames },
    { managedGroups: [], rateLimit: off, blockCidrs: ["192.0.2.0/24"] },
    { rateLimit: { enabled: false, requests: 1 } },
    { addressFrom: "x-forwarded-for", managedGroups: ["bot-control", "anti-ddos"] },
    { overrides: { "known-bad-inputs": { Log4JRCE_BODY: "captcha" } } },
  ];
  for (const choices of fine) {
    it(`not ${JSON.stringify(choices)}`, () => {
      expect(webAclProblems(choices)).to.deep.equal([]);
    });
  }
});
