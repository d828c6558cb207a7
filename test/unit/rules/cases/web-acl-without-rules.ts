import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const rule = { name: "limit", priority: 1, statement: { rateBasedStatement: { limit: 2000 } } };
const acl = (inputs: object) =>
  resource(
    "aws:wafv2/webAcl:WebAcl",
    "acl",
    { scope: "REGIONAL", defaultAction: { allow: {} }, ...inputs },
    { arn: "arn:acl" },
  );

export const cases: Case = {
  broken: {
    none: [plus(sound({}), acl({ rules: [] })), "acl", /has no rule: it allows every request/],
    "none, and nothing gets through": [
      plus(sound({}), acl({ defaultAction: { block: {} } })),
      "acl",
      /it blocks every request/,
    ],
  },
  fine: {
    one: plus(sound({}), acl({ rules: [rule] })),
    "as JSON": plus(sound({}), acl({ ruleJson: JSON.stringify([rule]) })),
    "a group that is added to it": plus(
      sound({}),
      acl({}),
      resource("aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation", "common", {
        webAclArn: "arn:acl",
      }),
    ),
  },
  unknown: { "the rules": plus(sound({}), acl({ rules: unknown })) },
};
