/** Plans a web ACL from its arguments, before anything exists. Plain values to plain values. */
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import {
  cloudfrontWafRegion,
  inspectedBodyKiB,
  wafLogDestination,
  wafLogPrefix,
} from "../../path/waf";
import { webAclProblems } from "../../path/webAclProblems";
import { type WebAclRule, webAclRules } from "../../path/webAclRules";
import type { WafArgs, WebAclArgs } from "./webAclArgs";

/** The problems of a web ACL's arguments; empty if no web ACL is requested. */
export function wafProblems(args: WafArgs | undefined, scope: WebAclArgs["scope"]): string[] {
  if (args === undefined) return [];
  return [
    ...webAclProblems(args).map(({ argument, entry, expected, detail }) => {
      const place = entry === undefined ? argument : `${argument}[${entry}]`;
      return `waf.${place}: expected ${detail ?? expected}.`;
    }),
    ...bodyProblems(args.inspectedBodyKiB, scope),
    ...logDestinationProblems(args.logDestinationArn, scope),
  ];
}

/** @throws RunError with every problem of the arguments */
export function planWebAcl(name: string, args: WebAclArgs): WebAclRule[] {
  const problems = [...wafProblems(args, args.scope), ...scopeProblems(args)];
  if (problems.length > 0) {
    throw new pulumi.RunError(
      [`The web ACL "${name}" cannot work; nothing of it was created:`, ...problems].join("\n\n"),
    );
  }
  return webAclRules(args);
}

function scopeProblems({ scope, loadBalancerArn, addressFrom }: WebAclArgs): string[] {
  if (scope === "REGIONAL") return [];
  return [
    ...(loadBalancerArn === undefined
      ? []
      : [
          "loadBalancerArn: a web ACL of scope CLOUDFRONT cannot protect a load balancer; use scope REGIONAL.",
        ]),
    ...(addressFrom === "x-forwarded-for"
      ? [
          "addressFrom: at CloudFront the connection is the viewer's own, and X-Forwarded-For is what the viewer wrote; leave it out.",
        ]
      : []),
  ];
}

/** The stack's settings always have a size. */
function bodyProblems(
  size: number = defaults.waf.inspectedBodyKiB,
  scope: WebAclArgs["scope"],
): string[] {
  const { cloudfront, loadBalancer } = inspectedBodyKiB;
  if (size === defaults.waf.inspectedBodyKiB) return [];
  if (scope === "REGIONAL")
    return [
      `waf.inspectedBodyKiB: at a load balancer the rules read ${loadBalancer.byDefault} KiB of a body, and @pulumi/aws has no ` +
        "property to change it; leave it out.",
    ];
  return cloudfront.choices.some((choice) => choice === size)
    ? []
    : [`waf.inspectedBodyKiB: expected one of ${cloudfront.choices.join(", ")}, not ${size}.`];
}

/** Only AWS can check an ARN that is unknown here. */
function logDestinationProblems(
  arn: pulumi.Input<string> | undefined,
  scope: WebAclArgs["scope"],
): string[] {
  if (typeof arn !== "string") return [];
  const found = wafLogDestination(arn);
  if (!found?.name.startsWith(wafLogPrefix))
    return [
      `waf.logDestinationArn: expected the ARN of a log group, bucket or delivery stream whose name starts with ${wafLogPrefix}, not ${arn}.`,
    ];
  const elsewhere = found.region !== undefined && found.region !== cloudfrontWafRegion;
  return scope === "CLOUDFRONT" && elsewhere
    ? [
        `waf.logDestinationArn: expected one in ${cloudfrontWafRegion}, where CloudFront's web ACLs are, not in ${found.region}.`,
      ]
    : [];
}
