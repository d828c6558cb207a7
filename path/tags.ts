/** Tags of AWS resources. */

/**
 * Groups of keys that differ in nothing but case. IAM takes them for one key of a role or a user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 */
export function keysThatDifferInCase(keys: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const folded = key.toLowerCase();
    groups.set(folded, [...(groups.get(folded) ?? []), key]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The page of {@link keysThatDifferInCase}. */
export const iamTags =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating";
