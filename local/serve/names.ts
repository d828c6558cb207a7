import { certificateCovers } from "../../path/certificates";

/** Which list of certificate names matches a host; an exact name wins over a wildcard. */
export function coveringIndex(
  lists: readonly (readonly string[])[],
  host: string | undefined,
): number | undefined {
  if (host === undefined) return undefined;
  const exact = lists.findIndex((names) => names.includes(host.toLowerCase()));
  const index = exact >= 0 ? exact : lists.findIndex((names) => certificateCovers(names, host));
  return index >= 0 ? index : undefined;
}
