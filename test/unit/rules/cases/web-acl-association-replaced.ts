import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const acl = (name: string): string =>
  `arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/${name}/1`;
const association = (name: string, webAclArn: unknown, resourceArn: unknown = arn.alb) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", name, { webAclArn, resourceArn });
const two = (...second: [acl: unknown, resource?: unknown]) =>
  plus(sound({}), association("first", acl("first")), association("later", ...second));

export const cases: Case = {
  broken: {
    "two web ACLs": [two(acl("second")), "first", /associations first and later are for the same/],
  },
  fine: {
    one: plus(sound({}), association("first", acl("first"))),
    "another load balancer": two(acl("second"), "arn:inner"),
    "the same web ACL": two(acl("first")),
  },
  fix: "one",
  unknown: { "what the other one is of": two(acl("second"), unknown) },
};
