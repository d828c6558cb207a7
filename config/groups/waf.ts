/** AWS WAF in front of what viewers call. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import {
  inspectedBodyKiB,
  managedGroupNames,
  rateLimits,
  ruleActions,
  webAclCapacities,
} from "../../path/waf";
import { abouts } from "../about";
import { cidrs } from "../addresses";
import { retentionDays } from "../../path/logs";
import {
  booleanValue,
  integerValue,
  patternValue,
  enumValue,
  integerEnumValue,
  shapes,
} from "../values";

/** What other firewalls call the actions. */
const actionWords = {
  block: ["deny", "drop", "enforce", "enabled"],
  count: ["monitor", "detect", "detection", "log", "observe", "dry-run"],
};

const groupList = managedGroupNames.join(", ");
const { requests } = rateLimits;

const rateLimit = z.strictObject({
  enabled: booleanValue()
    .default(defaults.waf.rateLimit.enabled)
    .register(abouts, { means: "A limit on the requests of one address" }),
  requests: integerValue(requests.min, requests.max)
    .default(defaults.waf.rateLimit.requests)
    .register(abouts, { means: "Requests of one address within the window" }),
  windowSeconds: integerEnumValue(rateLimits.windowSeconds)
    .default(defaults.waf.rateLimit.windowSeconds)
    .register(abouts, { means: "Seconds over which an address's requests are counted" }),
});

const overrides = z
  .record(
    patternValue(new RegExp(`^(?:${managedGroupNames.join("|")})$`), {
      values: "managed group",
      allowed: `a managed group: ${groupList}`,
    }),
    z.record(
      // https://docs.aws.amazon.com/waf/latest/APIReference/API_RuleActionOverride.html
      patternValue(/^[\w-]{1,128}$/, {
        values: "rule",
        allowed: "AWS's name of a rule: letters, digits, _ and -",
      }),
      enumValue(ruleActions, { synonyms: actionWords }),
    ),
  )
  .register(shapes, {
    type: "object",
    values: "group: { rule: action }",
    allowed: `a group of waf.managedGroups, and under it AWS's names of rules, each with ${ruleActions.join(", ")}`,
  });

/** `waf`: a web ACL at CloudFront, or at the load balancer where that is what viewers call. */
export const waf = z.strictObject({
  enabled: booleanValue().default(defaults.waf.enabled).register(abouts, {
    means:
      "A web ACL in front of what viewers call: CloudFront, or the load balancer without CloudFront. docs/waf.md says what it costs",
  }),
  mode: enumValue(["block", "count"], { synonyms: actionWords })
    .default(defaults.waf.mode)
    .register(abouts, {
      means: "`count` only counts what would be blocked, which is a way to start",
    }),
  managedGroups: z
    .array(enumValue(managedGroupNames))
    .register(shapes, {
      type: "array",
      values: `list of ${groupList}`,
      allowed: `a list, each of ${groupList}`,
      example: defaults.waf.managedGroups.join(", "),
    })
    .default([...defaults.waf.managedGroups])
    .register(abouts, {
      example: ["common", "sql-injection"],
      means: "AWS's managed rule groups that are evaluated",
    }),
  rateLimit: rateLimit.prefault({}),
  allowCidrs: cidrs()
    .default([...defaults.waf.allowCidrs])
    .register(abouts, {
      means: "Address ranges that skip all other rules of the web ACL",
    }),
  blockCidrs: cidrs()
    .default([...defaults.waf.blockCidrs])
    .register(abouts, { means: "Address ranges that the web ACL blocks" }),
  overrides: overrides.default({ ...defaults.waf.overrides }).register(abouts, {
    example: { common: { SizeRestrictions_BODY: "count" } },
    means: "Actions that replace those of single rules of a managed group",
  }),
  capacityBudget: integerValue(1, webAclCapacities.max)
    .default(defaults.waf.capacityBudget)
    .register(abouts, {
      means: `Capacity units (WCU) that the web ACL's rules may take; above ${webAclCapacities.inBasePrice} AWS charges more`,
    }),
  inspectedBodyKiB: integerEnumValue(inspectedBodyKiB.cloudfront.choices)
    .default(defaults.waf.inspectedBodyKiB)
    .register(abouts, {
      means: `KiB of a request's body that the rules read; AWS charges more for requests with more than ${inspectedBodyKiB.cloudfront.byDefault}`,
      because: `@pulumi/aws can only set it for CloudFront (at a load balancer it is ${inspectedBodyKiB.loadBalancer.byDefault}), and bodies of gRPC are not read`,
    }),
  logging: booleanValue().default(defaults.waf.logging).register(abouts, {
    means: "A log of the requests that the web ACL evaluated, without secrets",
  }),
  logRetentionDays: integerEnumValue(retentionDays)
    .default(defaults.waf.logRetentionDays)
    .register(abouts, { means: "Days that the web ACL's log is kept" }),
});
