import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const acl = (scope: string) =>
  resource("aws:wafv2/webAcl:WebAcl", "acl", { scope }, { arn: "arn:the-acl" });
const association = (webAclArn: unknown) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", "on-alb", {
    ...{ webAclArn, resourceArn: arn.alb },
  });

export const cases: Case = {
  broken: {
    "for CloudFront": [
      plus(sound({}), acl("CLOUDFRONT")),
      "acl",
      /protects nothing.*webAclId of an aws\.cloudfront\.Distribution/s,
    ],
    "another one is associated": [
      plus(sound({}), acl("REGIONAL"), association("arn:given")),
      "acl",
      /WebAclAssociation of the aws\.wafv2\.WebAcl acl/,
    ],
  },
  fine: {
    "a distribution": plus(sound({ cdn: { webAclId: "arn:the-acl" } }), acl("CLOUDFRONT")),
    "an association": plus(sound({}), acl("REGIONAL"), association("arn:the-acl")),
  },
  unknown: {
    "the distribution's": plus(sound({ cdn: { webAclId: unknown } }), acl("CLOUDFRONT")),
    "the association's": plus(sound({}), acl("REGIONAL"), association(unknown)),
  },
};
