/**
 * Saved queries in Athena with the answers of `hopwise explain`, for logs that are too large for
 * one machine. The dialect is Athena's (Trino); the tests run them on another engine and compare
 * with `explain`.
 */
import { albCauseSql, albCodeSql, connectionCauseSql, edgeCauseSql } from "./conditions";
import {
  addressNumber,
  cameFrom,
  filled,
  pathGroupSql,
  possibleVersions,
  spoke,
} from "./expressions";

/** Names of the tables in their database. */
export const tableNames = {
  loadBalancer: "load_balancer",
  connections: "connections",
  cloudfront: "cloudfront",
} as const;

/** A saved query. */
export interface SavedQuery {
  /** Short, for the list of queries. */
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Days that the queries look back, so that Athena skips older partitions. */
const daysBack = 7;

const sinceThen = `day >= date_format(current_date - INTERVAL '${daysBack}' DAY, '%Y/%m/%d')`;

/** Requests with the facts that decide their cause; `errors` are the load balancer's own. */
const requests = `-- The last ${daysBack} days; change the condition on day for others.
WITH lines AS (
  SELECT *, ${addressNumber} AS address_number
  FROM ${tableNames.loadBalancer}
  WHERE ${sinceThen} AND type IS NOT NULL
), requests AS (
  SELECT
    time, elb, target_group_arn, request_processing_time, target_processing_time,
    elb_status_code AS status,
    coalesce(TRY_CAST(target_status_code AS integer), -1) AS target_status,
    ${spoke} AS spoke,
    ${cameFrom} AS came_from,
    ${filled("request_verb")} AS method,
    ${filled("user_agent")} AS agent,
    ${filled("actions_executed")} AS actions,
    ${filled("error_reason")} AS reason,
    ${filled("classification")} AS classification,
    ${filled("target_error_code")} AS target_error,
    ${pathGroupSql("request_url")} AS path
  FROM lines
), target_groups AS (
  SELECT target_group_arn AS arn, ${possibleVersions} AS versions,
    count_if(spoke = 'gRPC' AND target_status >= 0) > 0 AS answers_grpc,
    coalesce(
      min(CASE WHEN spoke = 'HTTP/2' AND method <> 'POST' AND came_from = 'cloudfront' AND target_status >= 0 THEN substr(time, 1, 19) END)
      < max(CASE WHEN spoke = 'HTTP/1' AND target_status < 0 AND status = 464 THEN substr(time, 1, 19) END),
      false) AS lost_http2
  FROM requests
  WHERE target_group_arn <> '-'
  GROUP BY target_group_arn
), failed AS (
  SELECT *,
    ${albCauseSql} AS line_cause
  FROM requests
  WHERE (status >= 400 OR status = 0) AND target_status <> status
), errors AS (
  SELECT failed.*,
    ${albCodeSql} AS cause
  FROM failed LEFT JOIN target_groups ON target_group_arn = arn
)`;

const alb = (name: string, description: string, select: string): SavedQuery => ({
  name,
  description,
  sql: `${requests}\n${select}`,
});

/** Queries over the load balancer's access logs. */
export const albQueries: readonly SavedQuery[] = [
  alb(
    "causes",
    "Why the load balancer answered by itself, how often and since when",
    `SELECT cause, status, count(*) AS requests,
  round(100.0 * count(*) / (SELECT count(*) FROM requests), 3) AS percent,
  min(time) AS first, max(time) AS last
FROM errors
GROUP BY cause, status
ORDER BY requests DESC, cause`,
  ),
  alb(
    "464 by mismatch",
    "What the clients of a 464 spoke, where they came from, and into which target group",
    `SELECT cause, spoke, came_from, target_group_arn, count(*) AS requests
FROM errors
WHERE status = 464
GROUP BY cause, spoke, came_from, target_group_arn
ORDER BY requests DESC, cause, target_group_arn`,
  ),
  alb(
    "target groups",
    "Requests and errors of each target group, and the protocol versions that fit all that it took and refused",
    `SELECT target_group_arn, count(*) AS requests,
  count_if((status >= 400 OR status = 0) AND target_status <> status) AS load_balancer_errors,
  count_if(status >= 400 AND target_status = status) AS target_errors,
  ${possibleVersions} AS possible_versions
FROM requests
WHERE target_group_arn <> '-'
GROUP BY target_group_arn
ORDER BY load_balancer_errors DESC, requests DESC, target_group_arn`,
  ),
  alb(
    "paths",
    "Causes by path, ids taken out",
    `SELECT cause, path, count(*) AS requests
FROM errors
GROUP BY cause, path
ORDER BY requests DESC, cause, path`,
  ),
  alb(
    "over time",
    "Causes by the minute",
    `SELECT substr(time, 1, 16) AS minute, cause, count(*) AS requests
FROM errors
GROUP BY substr(time, 1, 16), cause
ORDER BY minute, cause`,
  ),
  alb(
    "clients",
    "Causes by what clients spoke, where they came from and what they call themselves",
    `SELECT cause, spoke, came_from, agent, count(*) AS requests
FROM errors
GROUP BY cause, spoke, came_from, agent
ORDER BY requests DESC, cause, agent`,
  ),
  alb(
    "targets' own errors",
    "Errors that the targets made themselves, apart from the load balancer's",
    `SELECT target_group_arn, status, count(*) AS requests
FROM requests
WHERE status >= 400 AND target_status = status
GROUP BY target_group_arn, status
ORDER BY requests DESC, target_group_arn, status`,
  ),
];

const edgeRequests = `-- The last ${daysBack} days; change the condition on hour for others.
WITH requests AS (
  SELECT
    concat(log_date, 'T', log_time, 'Z') AS time,
    CAST(sc_status AS integer) AS status,
    -- NULL where the log does not have the field.
    CASE WHEN x_edge_detailed_result_type = '-' THEN '' ELSE x_edge_detailed_result_type END
      AS detailed_result,
    ${filled("x_edge_result_type")} AS result,
    TRY_CAST(time_taken AS double) AS seconds_taken,
    -- Not among the fields of this table.
    CAST(NULL AS double) AS origin_first_byte,
    ${filled("cs_protocol")} AS protocol,
    ${filled("cs_protocol_version")} AS version,
    ${filled("cs_method")} AS method,
    ${pathGroupSql("cs_uri_stem")} AS path
  FROM ${tableNames.cloudfront}
  WHERE hour >= date_format(current_date - INTERVAL '${daysBack}' DAY, '%Y/%m/%d/00')
    AND regexp_like(sc_status, '^[0-9]+$')
), judged AS (
  SELECT *,
    ${edgeCauseSql} AS cause
  FROM requests
  WHERE NOT (status BETWEEN 100 AND 399) OR regexp_like(detailed_result, 'Error|Hung|Abort')
)`;

/** Queries over CloudFront's standard logs. */
export const edgeQueries: readonly SavedQuery[] = [
  {
    name: "CloudFront causes",
    description:
      "Errors that CloudFront made or met on its way to the origin, and the load balancer's 464",
    sql: `${edgeRequests}
SELECT cause, status, count(*) AS requests, min(time) AS first, max(time) AS last
FROM judged
WHERE cause IS NOT NULL
GROUP BY cause, status
ORDER BY requests DESC, cause, status`,
  },
  {
    name: "CloudFront paths",
    description: "The same by path, ids taken out, and by what viewers spoke",
    sql: `${edgeRequests}
SELECT cause, path, version, count(*) AS requests
FROM judged
WHERE cause IS NOT NULL
GROUP BY cause, path, version
ORDER BY requests DESC, cause, path`,
  },
];

/** Queries over the load balancer's connection logs. */
export const connectionQueries: readonly SavedQuery[] = [
  {
    name: "failed connections",
    description: "Why connections failed before a request, by the certificate that the client sent",
    sql: `-- The last ${daysBack} days; change the condition on day for others.
WITH failed AS (
  SELECT *, substr(tls_verify_status, length('Failed:') + 1) AS reason
  FROM ${tableNames.connections}
  WHERE ${sinceThen} AND tls_verify_status LIKE 'Failed:%'
), judged AS (
  SELECT *,
    ${connectionCauseSql} AS cause
  FROM failed
)
SELECT cause, reason, leaf_client_cert_subject AS subject, leaf_client_cert_validity AS validity,
  count(*) AS connections, min(time) AS first, max(time) AS last
FROM judged
GROUP BY cause, reason, leaf_client_cert_subject, leaf_client_cert_validity
ORDER BY connections DESC, cause, subject`,
  },
];
