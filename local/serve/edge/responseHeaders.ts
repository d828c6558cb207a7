/**
 * A response headers policy, applied to a response. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
import { type Header, value, withHeader, without } from "../http/headers";
import { matchesWildcard } from "../../../topology/patterns";
import type { CorsPolicy, ResponseHeadersPolicy } from "../../../topology/types";

/** The response's headers after the policy's removals, settings and CORS. */
export function applyPolicy(
  received: readonly Header[],
  policy: ResponseHeadersPolicy,
  request: { readonly method: string; readonly headers: readonly Header[] },
): Header[] {
  const kept = without(received, ...policy.remove);
  const added = [...policy.set, ...(policy.cors ? corsHeaders(policy.cors, request) : [])];
  return added.reduce<Header[]>(
    (headers, { name, value: text, override }) =>
      override || value(headers, name) === undefined ? withHeader(headers, name, text) : headers,
    kept,
  );
}

function corsHeaders(
  cors: CorsPolicy,
  { method, headers }: { readonly method: string; readonly headers: readonly Header[] },
): { readonly name: string; readonly value: string; readonly override: boolean }[] {
  const origin = value(headers, "origin");
  const allowed = origin === undefined ? undefined : allowedOrigin(cors.origins, origin);
  if (allowed === undefined) return [];
  const preflight =
    method === "OPTIONS" && value(headers, "access-control-request-method") !== undefined;
  const list: readonly (readonly [string, string | undefined])[] = [
    ["Access-Control-Allow-Origin", allowed],
    ["Access-Control-Allow-Credentials", cors.credentials ? "true" : undefined],
    ["Access-Control-Expose-Headers", joined(cors.exposes)],
    ...(preflight
      ? ([
          ["Access-Control-Allow-Methods", joined(cors.methods)],
          ["Access-Control-Allow-Headers", joined(cors.headers)],
          ["Access-Control-Max-Age", cors.maxAgeSeconds?.toString()],
        ] as const)
      : []),
    // Responses for one origin must not be reused for another.
    ["Vary", allowed === "*" ? undefined : "Origin"],
  ];
  return list.flatMap(([name, text]) =>
    text === undefined ? [] : [{ name, value: text, override: cors.override }],
  );
}

/** The value for an origin; patterns may have wildcards, with or without a scheme. */
function allowedOrigin(patterns: readonly string[], origin: string): string | undefined {
  if (patterns.includes("*")) return "*";
  const plain = origin.replace(/^https?:\/\//, "");
  const found = patterns.some((pattern) =>
    matchesWildcard(pattern, pattern.includes("://") ? origin : plain),
  );
  return found ? origin : undefined;
}

function joined(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join(", ");
}
