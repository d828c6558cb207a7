/** The conditions of causes as SQL, in Athena's dialect (Trino). */
import { albCauses } from "../causes/alb";
import type { AlbFacts } from "../causes/albFacts";
import type { AnyCondition } from "../causes/condition";
import { connectionCauses } from "../causes/connection";
import type { ConnectionFacts } from "../causes/connectionFacts";
import { edgeCauses } from "../causes/edge";
import type { EdgeLogFacts } from "../causes/edgeFacts";
import { narrowByGroup, type GroupFacts } from "../causes/narrowByGroup";
import { targetVersions } from "../targetGroup";

/** Text as an SQL literal. */
export const literal = (value: string | number): string =>
  typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** Text within LIKE, where `_` and `%` are wildcards. */
const like = (before: string, text: string, after: string): string =>
  `LIKE ${literal(`${before}${text}${after}`)}`;

/** Columns of `requests` (queries.ts) with the facts of causes. NULL is JavaScript's undefined. */
const albColumns: Readonly<Record<keyof AlbFacts, string>> = {
  status: "status",
  spoke: "spoke",
  method: "method",
  from: "came_from",
  requestTime: "request_processing_time",
  targetTime: "target_processing_time",
  targetStatus: "target_status",
  actions: "actions",
  errorReason: "reason",
  classification: "classification",
  targetError: "target_error",
};

const edgeColumns: Readonly<Record<keyof EdgeLogFacts, string>> = {
  status: "status",
  detailedResult: "detailed_result",
  result: "result",
  protocol: "protocol",
  method: "method",
  timeTaken: "seconds_taken",
  originFirstByte: "origin_first_byte",
};

function sqlOf(condition: AnyCondition, columns: Readonly<Record<string, string>>): string {
  const column = columns[String(condition.field)] ?? String(condition.field);
  const { is, isNot, oneOf, noneOf, absent, below, atLeast, begins, ends, has } = condition;
  if (absent) return `${column} IS NULL`;
  if (is !== undefined) return `${column} = ${literal(is)}`;
  if (isNot !== undefined) return `${column} <> ${literal(isNot)}`;
  if (oneOf !== undefined) return `${column} IN (${oneOf.map(literal).join(", ")})`;
  if (noneOf !== undefined) return `${column} NOT IN (${noneOf.map(literal).join(", ")})`;
  if (below !== undefined) return `${column} < ${below}`;
  if (atLeast !== undefined) return `${column} >= ${atLeast}`;
  if (begins !== undefined) return `${column} ${like("", begins, "%")}`;
  if (ends !== undefined) return `${column} ${like("%", ends, "")}`;
  return `${column} ${like("%", has ?? "", "%")}`;
}

interface Row {
  readonly code: string;
  readonly when: readonly unknown[];
}

function caseOf(rows: readonly Row[], columns: Readonly<Record<string, string>>): string {
  const branches = rows.map(({ code, when }) => {
    const all = (when as readonly AnyCondition[]).map((condition) => sqlOf(condition, columns));
    return `      WHEN ${all.join(" AND ") || "TRUE"} THEN ${literal(code)}`;
  });
  return ["CASE", ...branches, "    END"].join("\n");
}

/**
 * The cause of a line of the load balancer's log, as an expression over the columns of `requests`.
 */
export const albCauseSql = caseOf(albCauses, albColumns);

/** The cause of an error; NULL if the error is the origin's. */
export const edgeCauseSql = caseOf(edgeCauses, edgeColumns);

const connectionColumns: Readonly<Record<keyof ConnectionFacts, string>> = { reason: "reason" };

/** Why a connection failed, as an expression over what follows `Failed:`. */
export const connectionCauseSql = caseOf(connectionCauses, connectionColumns);

const subsets = targetVersions.reduce<(typeof targetVersions)[]>(
  (sets, version) => [...sets, ...sets.map((set) => [...set, version])],
  [[]],
);

/** What the log shows of a target group, as far as codes depend on it. */
const groups: readonly GroupFacts[] = subsets
  .filter((versions) => versions.length > 0)
  .flatMap((versions) =>
    [true, false].flatMap((answersGrpc) =>
      [true, false].map((lostHttp2) => ({ versions, answersGrpc, lostHttp2, answered: true })),
    ),
  );

/**
 * The code under which a cause is reported, which can depend on the target group: an expression
 * over `line_cause`, `versions`, `answers_grpc` and `lost_http2`.
 */
export const albCodeSql = [
  "CASE",
  ...[...new Map(albCauses.map((cause) => [cause.code, cause])).values()].flatMap((cause) =>
    groups.flatMap((group) => {
      const { code } = narrowByGroup(cause, group);
      if (code === cause.code) return [];
      const { versions, answersGrpc, lostHttp2 } = group;
      const conditions = [
        `line_cause = ${literal(cause.code)}`,
        `versions = ${literal(versions.join(" "))}`,
        `answers_grpc = ${String(answersGrpc)}`,
        `lost_http2 = ${String(lostHttp2)}`,
      ];
      return [`      WHEN ${conditions.join(" AND ")} THEN ${literal(code)}`];
    }),
  ),
  "      ELSE line_cause",
  "    END",
].join("\n");
