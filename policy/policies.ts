/** The rules as policies of Pulumi's SDK, with the configuration that every one of them takes. */
import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { canonicalType } from "../topology/tokens";
import type { Props } from "../topology/resource";
import { excepted, type Exception } from "./exceptions";
import { notChecked } from "./notChecked";
import { named, type ResourceRule, type Rule, type StackRule, type Violation } from "./rule";
import { rules } from "./rules";
import { Stack } from "../topology/stack/stack";
import { NotKnown, plainProps, strict } from "../topology/stack/unknown";

type Policy = Policies[number];

/** What `--policy-pack-config` can say of a rule besides its `enforcementLevel`. */
interface RuleConfig {
  readonly exceptions?: readonly Exception[];
}

const configSchema: PolicyConfigSchema = {
  properties: {
    exceptions: {
      type: "array",
      description: "Resources that may break the rule, each with the reason why.",
      items: {
        type: "object",
        properties: {
          urn: { type: "string", description: "URN, in which * stands for any characters." },
          reason: { type: "string", minLength: 1 },
        },
        required: ["urn", "reason"],
        additionalProperties: false,
      },
    },
  },
};

/** Every rule, and what could not be checked. */
export const policies: readonly Policy[] = [...rules, notChecked].map(policyOf);

/** A rule as a policy. */
export function policyOf(rule: Rule): Policy {
  const common = {
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.remediation,
    url: rule.source,
    configSchema,
  };
  return rule.kind === "resource"
    ? { ...common, validateResource: resourceCheck(rule) }
    : { ...common, validateStack: stackCheck(rule) };
}

function resourceCheck(rule: ResourceRule) {
  return (args: ResourceValidationArgs, report: ReportViolation): void => {
    const type = canonicalType(args.type);
    if (!rule.types.includes(type)) return;
    const { urn, name } = args;
    const tell = reporter(rule, args, report);
    try {
      const props = strict(plainProps(urn, args.props as Props));
      const found = rule.check({ urn, type, name, props });
      if (found) tell({ ...found, urn });
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      const what = `${error.unknown.property} of ${named({ type, name })}`;
      const message = `Not checked: ${what} is not known before the deployment.`;
      tell({
        urn,
        message,
        mild: true,
        remediation: notChecked.remediation,
        source: notChecked.source,
      });
    }
  };
}

function stackCheck(rule: StackRule) {
  return (args: StackValidationArgs, report: ReportViolation): void => {
    const { violations } = rule.check(new Stack(args.resources));
    violations.forEach(reporter(rule, args, report));
  };
}

function reporter(
  rule: Rule,
  args: Pick<StackValidationArgs, "getConfig">,
  report: ReportViolation,
): (violation: Violation) => void {
  const { exceptions = [] } = args.getConfig<RuleConfig>();
  return (violation) => {
    if (exceptions.some((exception) => excepted(exception, violation.urn))) return;
    const told: Told = {
      message: messageOf(rule, violation),
      urn: violation.urn,
      ...(violation.mild && { enforcementLevel: "advisory" }),
    };
    // The SDK takes an object too, which its types do not say: the one way to report something
    // milder than the rule is, and a text without the rule's description in front of it.
    report(told as unknown as string);
  };
}

interface Told {
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel?: "advisory";
}

/** What is wrong, what to write instead, and the page. */
function messageOf(rule: Rule, { message, remediation, source }: Violation): string {
  return [message, remediation ?? rule.remediation, source ?? rule.source].join("\n");
}
