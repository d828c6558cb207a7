/** The rules as policies of Pulumi's SDK, with the configuration that each of them accepts. */
import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { rules } from "../rules";
import type { StackFinding } from "../rules/finding";
import { checkResource, judge } from "../rules/judge";
import type { ResourceRule, Rule } from "../rules/rule";
import { canonicalType } from "../topology/tokens";
import type { Props } from "../topology/resource";
import { NotKnown, throwingView } from "../topology/stack/unknown";
import { excepted, type Exception } from "./exceptions";
import { notCheckedPolicy } from "./notChecked";
import { reportOn } from "./report";
import { plainProps } from "./sources";
import { stackOf } from "./stackOf";
import { levelOf, severities } from "./levels";
import { routeOf } from "./route";

type Policy = Policies[number];

/** What `--policy-pack-config` can set for a rule in addition to its `enforcementLevel`. */
interface RuleConfig {
  readonly exceptions?: readonly Exception[];
}

const configSchema: PolicyConfigSchema = {
  properties: {
    exceptions: {
      type: "array",
      description: "Resources that may break the rule, each with the reason.",
      items: {
        type: "object",
        properties: {
          urn: { type: "string", description: "URN; * matches any characters." },
          reason: { type: "string", minLength: 1 },
        },
        required: ["urn", "reason"],
        additionalProperties: false,
      },
    },
  },
};

/** Every rule about any program, and what could not be checked. */
export const policies: readonly Policy[] = [
  ...rules.filter((rule) => rule.about !== "path" || !rule.ofVariants).map(policyOf),
  notCheckedPolicy(stackOf),
];

/** A rule as a policy. */
function policyOf(rule: Rule): Policy {
  const common = {
    name: rule.code,
    description: rule.holds,
    enforcementLevel: levelOf(rule),
    severity: severities[rule.severity],
    remediationSteps: rule.fix,
    url: rule.source,
    configSchema,
  };
  return rule.about === "resource"
    ? { ...common, validateResource: resourceCheck(rule) }
    : { ...common, validateStack: stackCheck(rule) };
}

function resourceCheck(rule: ResourceRule) {
  return (args: ResourceValidationArgs, report: ReportViolation): void => {
    const type = canonicalType(args.type);
    if (!rule.types.includes(type)) return;
    const { urn, name } = args;
    try {
      const props = throwingView(plainProps(urn, args.props as Props));
      const findings = checkResource(rule, { urn, type, name, props });
      for (const finding of findings) tell(args, report, urn, textOf(finding));
    } catch (error) {
      // `not-checked-at-preview` reports that once for all rules.
      if (!(error instanceof NotKnown)) throw error;
    }
  };
}

function stackCheck(rule: Rule) {
  return (args: StackValidationArgs, report: ReportViolation): void => {
    const { findings, paths } = judge(stackOf(args));
    for (const finding of findings.filter(({ code }) => code === rule.code)) {
      const path = paths[finding.paths[0] ?? -1];
      tell(args, report, finding.urn, (path ? `${routeOf(path)}:\n` : "") + textOf(finding));
    }
  };
}

/** Reports a finding, unless the configuration excepts its resource. */
function tell(
  args: Pick<StackValidationArgs, "getConfig">,
  report: ReportViolation,
  urn: string,
  message: string,
): void {
  const { exceptions = [] } = args.getConfig<RuleConfig>();
  if (exceptions.some((exception) => excepted(exception, urn))) return;
  reportOn(report, urn, message);
}

/** What is wrong, what to write instead, and the page. */
function textOf({ message, change, source }: StackFinding): string {
  return [message, change, source].join("\n");
}
