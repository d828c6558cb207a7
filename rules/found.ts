/** Turns a rule's fault into a finding. */
import type { Finding, StackFinding } from "./finding";
import type { Fault, Rule } from "./rule";

/** @param ours true where our own components' settings decide it */
export function findingOf(rule: Rule, fault: Fault, ours: boolean): Finding {
  const { code, severity, access } = rule;
  return {
    code,
    severity,
    ...(access && { access }),
    message: fault.message,
    change: (ours ? fault.settings : undefined) ?? fault.fix ?? rule.fix,
    source: fault.source ?? rule.source,
  };
}

/** Without findings that another one of the same path or resource already says. */
export function withoutDuplicates<F extends Finding & Partial<StackFinding>>(
  findings: readonly F[],
  rules: readonly Rule[],
): F[] {
  const unless = new Map(rules.map((rule) => [rule.code, rule.unless ?? []]));
  const together = (a: F, b: F): boolean =>
    a.paths === undefined ||
    a.paths.some((path) => b.paths?.includes(path)) ||
    (a.urn !== "" && a.urn === b.urn);
  return findings.filter(
    (finding) =>
      !findings.some(
        (other) => unless.get(finding.code)?.includes(other.code) && together(finding, other),
      ),
  );
}
