/** A web ACL that cannot be, or that would cost more than was said. */
import { type WebAclProblem, webAclProblems } from "../../path/webAclProblems";
import type { KeyName } from "../keys";
import type { SettingsChange, SettingsRule } from "./rule";

/** The rules of the path model, with the key of each choice. Nothing is asked of one that is off. */
const webAclWorks: SettingsRule = (view) => {
  if (!view.get("waf.enabled")) return [];
  const problems = webAclProblems({
    mode: view.get("waf.mode"),
    managedGroups: view.get("waf.managedGroups"),
    rateLimit: {
      enabled: view.get("waf.rateLimit.enabled"),
      requests: view.get("waf.rateLimit.requests"),
      windowSeconds: view.get("waf.rateLimit.windowSeconds"),
    },
    allowCidrs: view.get("waf.allowCidrs"),
    blockCidrs: view.get("waf.blockCidrs"),
    overrides: view.get("waf.overrides"),
    capacityBudget: view.get("waf.capacityBudget"),
  });
  return problems.map((problem) => {
    const { argument, entry, override, expected, detail } = problem;
    const key = `waf.${argument}` as const;
    const change = changeOf(problem, key, view.get("waf.managedGroups").length);
    return { key, entry: override?.group ?? entry, expected, detail, change };
  });
};

/** @param groups how many managed groups there are */
function changeOf(
  { entry, override, write }: WebAclProblem,
  key: KeyName,
  groups: number,
): SettingsChange {
  if (override?.rule !== undefined && write !== undefined)
    return { set: key, entry: override.group, of: override.rule, to: write };
  if (override !== undefined) {
    const { group } = override;
    const ask: SettingsChange = { set: "waf.managedGroups", entry: groups, to: group };
    return { either: [ask, { remove: key, entry: group }] };
  }
  return write === undefined ? { remove: key, entry } : { set: key, to: write };
}

/** In the order they are listed. */
export const wafRules: readonly SettingsRule[] = [webAclWorks];
