import { direct, plus, sound, type Case, unknown, viaOrigin } from "../caseParts";
import { arn, resource } from "../program";

const associated = (to: unknown) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", "acl", {
    ...{ resourceArn: to, webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/1" },
  });

export const cases: Case = {
  broken: {
    "no web ACL": [direct({}), "alb", /a WAF can act only at the load balancer alb/],
    "a web ACL": [plus(direct({}), associated(arn.alb)), "alb", /web ACL acts at the load bal/],
  },
  fine: { "behind CloudFront": sound({}) },
  unknown: {
    "what the web ACL is for": plus(direct({}), associated(unknown)),
    "whether CloudFront calls it": sound(viaOrigin({}, { domainName: unknown })),
  },
};
