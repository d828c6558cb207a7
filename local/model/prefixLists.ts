/** AWS-managed prefix lists: names, ids, and what a rule with one takes of a security group's quota. */
import { prefixListNames, prefixListWeight as cloudFrontWeight } from "../../path/cloudfront";
import { listWeight, type QuotaWeight } from "../../path/securityGroups";
import { LocalResource } from "./types";
import { arn, hex } from "./ids";
import { numberAt, textAt } from "./props";
import { AccountView } from "./row";
import { token } from "../../topology/tokens";

interface ManagedList {
  readonly name: (region: string) => string;
  readonly version: 4 | 6;
  /** https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html */
  readonly weight: number;
}

const lists: readonly ManagedList[] = [
  { name: () => prefixListNames[4], version: 4, weight: cloudFrontWeight },
  { name: () => prefixListNames[6], version: 6, weight: cloudFrontWeight },
  { name: (region) => `com.amazonaws.${region}.s3`, version: 4, weight: 1 },
  { name: (region) => `com.amazonaws.${region}.dynamodb`, version: 4, weight: 1 },
  { name: (region) => `com.amazonaws.${region}.route53-healthchecks`, version: 4, weight: 25 },
  { name: (region) => `com.amazonaws.${region}.ipv6.route53-healthchecks`, version: 6, weight: 25 },
  { name: (region) => `com.amazonaws.${region}.ec2-instance-connect`, version: 4, weight: 2 },
  { name: (region) => `com.amazonaws.${region}.ipv6.ec2-instance-connect`, version: 6, weight: 2 },
  { name: (region) => `com.amazonaws.${region}.vpc-lattice`, version: 4, weight: 10 },
  { name: (region) => `com.amazonaws.${region}.ipv6.vpc-lattice`, version: 6, weight: 10 },
];

/** Ids of a list differ from region to region, so the region is part of what they are drawn from. */
const idOf = (name: string, region: string): string => `pl-${hex(`${region}${name}`, 8)}`;

/** AWS's lists of a region, as resources. */
export function managedPrefixLists(region: string): LocalResource[] {
  return lists.map((list) => {
    const name = list.name(region);
    const id = idOf(name, region);
    const outputs = {
      id,
      name,
      prefixListName: name,
      prefixListId: id,
      region,
      ownerId: "AWS",

      arn: arn("ec2", region, "aws", `prefix-list/${id}`),
      addressFamily: `IPv${list.version}`,
      maxEntries: list.weight,
      weight: list.weight,
      version: 1,
      entries: [],
      cidrBlocks: [],
    };
    return { urn: "", type: token.prefixList, name, id, inputs: {}, outputs };
  });
}

/** True for CloudFront's list of either IP family. */
export function isCloudfrontList(id: string, account: AccountView): boolean {
  const name = textAt(account.lookup(token.prefixList, id)?.outputs ?? {}, "name");
  return Object.values<string | undefined>(prefixListNames).includes(name);
}

/** What a rule with this list takes of a security group's quota. */
export function prefixListQuotaWeight(id: string, account: AccountView): QuotaWeight {
  const outputs = account.lookup(token.prefixList, id)?.outputs ?? {};
  const weight = numberAt(outputs, "weight") ?? numberAt(outputs, "maxEntries") ?? 1;
  return listWeight(textAt(outputs, "addressFamily") === "IPv6" ? 6 : 4, weight);
}
