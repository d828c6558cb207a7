/** Log records with named fields, from exports and queries: JSON, and tables with a header. */
import { albFields } from "./alb/columns";
import { albEntryOf, type AlbEntry } from "./alb/entry";
import { connectionOfRecord, type ConnectionEntry } from "./connections/entry";
import { edgeEntryOf, type EdgeEntry, type FieldOf } from "./edge/entry";
import { fieldKey } from "./edge/fields";
import { firstInstant } from "./time";

/** What a record is. */
export type LogRecord =
  | { readonly alb: AlbEntry }
  | { readonly edge: EdgeEntry }
  | { readonly connection: ConnectionEntry }
  /** Why the record cannot be used. */
  | { readonly problem: string };

/** Fields that name a log's records, whatever else they hold: at least one of them is in each. */
const identifyingKeys = ["elb-status-code", "sc-status", "tls-verify-status"] as const;

/**
 * CloudFront's fields as AWS's guide to Athena called the columns of legacy logs for years. Only
 * with one of `olderResults` they are CloudFront's: many tables have a `status`.
 */
const olderNames: Readonly<Record<string, string>> = {
  "cs-method": "method",
  "cs-host": "host",
  "cs-uri-stem": "uri",
  "sc-status": "status",
  "cs-user-agent": "user-agent",
  "x-edge-result-type": "result-type",
  "x-host-header": "host-header",
  "cs-protocol": "request-protocol",
  "cs-protocol-version": "http-version",
};
const olderResults = ["x-edge-detailed-result-type", "response-result-type", "result-type"];

/** True for columns of a table whose rows are records of a log. */
export function areOfLog(keys: readonly string[]): boolean {
  return (
    identifyingKeys.some((key) => keys.includes(key)) ||
    (keys.includes("status") && olderResults.some((key) => keys.includes(key)))
  );
}

function newerNames(field: FieldOf): FieldOf {
  const areOlder =
    field("sc-status") === undefined && olderResults.some((key) => field(key) !== undefined);
  return areOlder ? (key) => field(key) ?? field(olderNames[key] ?? key) : field;
}

const albKeys = albFields.map(fieldKey);

/** `address:port`, which is one field or two in exports. */
function peer(field: FieldOf, who: "client" | "target"): string | undefined {
  const port = field(`${who}-port`);
  const address = field(`${who}-ip`) ?? field(`${who}-ip-port`) ?? field(who);
  if (address === undefined) return port?.includes(":") ? port : undefined;
  if (address === "" || address === "-" || !port || port === "-") return address || "-";
  return address.endsWith(`:${port}`) ? address : `${address}:${port}`;
}

function requestOf(field: FieldOf): string | undefined {
  const whole = field("request") ?? field("request-line");
  if (whole !== undefined) return whole;
  const parts = ["verb", "url", "proto"].flatMap((part) => field(`request-${part}`) ?? []);
  return parts.length === 0 ? undefined : parts.join(" ");
}

/** A status as the log itself writes it; where nothing answered, exports leave it empty. */
const statusText = (value: string): string => (value === "" ? "-" : value.padStart(3, "0"));

function albRecord(field: FieldOf): LogRecord | undefined {
  const status = field("elb-status-code");
  if (status === undefined) return undefined;
  const targetStatus = field("target-status-code");
  if (targetStatus === undefined)
    return { problem: "without target_status_code, which says who made an error: select it, too" };
  const special: Readonly<Record<string, () => string | undefined>> = {
    "elb-status-code": () => statusText(status),
    "target-status-code": () => (targetStatus === "-" ? "-" : statusText(targetStatus)),
    "client-port": () => peer(field, "client"),
    "target-port": () => peer(field, "target"),
    request: () => requestOf(field),
    "error-reason": () => field("error-reason") ?? field("lambda-error-reason"),
  };
  const entry = albEntryOf((index) => {
    const key = albKeys[index] ?? "";
    return (special[key] ?? (() => field(key)))();
  });
  // CloudWatch Logs Insights has a time of its own, `@timestamp`, for people.
  const times = ["time", "request-creation-time", "timestamp"].map(field);
  return entry && { alb: { ...entry, time: firstInstant(...times) } };
}

/** Names that queries give to counts, sums and such, which are of many requests. */
const aggregated = /^(?:count|cnt|requests|col\d+|(?:count|sum|avg|min|max|pct|approx)-.*)$/;

/** True for the fields of a row that is not of one request. */
const areAggregated = (keys: readonly string[]): boolean =>
  keys.some((key) => aggregated.test(key));

/**
 * The record that these fields are; undefined if it is not of a log.
 *
 * @param keys names of all its fields
 */
export function recordOf(field: FieldOf, keys: readonly string[]): LogRecord | undefined {
  const record = requestOrConnection(field);
  return record !== undefined && areAggregated(keys)
    ? { problem: "a count of requests, not one: select the requests without count(*) and GROUP BY" }
    : record;
}

function requestOrConnection(field: FieldOf): LogRecord | undefined {
  const alb = albRecord(field);
  if (alb !== undefined) return alb;
  const edge = edgeEntryOf(newerNames(field));
  if (edge !== undefined) return { edge };
  const connection = connectionOfRecord(field);
  return connection && { connection };
}
