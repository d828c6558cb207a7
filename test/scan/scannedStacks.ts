/** What is scanned. */
export const stacks = ["prod", "h2", "others"] as const;

/**
 * `others`: the other committed stacks, and the secret of an app with encrypted variables, which
 * none of them has. They are scanned together: starting a scanner takes longer than its work.
 */
export type StackName = (typeof stacks)[number];
