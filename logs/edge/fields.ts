/**
 * The fields of CloudFront's standard logs. Both generations name them alike: the legacy one in a
 * fixed order under a header, version 2 as a selection, under a header (w3c), without one (plain) or
 * as keys (json).
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html#BasicDistributionFileFormat
 */
export const edgeFields = [
  ...(["date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)"] as const),
  ...(["cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query"] as const),
  ...(["cs(Cookie)", "x-edge-result-type", "x-edge-request-id", "x-host-header"] as const),
  ...(["cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol"] as const),
  ...(["ssl-cipher", "x-edge-response-result-type", "cs-protocol-version", "fle-status"] as const),
  ...(["fle-encrypted-fields", "c-port", "time-to-first-byte"] as const),
  ...(["x-edge-detailed-result-type", "sc-content-type", "sc-content-len"] as const),
  ...(["sc-range-start", "sc-range-end"] as const),
] as const;

/** Keys made before: in JSON every line has the same names. */
const keys = new Map<string, string>();
const mostKeys = 1000;

/**
 * One name for all spellings of a field: `cs(User-Agent)`, `cs-user-agent` and `cs_user_agent` are
 * the same one.
 */
export function fieldKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
    if (keys.size < mostKeys) keys.set(name, key);
  }
  return key;
}

/** Keys in the legacy order, for lines that no header came before. */
export const legacyKeys: readonly string[] = edgeFields.map(fieldKey);

/** Fewest fields of a line without a header; the oldest logs had so many. */
export const fewestEdgeFields = 12;

/** How many of a header's names are those of fields: where it was wrapped, some are in two parts. */
export const knownFields = (comment: string): number =>
  (headerFieldsOf(comment) ?? []).filter((key) => legacyKeys.includes(key)).length;

/** Fields of the same form by web servers (IIS), which share `sc-status` and others. */
const ofServers = ["s-ip", "s-port", "s-sitename", "sc-substatus", "sc-win32-status"];

/** Reads a `#Fields:` header; undefined for any other comment. None: the lines are not CloudFront's. */
export function headerFieldsOf(comment: string): string[] | undefined {
  const match = /^#\s*Fields:\s*(.*?)\s*$/i.exec(comment);
  const keys = match?.[1]?.split(/[\s,;|]+/).map(fieldKey);
  return keys?.some((key) => ofServers.includes(key)) ? [] : keys;
}
