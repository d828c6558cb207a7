import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const webAclUnused = stackRule({
  code: "web-acl-unused",
  severity: "warning",
  holds: "A distribution or an association uses every web ACL.",
  fix: "Set webAclId of an aws.cloudfront.Distribution to the ARN of the web ACL, or make an aws.wafv2.WebAclAssociation with a load balancer.",
  source: sources.waf,
  unused: true,
  subjects: (stack) => stack.of(token.webAcl),
  check: ({ urn, name, props }, stack) => {
    const arn = text(props, "arn");
    const uses = (type: string, key: string): boolean =>
      stack.of(type).some((user) => text(user.props, key) === arn);
    const used =
      uses(token.distribution, "webAclId") ||
      uses(token.multitenantDistribution, "webAclId") ||
      uses(token.webAclAssociation, "webAclArn");
    if (used) return undefined;
    const how =
      text(props, "scope") === "CLOUDFRONT"
        ? `Set webAclId of an aws.cloudfront.Distribution to the ARN of the aws.wafv2.WebAcl ${name}.`
        : `Make an aws.wafv2.WebAclAssociation of the aws.wafv2.WebAcl ${name} and a load balancer.`;
    return {
      urn,
      message: `No distribution and no association of the program uses the web ACL ${name}: it protects nothing, unless another program uses it.`,
      fix: how,
    };
  },
});
