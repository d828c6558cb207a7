/**
 * The rules as a library, for a policy pack of one's own:
 * `new PolicyPack("mine", { policies: [...policies, mine] })`. The pack itself is this folder.
 */
export { policies } from "./policies";
export { rules } from "./rules";
export type { Level, ResourceRule, Rule, RuleInfo, StackRule, Violation } from "./rule";
