/** The table over a load balancer's connection logs, for AWS Glue; the reader goes by the same expression. */
import type { Column } from "./albTable";

const required: readonly (readonly [name: string, pattern: string])[] = [
  ["time", "([0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]*)"],
  ["client_ip", "([0-9a-fA-F.:]+)"],
  ["client_port", "([0-9]+)"],
  ["listener_port", "([0-9]+)"],
  ["tls_protocol", "([^ ]+)"],
  ["tls_cipher", "([^ ]+)"],
  ["tls_handshake_latency", "(-|[0-9.]+)"],
  ["leaf_client_cert_subject", '(?:"([^"]*)"|-)'],
  ["leaf_client_cert_validity", '"?([^ "]+)"?'],
  ["leaf_client_cert_serial_number", '"?([^ "]+)"?'],
  ["tls_verify_status", "(-|Success|Failed:[^ ]+)"],
  ["conn_trace_id", "([^ ]+)"],
];

/** Fields that came later, in the order in which they came. */
const later = ["tls_keyexchange", "elb", "ip_address"];

/** The columns, in the order of the expression's groups. */
export const connectionColumns: readonly Column[] = [
  ...required.map(([name]) => name),
  ...later,
].map((name) => ({ name, type: "string" }));

/**
 * The regular expression of the table (`input.regex`): lines of twelve fields and more. Access logs
 * are in the same folder: what does not match is a row of NULLs.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html#connection-log-entry-syntax
 */
export const connectionRegex =
  required.map(([, pattern]) => pattern).join(" ") +
  later.map(() => "(?: ([^ ]*)").join("") +
  "(?: .*)?" +
  ")?".repeat(later.length);
