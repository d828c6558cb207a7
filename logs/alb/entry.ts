/** One line of an access log, read in full, which only lines that need an explanation are. */
import { clientOriginOf, type ClientOrigin } from "../clientOrigin";
import { printable } from "../fields";
import { requestTypes, type RequestType } from "./columns";

/**
 * The values of a line. Undefined: the line was cut before that field, or the field is illegible.
 * Text that AWS writes as `-` is empty.
 */
export interface AlbEntry {
  readonly type?: RequestType;
  /** Milliseconds since 1970. */
  readonly time?: number;
  readonly loadBalancer?: string;
  readonly client?: string;
  readonly from: ClientOrigin;
  /** `address:port`, or empty where no target was chosen. */
  readonly target?: string;
  /** Seconds; -1 if this step was not reached. */
  readonly requestTime?: number;
  readonly targetTime?: number;
  readonly responseTime?: number;
  /** 0 for `000`. */
  readonly status: number;
  /** -1 for `-`: no answer of a target. */
  readonly targetStatus: number;
  readonly method?: string;
  readonly url?: string;
  /** The client's protocol as the request says it; `HTTP/2` however it is written. */
  readonly version?: string;
  readonly userAgent?: string;
  readonly targetGroup?: string;
  readonly actions?: string;
  readonly errorReason?: string;
  readonly classification?: string;
  readonly classificationReason?: string;
  /** HTTP/2 error code of a stream that the target reset, in hexadecimal. */
  readonly targetError?: string;
  readonly elbError?: string;
}

/** `-` means no value, quoted or not. */
const text = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : value === "-" ? "" : printable(value);

function seconds(value: string | undefined): number | undefined {
  if (value === undefined || !/^-?\d+(\.\d+)?(E-?\d+)?$/.test(value)) return undefined;
  return Number(value);
}

/** A status as AWS writes it; -1 for `-`, undefined for what is none. */
export function parseStatus(value: string | undefined): number | undefined {
  if (value === "-") return -1;
  return value !== undefined && /^\d{3}$/.test(value) ? Number(value) : undefined;
}

/** `HTTP/2.0` and `HTTP/2` are one; gRPC's request line says the same. */
function versionOf(version: string | undefined): string | undefined {
  if (version === undefined || !/^HTTP\/\d/.test(version)) return undefined;
  return version.startsWith("HTTP/2") ? "HTTP/2" : version;
}

/** The parts of a request line: `METHOD URL VERSION`, of which a URL may hold spaces. */
export function requestParts(
  request: string | undefined,
): Pick<AlbEntry, "method" | "url" | "version"> {
  if (request === undefined) return {};
  const match = /^(\S+) (.*?)(?: (HTTP\/[\d.]+|-))? ?$/s.exec(request);
  const [, method, url, version] = match ?? [];
  return {
    method: text(method),
    url: url === undefined ? undefined : printable(url),
    version: versionOf(version),
  };
}

/** Reads the fields of a whole line, given by their place in it. */
export function albEntryOf(field: (index: number) => string | undefined): AlbEntry | undefined {
  const status = parseStatus(field(8));
  const targetStatus = parseStatus(field(9));
  if (status === undefined || status === -1 || targetStatus === undefined) return undefined;
  const type = field(0) as RequestType;
  const userAgent = text(field(13));
  const client = text(field(3));
  return {
    type: requestTypes.includes(type) ? type : undefined,
    loadBalancer: text(field(2)),
    client,
    from: clientOriginOf(client, userAgent),
    target: text(field(4)),
    requestTime: seconds(field(5)),
    targetTime: seconds(field(6)),
    responseTime: seconds(field(7)),
    status,
    targetStatus,
    ...requestParts(field(12)),
    userAgent,
    targetGroup: text(field(16)),
    actions: text(field(22)),
    errorReason: text(field(24)),
    classification: text(field(27)),
    classificationReason: text(field(28)),
    // Lines of older formats end before these.
    targetError: text(field(34) ?? "-"),
    elbError: text(field(35) ?? "-"),
  };
}
