/** Every rule that a path can break before it has resources; components check these. */
import { pathRules } from "./path";
import type { Rule } from "./rule";
import { listenerWithoutCertificate } from "./resources/listener-without-certificate";
import { prefixListQuota } from "./resources/prefix-list-quota";
import { securityGroupRuleQuota } from "./resources/security-group-rule-quota";

/**
 * Listed apart from the registry, so that a component does not load the rules about resources; written
 * as `rules/path` is.
 */
export const plannedRules: readonly Rule[] = [
  ...pathRules,
  listenerWithoutCertificate,
  prefixListQuota,
  securityGroupRuleQuota,
];
