/** A web ACL that cannot be, or that would cost more than was said. */
import { webAclProblems } from "../../path/webAclProblems";
import type { Rule } from "./rule";

/** The rules of the path model, with the key of each choice. Nothing is asked of one that is off. */
const webAclWorks: Rule = (view) => {
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
  return problems.map(({ argument, entry, expected, detail, write }) => {
    const key = `waf.${argument}` as const;
    const change =
      write === undefined ? { remove: key, entry } : ({ set: key, to: write } as const);
    return { key, entry, expected, detail, change };
  });
};

/** In the order they are listed. */
export const wafRules: readonly Rule[] = [webAclWorks];
