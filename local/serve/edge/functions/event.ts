/**
 * The event for a CloudFront Function, and its result. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
import { STATUS_CODES } from "node:http";
import type { Header } from "../../http/headers";
import type { CacheRequest } from "../cache/key";
import type { Outcome } from "../outcome";
import type { Viewer } from "../viewer";

interface Value {
  value: string;
  multiValue?: { value: string }[];
  /** Only in a response's cookies. */
  attributes?: string;
}

type Values = Record<string, Value>;

interface EventRequest {
  method: string;
  uri: string;
  querystring: Values;
  headers: Values;
  cookies: Values;
}

interface EventResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: Values;
  cookies?: Values;
  body?: string | { encoding?: string; data: string };
}

/** A function's argument: the request, and the response in `viewer-response`. */
export interface FunctionEvent {
  readonly version: "1.0";
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: "viewer-request" | "viewer-response";
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: EventRequest;
  readonly response?: EventResponse;
}

/** A function returned a result that CloudFront does not accept. */
export class InvalidResult extends Error {}

/** Headers that a function does not see and may not add: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html */
const disallowed =
  /^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-amzn-(auth|cf-.*|errortype|fle-profile|header-.*|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;
/** Read-only headers: of requests, and of responses. */
const readOnly = {
  request: ["content-length", "host", "transfer-encoding", "via"],
  response: ["transfer-encoding", "via"],
} as const;

/** The event of a request, and of its response. */
export function eventOf(o: {
  readonly request: CacheRequest;
  readonly viewer: Viewer;
  readonly distribution: { readonly domainName: string; readonly id: string };
  readonly requestId: string;
  readonly response?: Pick<Outcome, "status" | "headers">;
}): FunctionEvent {
  const { request, viewer, distribution, requestId, response } = o;
  return {
    version: "1.0",
    context: {
      distributionDomainName: distribution.domainName,
      distributionId: distribution.id,
      eventType: response ? "viewer-response" : "viewer-request",
      requestId,
    },
    viewer: { ip: viewer.address },
    request: requestOf(request, viewer),
    ...(response && { response: responseOf(response) }),
  };
}

function requestOf({ method, path, headers }: CacheRequest, viewer: Viewer): EventRequest {
  const at = path.indexOf("?");
  const query = at < 0 ? "" : path.slice(at + 1);
  const cookies = headers.filter(([n]) => n.toLowerCase() === "cookie").map(([, v]) => v);
  return {
    method,
    uri: at < 0 ? path : path.slice(0, at),
    querystring: valuesOf(query.split("&").filter(Boolean).map(split)),
    headers: valuesOf([
      ["host", viewer.host],
      ...visible(headers).filter(([name]) => name !== "host"),
    ]),
    cookies: valuesOf(cookies.flatMap((c) => c.split(";")).map((c) => split(c.trim()))),
  };
}

function responseOf({ status, headers }: Pick<Outcome, "status" | "headers">): EventResponse {
  const cookies = headers.filter(([n]) => n.toLowerCase() === "set-cookie").map(([, v]) => v);
  const values: Values = {};
  for (const cookie of cookies) {
    const [first = "", ...attributes] = cookie.split(";").map((part) => part.trim());
    const [name, value] = split(first);
    values[name] = { value, attributes: attributes.join("; ") };
  }
  return {
    statusCode: status,
    statusDescription: STATUS_CODES[status] ?? "",
    headers: valuesOf(visible(headers)),
    cookies: values,
  };
}

/** Headers that a function sees, by lower-case names; cookies are separate. */
const visible = (headers: readonly Header[]): Header[] =>
  headers
    .map(([name, value]): Header => [name.toLowerCase(), value])
    .filter(([name]) => !disallowed.test(name) && !/^(set-)?cookie$/.test(name));

function split(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** A name with several values has all of them in `multiValue`. */
function valuesOf(list: readonly (readonly [string, string])[]): Values {
  const values: Values = {};
  for (const [name, value] of list) {
    const before = values[name];
    if (before === undefined) values[name] = { value };
    else before.multiValue = [...(before.multiValue ?? [{ value: before.value }]), { value }];
  }
  return values;
}

/**
 * The result of a viewer-request function: a changed request, or a response. @throws
 * {InvalidResult}
 */
export function requestFrom(result: unknown, before: CacheRequest): CacheRequest | Outcome {
  const bag = bagOf(result);
  if ("statusCode" in bag) return generated(bag as unknown as EventResponse);
  const request = bag as unknown as Partial<EventRequest>;
  const { uri } = request;
  if (typeof uri !== "string" || !uri.startsWith("/")) {
    throw new InvalidResult("request.uri is a path that starts with a slash");
  }
  const query = listOf(request.querystring, "request.querystring")
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`))
    .join("&");
  const cookies = listOf(request.cookies, "request.cookies").map(([n, v]) => `${n}=${v}`);
  const kept = before.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return disallowed.test(lower) || (readOnly.request as readonly string[]).includes(lower);
  });
  return {
    // The method cannot be changed.
    method: before.method,
    path: query === "" ? uri : `${uri}?${query}`,
    headers: [
      ...kept,
      ...headersFrom(request.headers, "request.headers", readOnly.request),
      ...(cookies.length > 0 ? [["cookie", cookies.join("; ")] as const] : []),
    ],
  };
}

/** The result of a viewer-response function; the body stays. @throws {InvalidResult} */
export function responseFrom(result: unknown, before: Outcome): Outcome {
  const made = generated(bagOf(result) as unknown as EventResponse);
  const kept = before.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return disallowed.test(lower) || (readOnly.response as readonly string[]).includes(lower);
  });
  return {
    ...before,
    status: made.status,
    reason: made.reason,
    headers: [...kept, ...made.headers],
  };
}

function generated(response: EventResponse): Outcome {
  const status: unknown = response.statusCode;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new InvalidResult("response.statusCode is a number from 200 to 599");
  }
  const { body } = response;
  const data = typeof body === "object" ? body.data : (body ?? "");
  const encoding = typeof body === "object" && body.encoding === "base64" ? "base64" : "utf8";
  const cookies = Object.entries(response.cookies ?? {}).map(
    ([name, { value, attributes }]) =>
      ["Set-Cookie", `${name}=${value}${attributes ? `; ${attributes}` : ""}`] as const,
  );
  return {
    status,
    reason: response.statusDescription,
    headers: [...headersFrom(response.headers, "response.headers", readOnly.response), ...cookies],
    body: Buffer.from(data, encoding),
    result: "FunctionGeneratedResponse",
  };
}

function headersFrom(values: unknown, where: string, fixed: readonly string[]): Header[] {
  return listOf(values, where).flatMap(([name, value]): Header[] => {
    if (name !== name.toLowerCase()) {
      throw new InvalidResult(`${where}: "${name}" must be lower case`);
    }
    if (disallowed.test(name)) throw new InvalidResult(`${where}: "${name}" is not allowed`);
    return fixed.includes(name) ? [] : [[name, value]];
  });
}

/** Names with their values, one entry per value. */
function listOf(values: unknown, where: string): [string, string][] {
  if (values === undefined) return [];
  return Object.entries(bagOf(values, where)).flatMap(([name, entry]): [string, string][] => {
    const { value, multiValue } = bagOf(entry, `${where}.${name}`) as Partial<Value>;
    const all = multiValue?.map((one) => one.value) ?? [value];
    return all.map((text) => {
      if (typeof text !== "string") {
        throw new InvalidResult(`${where}.${name} is an object with a text as its value`);
      }
      return [name, text];
    });
  });
}

function bagOf(value: unknown, where = "what the function returns"): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidResult(`${where} is no object`);
  }
  return value as Record<string, unknown>;
}
