/** Rules about whole paths: a finding of the path model, drawn for every path of the stack. */
import { findingsOf } from "../path/findings";
import type { Finding, PathSpec } from "../path/types";
import {
  type Outcome,
  outcomeOf,
  type RuleInfo,
  sentence,
  type StackRule,
  together,
  type Violation,
} from "./rule";
import { pathsIn, type StackPath } from "../topology/stack/paths";
import type { Role } from "../topology/stack/provenance";
import { NotKnown, type Unknown } from "../topology/stack/unknown";

/** The names of a path's resources, for what to write: `the target group web`. */
export type Names = Readonly<Record<Role, string>>;

export interface PathRule extends RuleInfo {
  /** Whose resource has to change; the first of these that the path has. */
  readonly on: readonly Role[];
  /** What to write instead, with the names of the resources. */
  readonly write: (names: Names, path: StackPath) => string;
  /** Paths that the rule is about, by what is certain of their spec. @default all */
  readonly applies?: (spec: PathSpec, path: StackPath) => boolean;
  /** Findings that count: with `false` only errors, not warnings. @default true */
  readonly warnings?: boolean;
  /**
   * The field whose every part adds to what is wrong: what is known of it can break the rule even
   * where more of it is not known.
   */
  readonly grows?: string;
  /** Values that are put in place of the path's own. */
  readonly assuming?: Readonly<Record<string, unknown>>;
}

/** A rule that draws the finding of its name. Notes are not breaches. */
export function pathRule(rule: PathRule): StackRule {
  const { applies = () => true, warnings, grows, assuming } = rule;
  const check = (path: StackPath): Outcome => {
    const findings = (missing: ReadonlyMap<string, Unknown>): Finding[] => {
      if (!applies(veiled(path, missing), path)) return [];
      return findingsOf(rule.name, veiled(path, missing, assuming)).filter(
        ({ severity }) => severity === "error" || (severity === "warning" && warnings !== false),
      );
    };
    const violations = (): Violation[] => {
      const certain = new Map([...path.missing].filter(([field]) => field !== grows));
      const known = grows === undefined ? [] : findings(certain);
      return (known.length > 0 ? known : findings(path.missing)).map((finding) =>
        violationOf(rule, path, finding),
      );
    };
    return outcomeOf(violations);
  };
  const { name, description, severity, level, remediation, source } = rule;
  return {
    ...{ name, description, severity, level, remediation, source },
    kind: "stack",
    check: (stack) => {
      const { paths, lost } = pathsIn(stack);
      return together([...paths.map(check), { violations: [], missed: lost }]);
    },
  };
}

function violationOf(rule: PathRule, path: StackPath, finding: Finding): Violation {
  const role = rule.on.find((r) => path.resources[r].length > 0) ?? "listener";
  return {
    urn: path.resources[role][0]?.urn ?? "",
    message: `${sentence(routeOf(path))}:\n${finding.message}`,
    remediation: rule.write(namesOf(path), path),
    source: finding.source,
    mild: finding.severity === "warning" && rule.level === "mandatory",
  };
}

/** The path in one line, by the names of its resources in the program. */
export function routeOf({ resources, found }: StackPath): string {
  const { via } = found;
  const name = (role: Role): string => resources[role][0]?.name ?? "?";
  const steps = [
    via.distributionId !== undefined &&
      `distribution ${name("distribution")} (${via.pathPattern ?? "*"})`,
    `load balancer ${name("loadBalancer")}, listener ${name("listener")}` +
      (via.rulePriority === undefined ? "" : `, rule of priority ${via.rulePriority}`),
    `target group ${name("targetGroup")}`,
    via.serviceArn !== undefined && `service ${name("service")}`,
  ];
  return steps.filter((step) => step !== false).join(" -> ");
}

function namesOf({ resources }: StackPath): Names {
  const entries = Object.entries(resources).map(([role, [first]]) => [role, first?.name ?? "?"]);
  return Object.fromEntries(entries) as Names;
}

const groups = ["edge", "listener", "target", "container"];

/**
 * The spec of a path in which reading what is not known throws {@link NotKnown}, so that a rule
 * that comes to its end has used nothing but what is certain.
 */
export function veiled(
  { found, uncertain }: Pick<StackPath, "found" | "uncertain">,
  missing: ReadonlyMap<string, Unknown>,
  assuming: Readonly<Record<string, unknown>> = {},
): PathSpec {
  const veil = <T extends object>(bag: T, prefix: string): T =>
    new Proxy(bag, {
      get(target, key) {
        const field = prefix + String(key);
        if (Object.hasOwn(assuming, field)) return assuming[field];
        const unknown = uncertain ?? missing.get(field);
        if (unknown) throw new NotKnown(unknown);
        const value: unknown = Reflect.get(target, key);
        const nested = prefix === "" && groups.includes(field) && typeof value === "object";
        return nested && value !== null ? veil(value, `${field}.`) : value;
      },
    });
  return veil(found.spec, "");
}
