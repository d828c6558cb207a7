/** One line of CloudFront's standard logs. */
import { printable } from "../fields";
import { firstInstant } from "../time";

/** What a line says; undefined where the log has no such field, empty for `-`. */
export interface EdgeEntry {
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** 0 for `000`: the viewer closed before the answer. */
  readonly status: number;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  /** `http`, `https`, `ws`, `wss` or `grpcs`. */
  readonly protocol?: string;
  /** What the viewer spoke, e.g. `HTTP/2.0`. */
  readonly version?: string;
  readonly userAgent?: string;
  /** How CloudFront classified its answer, e.g. `Miss`, `Error`. */
  readonly result?: string;
  /** The same in more detail, e.g. `OriginConnectError`; no other field says who made an error. */
  readonly detailedResult?: string;
  /** Seconds from the viewer's request to the last byte of the answer. */
  readonly timeTaken?: number;
  /** Seconds until the origin's first byte (`origin-fbl`); absent where none came. */
  readonly originFirstByte?: number;
}

/** A field by its key (`fieldKey`); undefined where the log has none of it. */
export type FieldOf = (key: string) => string | undefined;

const text = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : value === "-" ? "" : printable(value);

function seconds(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** CloudFront percent-encodes spaces and other signs, sometimes twice (`%2520`). */
function decoded(value: string | undefined): string | undefined {
  if (!value?.includes("%")) return text(value);
  try {
    return text(decodeURIComponent(decodeURIComponent(value)));
  } catch {
    return text(value);
  }
}

function timeOf(field: FieldOf): number | undefined {
  // The tables of `logs/sql/` name them otherwise: both are words of SQL's.
  const date = field("date") ?? field("log-date");
  const time = field("time") ?? field("log-time");
  // CloudWatch Logs Insights has a time of its own, `@timestamp`, for people.
  return firstInstant(`${date}T${time}`, field("timestamp-ms"), field("timestamp"), time);
}

/** Reads a line's fields; undefined where there is no status among them. */
export function edgeEntryOf(field: FieldOf): EdgeEntry | undefined {
  const status = field("sc-status");
  if (status === undefined || !/^(\d{3}|0)$/.test(status)) return undefined;
  return {
    time: timeOf(field),
    status: Number(status),
    method: text(field("cs-method")),
    path: text(field("cs-uri-stem")),
    host: text(field("x-host-header") ?? field("cs-host")),
    protocol: text(field("cs-protocol")),
    version: text(field("cs-protocol-version")),
    userAgent: decoded(field("cs-user-agent")),
    result: text(field("x-edge-result-type")),
    detailedResult: text(field("x-edge-detailed-result-type")),
    timeTaken: seconds(field("time-taken")),
    originFirstByte: seconds(field("origin-fbl")),
  };
}
