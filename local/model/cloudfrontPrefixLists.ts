/** CloudFront's managed prefix lists in a local account. */
import { prefixListNames } from "../../path/cloudfront";
import type { PrefixLists } from "../../topology/pathOf";
import type { Account } from "./account";
import { managedPrefixLists } from "./prefixLists";

/** Ids of the lists in the account's region, with their IP versions. */
export function prefixLists({ region }: Account): PrefixLists {
  const lists = managedPrefixLists(region);
  return new Map(
    ([4, 6] as const).flatMap((version) =>
      lists
        .filter(({ name }) => name === prefixListNames[version])
        .map(({ id }): [string, 4 | 6] => [id, version]),
    ),
  );
}
