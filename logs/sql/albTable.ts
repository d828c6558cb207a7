/** The table over a load balancer's access logs, for AWS Glue. */

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** Hive's type. */
  readonly type: "string" | "int" | "bigint" | "double";
}

interface Part {
  /** Columns that this part's groups fill. */
  readonly columns: readonly Column[];
  /** Regular expression with a group for each column. */
  readonly pattern: string;
}

const part = (pattern: string, ...columns: (string | [string, Column["type"]])[]): Part => ({
  pattern,
  columns: columns.map((column) =>
    typeof column === "string"
      ? { name: column, type: "string" }
      : { name: column[0], type: column[1] },
  ),
});

const word = (name: string): Part => part("([^ ]*)", name);
/** In quotes, or a bare `-`. */
const quoted = (name: string): Part => part('(?:"([^"]*)"|-)', name);
/** A word, in quotes or not. */
const perhapsQuoted = (name: string): Part => part('"?([^ "]*)"?', name);
const seconds = (name: string): Part => part("([-.0-9]*)", [name, "double"]);
const bytes = (name: string): Part => part("([-0-9]*)", [name, "bigint"]);

/** The first 29 fields, which every line has. */
const always: readonly Part[] = [
  part("(https?|h2|grpcs|wss?)", "type"),
  ...[word("time"), word("elb")],
  part("([^ ]*):([0-9]*)", "client_ip", ["client_port", "int"]),
  part("([^ ]*)[:-]([0-9]*)", "target_ip", ["target_port", "int"]),
  ...[seconds("request_processing_time"), seconds("target_processing_time")],
  seconds("response_processing_time"),
  part("([0-9]{3})", ["elb_status_code", "int"]),
  part("([0-9]{3}|-)", "target_status_code"),
  ...[bytes("received_bytes"), bytes("sent_bytes")],
  part('"([^ "]*) ?([^"]*?) ?(HTTP/[0-9.]+|-)? ?"', "request_verb", "request_url", "request_proto"),
  ...[quoted("user_agent"), word("ssl_cipher"), word("ssl_protocol"), word("target_group_arn")],
  ...[quoted("trace_id"), quoted("domain_name"), quoted("chosen_cert_arn")],
  ...[word("matched_rule_priority"), word("request_creation_time"), quoted("actions_executed")],
  ...[quoted("redirect_url"), quoted("error_reason"), quoted("target_port_list")],
  ...[quoted("target_status_code_list"), quoted("classification"), quoted("classification_reason")],
];

/** Fields that AWS added later, in the order in which they were added. */
const later: readonly Part[] = [
  ...[perhapsQuoted("conn_trace_id"), quoted("transformed_host"), quoted("transformed_uri")],
  ...[quoted("request_transform_status"), perhapsQuoted("ip_address")],
  ...[perhapsQuoted("target_error_code"), perhapsQuoted("elb_error_code")],
];

/** The columns, in the order of the groups. If the numbers differ, every value is NULL. */
export const albColumns: readonly Column[] = [...always, ...later].flatMap(
  ({ columns }) => columns,
);

/**
 * The regular expression of the table (`input.regex`): it matches lines of 29 or more fields,
 * including fields that AWS adds later. A line that does not match (of a connection log in the same
 * folder) is a row of NULLs.
 * https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table.html
 */
export const albRegex =
  always.map(({ pattern }) => pattern).join(" ") +
  later.map(({ pattern }) => `(?: ${pattern}`).join("") +
  "(?: .*)?" +
  ")?".repeat(later.length);
