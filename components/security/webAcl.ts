import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { cloudfrontWafRegion } from "../../path/waf";
import type { WebAclRule } from "../../path/webAclRules";
import { withName } from "../shared/tags";
import type { WebAclArgs } from "./webAclArgs";
import { ruleInputs, type SetArns, visibility } from "./webAclInputs";
import { WebAclLog } from "./webAclLog";
import { planWebAcl } from "./webAclPlan";

/** Headers with credentials, which must not be logged. */
const alwaysRedacted = ["authorization", "cookie"];

/**
 * A web ACL of AWS WAF: rules with a metric each, IP sets, and a log without secrets. Pass its ARN
 * to a distribution as `webAclId`, or pass a load balancer's ARN here.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class WebAcl extends pulumi.ComponentResource {
  public readonly webAcl: aws.wafv2.WebAcl;
  /** Lists of addresses, separate for IPv4 and IPv6. */
  public readonly ipSets: aws.wafv2.IpSet[];
  /** With `loadBalancerArn` only. */
  public readonly association: aws.wafv2.WebAclAssociation | undefined;
  /** Unless `logging` is false. */
  public readonly log: WebAclLog | undefined;

  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    const rules = planWebAcl(name, args);
    super("hopwise:index:WebAcl", name, {}, opts);
    const parent = { parent: this };
    const { scope, loadBalancerArn } = args;
    const region = scope === "CLOUDFRONT" ? cloudfrontWafRegion : undefined;
    const redactedHeaders = [...alwaysRedacted, ...(args.redactedHeaders ?? [])].map((header) =>
      header.toLowerCase(),
    );

    const sets = this.createIpSets(name, rules, { ...args, region });
    this.ipSets = [...sets.values()];
    const arns: SetArns = new Map([...sets].map(([set, { arn }]) => [set, arn]));
    this.webAcl = new aws.wafv2.WebAcl(
      name,
      {
        scope,
        region,
        defaultAction: { allow: {} },
        rules: rules.map((rule) => ruleInputs(rule, arns, args.addressFrom ?? "connection")),
        visibilityConfig: visibility(name),
        // Otherwise the samples in AWS's console would show what the log leaves out.
        // https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html
        dataProtectionConfig: {
          dataProtections: [
            {
              action: "SUBSTITUTION",
              field: { fieldType: "SINGLE_HEADER", fieldKeys: redactedHeaders },
            },
          ],
        },
        associationConfig: bodyInspection(args.inspectedBodyKiB),
        tags: withName(name, args.tags),
      },
      parent,
    );
    this.association =
      loadBalancerArn === undefined
        ? undefined
        : new aws.wafv2.WebAclAssociation(
            name,
            { resourceArn: loadBalancerArn, webAclArn: this.webAcl.arn },
            parent,
          );
    this.log =
      (args.logging ?? defaults.waf.logging)
        ? new WebAclLog(
            name,
            {
              webAclArn: this.webAcl.arn,
              region,
              redactedHeaders,
              retentionDays: args.logRetentionDays ?? defaults.waf.logRetentionDays,
              destinationArn: args.logDestinationArn,
              deletionProtection: args.deletionProtection,
              tags: args.tags,
            },
            parent,
          )
        : undefined;
    this.registerOutputs({ webAclArn: this.webAcl.arn });
  }

  /** By the names that the rules use, e.g. `blocked-ipv4`. */
  private createIpSets(
    name: string,
    rules: readonly WebAclRule[],
    { scope, region, tags }: Pick<WebAclArgs, "scope" | "tags"> & { region?: string },
  ): Map<string, aws.wafv2.IpSet> {
    const sets = rules.flatMap((rule) => (rule.kind === "addresses" ? rule.sets : []));
    return new Map(
      sets.map((set) => [
        set.name,
        new aws.wafv2.IpSet(
          `${name}-${set.name}`,
          {
            scope,
            region,
            ipAddressVersion: `IPV${set.ipVersion}`,
            addresses: [...set.cidrs],
            tags: withName(`${name}-${set.name}`, tags),
          },
          { parent: this },
        ),
      ]),
    );
  }
}

/** Undefined for AWS's own default. */
function bodyInspection(
  size: number = defaults.waf.inspectedBodyKiB,
): aws.types.input.wafv2.WebAclAssociationConfig | undefined {
  if (size === defaults.waf.inspectedBodyKiB) return undefined;
  return { requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: `KB_${size}` } }] };
}
