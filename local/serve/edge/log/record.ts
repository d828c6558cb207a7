/**
 * A request in CloudFront's standard log. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
import { edgeFields } from "../../../../logs/edge/fields";
import { isGrpc } from "../../../../path/protocols";
import { type Header, size, value } from "../../http/headers";
import type { EdgeLogDestination } from "../../../../topology/types";
import { pop } from "../headers";
import type { EdgeRequestContext } from "../requestContext";

/** The data of a record: a finished request. */
export interface FinishedRequest {
  readonly context: Omit<EdgeRequestContext, "request" | "response" | "clientAbort">;
  readonly distribution: { readonly id: string; readonly domainName: string };
  readonly pathPattern: string;
  /** Milliseconds since 1970. */
  readonly ended: number;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** Values of which several fields are parts. */
interface Parts {
  /** ISO 8601. */
  readonly stamp: string;
  readonly stem: string;
  readonly query: string;
}

function partsOf({ context: { path }, ended }: FinishedRequest): Parts {
  const at = path.indexOf("?");
  const [stem, query] = at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at + 1)];
  return { stamp: new Date(ended).toISOString(), stem, query };
}

/** The value of a field; undefined or empty if it has none here. */
function fieldOf(
  name: string,
  { context, distribution, pathPattern, ended }: FinishedRequest,
  { stamp, stem, query }: Parts,
): string | undefined {
  const { viewer, headers, path } = context;
  switch (name) {
    case "date":
      return stamp.slice(0, 10);
    case "time":
      return stamp.slice(11, 19);
    case "timestamp":
      return String(Math.floor(ended / 1000));
    case "timestamp(ms)":
      return String(ended);
    case "x-edge-location":
      return pop;
    case "sc-bytes":
      return String(context.sentBytes);
    case "c-ip":
      return viewer.address;
    case "c-port":
      return String(viewer.port);
    case "cs-method":
      return context.method;
    case "cs(Host)":
      return distribution.domainName;
    case "x-host-header":
      return viewer.host;
    case "cs-uri-stem":
      return stem;
    case "cs-uri-query":
      return query;
    case "sc-status":
      return context.status === 0 ? "000" : String(context.status);
    case "cs(Referer)":
      return value(headers, "referer");
    case "cs(User-Agent)":
      return value(headers, "user-agent");
    case "cs(Cookie)":
      return value(headers, "cookie");
    case "x-forwarded-for":
      return value(headers, "x-forwarded-for");
    case "x-edge-request-id":
      return context.requestId;
    case "x-edge-result-type":
    case "x-edge-response-result-type":
      return context.status === 0 ? "Error" : context.result;
    case "x-edge-detailed-result-type":
      return detail(context);
    case "cs-protocol":
      return protocolOf(context);
    case "cs-protocol-version":
      return viewer.protocol.includes(".") ? viewer.protocol : `${viewer.protocol}.0`;
    case "cs-bytes":
      return String(size(headers) + path.length + Number(value(headers, "content-length") ?? 0));
    case "time-taken":
      return seconds(ended - context.started);
    case "time-to-first-byte":
      return seconds((context.respondedAt ?? ended) - context.started);
    case "ssl-protocol":
      return context.connection.secure?.version;
    case "ssl-cipher":
      return context.connection.secure?.cipher;
    case "cache-behavior-path-pattern":
      return pathPattern;
    case "distributionid":
    case "DistributionId":
      return distribution.id;
    default:
      return answerField(name, context.responseHeaders);
  }
}

function answerField(name: string, headers: readonly Header[]): string | undefined {
  if (name === "sc-content-type") return value(headers, "content-type");
  if (name === "sc-content-len") return value(headers, "content-length");
  const range = /^bytes (\d+)-(\d+)\//.exec(value(headers, "content-range") ?? "");
  if (name === "sc-range-start") return range?.[1];
  return name === "sc-range-end" ? range?.[2] : undefined;
}

const details = {
  connect: "OriginConnectError",
  "read-timeout": "OriginCommError",
  closed: "OriginReadError",
  malformed: "OriginInvalidResponseError",
} as const;

/** Errors have a detailed result type; everything else has its result. */
function detail({ status, result, failure }: FinishedRequest["context"]): string {
  if (status === 0) return "ClientHungUpRequest";
  return failure ? details[failure] : result;
}

function protocolOf({ status, viewer, headers }: FinishedRequest["context"]): string {
  const secure = viewer.scheme === "https";
  if (status === 101) return secure ? "wss" : "ws";
  if (secure && isGrpc(value(headers, "content-type"))) return "grpcs";
  return viewer.scheme;
}

/** Replaces separators and line ends, which would end a field. */
function encoded(text: string): string {
  return misread.test(text) ? text.replace(allMisread, encodeURIComponent) : text;
}

const misread = /[\s"\\<>^`{|}]|[^\x20-\x7e]/;
const allMisread = new RegExp(misread, "g");

/** The fields of a delivery, in their order. */
function fieldsOf({ fields }: Pick<EdgeLogDestination, "fields">): readonly string[] {
  return fields.length > 0 ? fields : edgeFields;
}

/** The header lines of a file, for `w3c` only. */
export function headerOf(delivery: EdgeLogDestination): string | undefined {
  if (delivery.format !== "w3c") return undefined;
  return `#Version: 1.0\n#Fields: ${fieldsOf(delivery).join(" ")}`;
}

/** One record in the delivery's format. */
export function formatRecord(logged: FinishedRequest, delivery: EdgeLogDestination): string {
  const parts = partsOf(logged);
  const names = fieldsOf(delivery);
  const values = names.map((name) => {
    const text = fieldOf(name, logged, parts);
    return text === undefined || text === "" ? "-" : encoded(text);
  });
  return delivery.format === "json"
    ? JSON.stringify(Object.fromEntries(names.map((name, i) => [name, values[i]])))
    : values.join(delivery.delimiter);
}
