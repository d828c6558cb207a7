/** What awsx's components ask AWS about their arguments, asked of the account through the engine. */
import * as pulumi from "@pulumi/pulumi";
import { token } from "../../topology/tokens";
import type { Account } from "../model/account";
import type { Props } from "../model/types";

/** By the form of what is named: the type, the function that describes it, and its argument. */
const lookups = [
  {
    named: /^arn:[^:]+:elasticloadbalancing:.*:targetgroup\//,
    ...{ type: token.targetGroup, call: "aws:lb/getTargetGroup:getTargetGroup", key: "arn" },
  },
  {
    named: /^subnet-[0-9a-f]+$/,
    ...{ type: token.subnet, call: "aws:ec2/getSubnet:getSubnet", key: "id" },
  },
];

/** Takes into an account what the arguments name and the account behind the engine knows. */
export async function lookedUp(args: Props, account: Account): Promise<void> {
  for (const text of new Set(textsIn(args)))
    for (const { named, type, call, key } of lookups) {
      if (!named.test(text)) continue;
      // Of what the account does not have nothing is known.
      const asked = pulumi.runtime.invoke(call, { [key]: text }).catch(() => undefined);
      const answer = (await asked) as Props | undefined;
      if (answer !== undefined) account.adopt(type, text, { ...answer, id: text });
    }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
