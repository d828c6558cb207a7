import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const association = (name: string, webAclArn: unknown, resourceArn: unknown = arn.alb) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", name, { webAclArn, resourceArn });
const two = (...second: [acl: unknown, resource?: unknown]) =>
  plus(sound({}), association("first", "arn:acl"), association("later", ...second));

export const cases: Case = {
  broken: {
    "two web ACLs": [two("arn:other"), "first", /associations first and later are of the same/],
  },
  fine: {
    one: plus(sound({}), association("first", "arn:acl")),
    "another load balancer": two("arn:other", "arn:inner"),
    "the same web ACL": two("arn:acl"),
  },
  unknown: { "what the other one is of": two("arn:other", unknown) },
};
