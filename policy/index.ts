/**
 * The rules as a library, for your own policy pack:
 * `new PolicyPack("mine", { policies: [...policies, mine] })`. The pack itself is this folder.
 */
export { rules } from "../rules";
export type { Fault, PathRule, ResourceRule, Rule, RuleInfo, StackRule } from "../rules/rule";
export type { Level } from "./levels";
export { policies } from "./policies";
