/** Which of the prefix lists that a program names are CloudFront's. */
import { originFacingLists, prefixListNames } from "../../path/cloudfront";
import { regions } from "../../path/regions";
import type { PrefixLists } from "../../topology/pathOf";
import type { Account } from "./account";
import { managedPrefixLists } from "./prefixLists";

type Known = NonNullable<PrefixLists>;

const byRegion = new Map<string, Known>();

/**
 * What is known of AWS's managed lists: those that a program can look up here, in any region, and
 * CloudFront's own ids on AWS.
 */
export function prefixLists({ region }: Pick<Account, "region">): Known {
  const known = byRegion.get(region);
  if (known) return known;
  const cloudfront = new Map(
    ([4, 6] as const).map((version) => [prefixListNames[version], version]),
  );
  const lists = new Map<string, 4 | 6 | string>([
    ...[region, ...regions]
      .flatMap((one) => managedPrefixLists(one))
      .map(({ id, name }) => [id, cloudfront.get(name as never) ?? name] as const),
    ...originFacingLists.map((id) => [id, 4] as const),
  ]);
  byRegion.set(region, lists);
  return lists;
}
