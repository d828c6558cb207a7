/** Facts about AWS WAF that do not depend on a path, once each. */

/** AWS's managed rule groups on offer, by the names that settings use. */
export type ManagedGroup =
  | "common"
  | "known-bad-inputs"
  | "ip-reputation"
  | "anonymous-ip"
  | "sql-injection"
  | "linux"
  | "bot-control"
  | "anti-ddos";

/** What is known about one managed rule group. */
export interface ManagedGroupFact {
  /** AWS's name for it; the vendor is `AWS`. */
  readonly awsName: string;
  /** Web ACL capacity units (WCU) it takes. */
  readonly capacity: number;
  /** What it looks for, for people. */
  readonly against: string;
  /**
   * True where it judges the connection's address and nothing else: behind CloudFront that is
   * CloudFront's, and no setting makes the group read X-Forwarded-For.
   * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html
   */
  readonly readsConnectionOnly: boolean;
  /**
   * What AWS charges for it on top of a rule's and a request's price, in US dollars: per month and
   * per million requests that reach it. Absent: nothing. See {@link wafPrices}.
   */
  readonly fees?: { readonly month: number; readonly millionRequests: number };
  /** Page that states name and capacity. */
  readonly source: string;
}

const guide = "https://docs.aws.amazon.com/waf/latest/developerguide";
const baseline = `${guide}/aws-managed-rule-groups-baseline.html`;
const addresses = `${guide}/aws-managed-rule-groups-ip-rep.html`;
const useCase = `${guide}/aws-managed-rule-groups-use-case.html`;

/** The groups on offer. */
export const managedGroups: Readonly<Record<ManagedGroup, ManagedGroupFact>> = {
  common: {
    awsName: "AWSManagedRulesCommonRuleSet",
    capacity: 700,
    against: "common attacks (OWASP), and bodies above 8 KB",
    readsConnectionOnly: false,
    source: baseline,
  },
  "known-bad-inputs": {
    awsName: "AWSManagedRulesKnownBadInputsRuleSet",
    capacity: 200,
    against: "requests that exploit known vulnerabilities, Log4j's among them",
    readsConnectionOnly: false,
    source: baseline,
  },
  "ip-reputation": {
    awsName: "AWSManagedRulesAmazonIpReputationList",
    capacity: 25,
    against: "addresses that Amazon knows for attacks or reconnaissance",
    readsConnectionOnly: true,
    source: addresses,
  },
  "anonymous-ip": {
    awsName: "AWSManagedRulesAnonymousIpList",
    capacity: 50,
    against: "VPNs, proxies, Tor nodes and hosting providers",
    readsConnectionOnly: true,
    source: addresses,
  },
  "sql-injection": {
    awsName: "AWSManagedRulesSQLiRuleSet",
    capacity: 200,
    against: "SQL in query, body, cookie and path",
    readsConnectionOnly: false,
    source: useCase,
  },
  linux: {
    awsName: "AWSManagedRulesLinuxRuleSet",
    capacity: 200,
    against: "local file inclusion on Linux",
    readsConnectionOnly: false,
    source: useCase,
  },
  "bot-control": {
    awsName: "AWSManagedRulesBotControlRuleSet",
    capacity: 50,
    against: "bots that say or show that they are bots (inspection level COMMON)",
    fees: { month: 10, millionRequests: 1 },
    // It knows CloudFront's ranges and takes the viewer's address from the header by itself.
    readsConnectionOnly: false,
    source: `${guide}/aws-managed-rule-groups-bot.html`,
  },
  "anti-ddos": {
    awsName: "AWSManagedRulesAntiDDoSRuleSet",
    capacity: 50,
    against: "floods of requests: challenges browsers and blocks suspects while one is on",
    fees: { month: 20, millionRequests: 0.15 },
    // As bot-control.
    readsConnectionOnly: false,
    source: `${guide}/aws-managed-rule-groups-anti-ddos.html`,
  },
};

/** Names of the groups. */
export const managedGroupNames = Object.keys(managedGroups) as ManagedGroup[];

/** Actions that can override that of a rule in a managed group. */
export const ruleActions = ["count", "block", "allow", "captcha", "challenge"] as const;
export type RuleAction = (typeof ruleActions)[number];

/**
 * Capacity units of the rules that are no managed group. An IP set matched against the last address
 * of a header costs no more than against the connection's (only position ANY does).
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
 */
export const ruleCapacities = { rateLimit: 2, ipSet: 1 } as const;

/**
 * Capacity units of a web ACL: what the base price includes, and what AWS allows at most.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export const webAclCapacities = { inBasePrice: 1500, max: 5000 } as const;

/**
 * Bounds of a rate-based rule.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
 */
export const rateLimits = {
  requests: { min: 10, max: 2_000_000_000 },
  windowSeconds: [60, 120, 300, 600],
} as const;

/**
 * KiB of a request's body that a web ACL reads, by what it protects: without a setting, and with one.
 * AWS charges more for requests with larger bodies than the default. At a load balancer it was 8 KiB
 * for everyone until 2026-11-20, and @pulumi/aws 7.48.0 cannot set it. Of gRPC requests no body is
 * read. https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
 */
export const inspectedBodyKiB = {
  cloudfront: { byDefault: 16, choices: [16, 32, 48, 64] },
  loadBalancer: { byDefault: 8, choices: [8, 16, 32, 48, 64] },
} as const;

/**
 * Ranges in one IP set. Every length but /0 is allowed.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
 */
export const maxIpSetEntries = 10_000;

/**
 * Region of web ACLs, IP sets and their log groups for CloudFront.
 * https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export const cloudfrontWafRegion = "us-east-1";

/**
 * How the name of every log destination must start.
 * https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export const wafLogPrefix = "aws-waf-logs-";

/**
 * Rules of the anti-DDoS group that send a challenge; they can be overridden with allow or count only.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-anti-ddos.html
 */
export const antiDdosChallenges: readonly string[] = [
  "ChallengeAllDuringEvent",
  "ChallengeDDoSRequests",
];

/**
 * What a million requests cost, in US dollars, the same in every region; a web ACL's and a rule's
 * own price stand in `cost/prices.ts`. These and the groups' fees were written down from memory and
 * secondary pages at `asOf`: check them at `source` before relying on them.
 */
export const wafPrices = {
  asOf: "2026-11-23",
  source: "https://aws.amazon.com/waf/pricing/",
  millionRequests: 0.6,
  /** For each 500 capacity units above 1500. */
  millionRequestsPer500Units: 0.2,
} as const;

/**
 * Name and region of a log destination by its ARN: a log group, a bucket (which has no region in
 * its ARN) or a Firehose delivery stream. Undefined for every other ARN.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html
 */
export function wafLogDestination(
  arn: string,
): { readonly name: string; readonly region?: string } | undefined {
  const [, , service, region, , ...rest] = arn.split(":");
  const resource = rest.join(":");
  const name = {
    logs: /^log-group:([^:]+)(?::\*)?$/,
    s3: /^([^/:]+)$/,
    firehose: /^deliverystream\/(.+)$/,
  }[service ?? ""]?.exec(resource)?.[1];
  return name === undefined ? undefined : { name, region: region === "" ? undefined : region };
}
