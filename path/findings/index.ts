/** Every finding, in the order of the path: protocols, TLS, who may call, secret, timeouts. */
import type { Finding, PathSpec, Severity } from "../types";
import { directRules } from "./direct";
import { exposureRules } from "./exposure";
import { protocolRules } from "./protocols";
import { requestRules } from "./requests";
import { apply, type Rule } from "./rule";
import { secretHeaderRules } from "./secretHeader";
import { timeoutRules } from "./timeouts";
import { tlsRules } from "./tls";

const rules: readonly Rule[] = [
  ...protocolRules,
  ...tlsRules,
  ...exposureRules,
  ...secretHeaderRules,
  ...timeoutRules,
  ...requestRules,
  ...directRules,
];

/** Every code that a finding can have. */
export const findingCodes: readonly string[] = rules.map((rule) => rule.code);

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** A spec's findings of one code: reads no more of the spec than they need. */
export function findingsOf(code: string, spec: PathSpec): Finding[] {
  return rules.filter((rule) => rule.code === code).flatMap((rule) => apply(rule, spec));
}

/** All findings of a spec, errors first. */
export function allFindings(spec: PathSpec): Finding[] {
  return rules
    .flatMap((rule) => apply(rule, spec))
    .sort((a, b) => order[a.severity] - order[b.severity]);
}
