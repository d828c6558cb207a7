import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const webAclAssociationReplaced = stackRule({
  code: "web-acl-association-replaced",
  severity: "warning",
  holds: "A resource has one web ACL association.",
  fix: "Leave all but one aws.wafv2.WebAclAssociation of the resource out.",
  source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
  subjects: (stack) => stack.of(token.webAclAssociation),
  check: ({ urn, name, props }, stack) => {
    const resource = text(props, "resourceArn");
    // Which is made last differs from deployment to deployment: of two, the same one is always named.
    const other = stack
      .of(token.webAclAssociation)
      .filter((one) => one.urn > urn && text(one.props, "resourceArn") === resource)
      .find((one) => text(one.props, "webAclArn") !== text(props, "webAclArn"));
    if (resource === undefined || other === undefined) return undefined;
    return {
      urn,
      message: `The web ACL associations ${name} and ${other.name} are for the same resource, which can have one web ACL: the one that is created last replaces the other.`,
      fix: `Leave the aws.wafv2.WebAclAssociation ${name} or ${other.name} out.`,
    };
  },
});
