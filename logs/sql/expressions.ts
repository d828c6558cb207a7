/**
 * The facts that decide a line's cause, in SQL (Athena's dialect, Trino); `logs/` has them in JS.
 */
import { ipv4Bounds, parseCidr, privateRanges } from "../../path/networks";
import { cloudfrontAgent, cloudfrontRanges } from "../clientOrigin";
import { idPatterns, longestPath } from "../paths";
import { seenKinds, targetVersions, versionExplains, type SeenRequest } from "../targetGroup";
import { literal } from "./conditions";

/** A column with NULL in place of AWS's `-`. */
export const filled = (column: string): string => `coalesce(nullif(${column}, '-'), '')`;

/** The client's address without brackets. */
const address = "replace(replace(client_ip, '[', ''), ']', '')";

/** An IPv4 address as a number; NULL for anything else. */
export const addressNumber = `CASE WHEN regexp_like(${address}, '^[0-9]{1,3}(\\.[0-9]{1,3}){3}$') THEN
      ${[0, 1, 2, 3].map((i) => `CAST(split_part(${address}, '.', ${i + 1}) AS bigint) * ${256 ** (3 - i)}`).join(" + ")}
    END`;

/** `address_number BETWEEN … AND …` for IPv4, a text prefix for IPv6. */
function inRange(range: string): string {
  const bounds = ipv4Bounds(range);
  if (bounds !== undefined) return `address_number BETWEEN ${bounds[0]} AND ${bounds[1]}`;
  const parsed = parseCidr(range);
  if (parsed === undefined) throw new Error(`not a range of addresses: ${range}`);
  const { address: network, prefix: bits } = parsed;
  // The ranges in use end within a group of digits, so a pattern of its characters is exact.
  const digits = Buffer.from(network.toByteArray())
    .toString("hex")
    .slice(0, Math.ceil(bits / 4));
  const last = digits.slice(Math.floor(bits / 4));
  const head = digits.slice(0, Math.floor(bits / 4));
  const more = bits % 4;
  const from = parseInt(last || "0", 16);
  const choices = Array.from({ length: more === 0 ? 0 : 2 ** (4 - more) }, (_, i) =>
    (from + i).toString(16),
  );
  const text = `${head}${more === 0 ? "" : `[${choices.join("")}]`}`.replace(
    /^(\w{4})(?=\w)/,
    "$1:",
  );
  const rest = digits.length % 4 === 0 ? "" : `[0-9a-f]{${4 - (digits.length % 4)}}`;
  return `regexp_like(${address}, ${literal(`^${text}${rest}:`)})`;
}

const anyOf = (ranges: readonly string[]): string => ranges.map(inRange).join("\n        OR ");

/** Who sent a request; needs the column `address_number`. */
export const cameFrom = `CASE
      WHEN user_agent = ${literal(cloudfrontAgent)} THEN 'cloudfront'
      WHEN address_number IS NULL AND strpos(client_ip, ':') = 0 THEN 'unknown'
      WHEN ${anyOf(cloudfrontRanges)} THEN 'cloudfront'
      WHEN ${anyOf(privateRanges)} THEN 'vpc'
      ELSE 'elsewhere'
    END`;

/** What the client spoke. */
export const spoke = `CASE
      WHEN type = 'grpcs' THEN 'gRPC'
      WHEN request_proto LIKE 'HTTP/2%' THEN 'HTTP/2'
      WHEN request_proto LIKE 'HTTP/%' THEN 'HTTP/1'
      WHEN type = 'h2' THEN 'HTTP/2'
    END`;

/**
 * A path without ids. Neither engine supports lookahead, so each part first gets its own slashes,
 * which are removed at the end.
 */
export function pathGroupSql(url: string): string {
  const path = `regexp_replace(regexp_replace(${url}, '^[a-zA-Z]+://[^/?#]*', ''), '[?#].*$', '')`;
  const apart = `concat('/', replace(${path}, '/', '//'), '/')`;
  const replaced = idPatterns.reduce(
    (sql, [pattern, stands]) => `regexp_replace(${sql}, '/${pattern}/', '/${stands}/')`,
    apart,
  );
  const joined = `replace(${replaced}, '//', '/')`;
  return `coalesce(nullif(substr(substr(${joined}, 2, length(${joined}) - 2), 1, ${longestPath}), ''), '/')`;
}

function seenSql({ spoke: protocol, post, taken }: SeenRequest): string {
  const method = post ? "method = 'POST'" : "method <> 'POST'";
  const outcome = taken ? "target_status >= 0" : "target_status < 0 AND status = 464";
  return `(spoke = ${literal(protocol)} AND ${method} AND ${outcome})`;
}

/** Protocol versions that a group of requests to one target group leaves possible: `HTTP2 GRPC`. */
export const possibleVersions = `trim(concat(${targetVersions
  .map((version) => {
    const against = seenKinds.filter((seen) => !versionExplains(version, seen)).map(seenSql);
    return `
      CASE WHEN count_if(${against.join(" OR ")}) = 0 THEN '${version} ' ELSE '' END`;
  })
  .join(",")}))`;
