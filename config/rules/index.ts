/** What must hold between keys. Each rule reads a few keys and returns what is wrong with them. */
import { addressRules } from "./addresses";
import { alarmRules } from "./alarms";
import { egressRules } from "./egress";
import type { Rule } from "./rule";
import { domainRules } from "./domain";
import { logRules } from "./logs";
import { networkRules } from "./network";
import { serviceRules } from "./service";
import { variantRules } from "./variant";
import { wafRules } from "./waf";

/** Every rule, in the order its problems are listed. */
export const rules: readonly Rule[] = [
  ...variantRules,
  ...domainRules,
  ...networkRules,
  ...addressRules,
  ...serviceRules,
  ...logRules,
  ...egressRules,
  ...alarmRules,
  ...wafRules,
];
