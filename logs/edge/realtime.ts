/**
 * Real-time access logs of CloudFront: records of a Kinesis data stream, without a header, with the
 * fields that the real-time log configuration selects. CloudFront writes them in an order of its own:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html#understand-real-time-log-config-fields
 */
import { fieldKey } from "./fields";
import { haveForms } from "./forms";

/** Every field, in that order. AWS added `s-ip` later, among the others, and the rest at the end. */
export const realtimeFields: readonly string[] = [
  ...["timestamp", "c-ip", "s-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method"],
  ...["cs-protocol", "cs-host", "cs-uri-stem", "cs-bytes", "x-edge-location", "x-edge-request-id"],
  ...["x-host-header", "time-taken", "cs-protocol-version", "c-ip-version", "cs-user-agent"],
  ...["cs-referer", "cs-cookie", "cs-uri-query", "x-edge-response-result-type"],
  ...["x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-result-type"],
  ...["fle-encrypted-fields", "fle-status", "sc-content-type", "sc-content-len", "sc-range-start"],
  ...["sc-range-end", "c-port", "x-edge-detailed-result-type", "c-country", "cs-accept-encoding"],
  ...["cs-accept", "cache-behavior-path-pattern", "cs-headers", "cs-header-names"],
  ...["cs-headers-count", "primary-distribution-id", "primary-distribution-dns-name"],
  ...["origin-fbl", "origin-lbl", "asn", "cmcd-encoded-bitrate", "cmcd-buffer-length"],
  ...["cmcd-buffer-starvation", "cmcd-content-id", "cmcd-object-duration", "cmcd-deadline"],
  ...["cmcd-measured-throughput", "cmcd-next-object-request", "cmcd-next-range-request"],
  ...["cmcd-object-type", "cmcd-playback-rate", "cmcd-requested-maximum-throughput"],
  ...["cmcd-streaming-format", "cmcd-session-id", "cmcd-stream-type", "cmcd-startup"],
  ...["cmcd-top-bitrate", "cmcd-version", "r-host", "sr-reason", "x-edge-mqcs"],
  ...["distribution-tenant-id", "connection-id"],
];

/** Lists the fields of a configuration in the order of its records. */
export const listCommand =
  "aws cloudfront get-realtime-log-config --name NAME --query RealtimeLogConfig.Fields --output text";

/** The start of a record that has a `timestamp`, which is the first field. */
export const realtimeStart = /^\d{10}\.\d{3}[\t ]/;

const upTo = (order: readonly string[], last: string): readonly string[] =>
  order.slice(0, order.indexOf(last) + 1);

/** What a record with every field begins with: all that is needed, or all of it but `origin-fbl`. */
const starts = [realtimeFields, realtimeFields.filter((field) => field !== "s-ip")].flatMap(
  (order) => [upTo(order, "asn"), upTo(order, "x-edge-detailed-result-type")],
);

/**
 * The first fields of a record of a configuration with every field that there was then, which is the
 * console's default. The values decide: one field less would move the others to places where they
 * do not fit, but for `origin-lbl` in place of `origin-fbl`, which shows the same: that the origin
 * had begun to answer. Undefined for any other record.
 */
export const everyField = (values: readonly string[]): readonly string[] | undefined =>
  starts.find((fields) => (values[fields.length - 1] ?? "-") !== "-" && haveForms(fields, values));

/**
 * The order of these fields in a record: CloudFront's own in a real-time log; in a standard log
 * (version 2), whose names are other ones, the given one. Undefined if it is not known, because the
 * place of a field is not.
 */
export function orderOf(names: readonly string[]): readonly string[] | undefined {
  const keys = names.map(fieldKey);
  if (names.some((name) => name.includes("(") || ["date", "time"].includes(name))) return keys;
  const places = keys.map((key) => realtimeFields.indexOf(key));
  const ordered = places.filter((place) => place >= 0);
  // In this order AWS's API lists the fields.
  if (ordered.every((place, i) => place >= (ordered[i - 1] ?? 0))) return keys;
  return ordered.length < keys.length
    ? undefined
    : realtimeFields.filter((key) => keys.includes(key));
}
