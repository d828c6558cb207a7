/** CloudFront's managed prefix lists in a local account. */
import { prefixListNames } from "../path/cloudfront";
import type { PrefixLists } from "../topology/pathOf";
import type { Account } from "./model/account";

/** Ids of the lists in the account, which knows them by name, with their IP versions. */
export function prefixLists(account: Account): PrefixLists {
  const token = "aws:ec2/getManagedPrefixList:getManagedPrefixList";
  return new Map(
    ([4, 6] as const).map((version) => [
      String(account.invoke(token, { name: prefixListNames[version] }).id),
      version,
    ]),
  );
}
