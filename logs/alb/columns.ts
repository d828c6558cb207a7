/**
 * The fields of an access log line of an Application Load Balancer, in order. AWS adds fields at
 * the end, sometimes before it documents them, so a reader takes any number from 29 on.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-syntax
 */
export const albFields = [
  ...(["type", "time", "elb", "client:port", "target:port"] as const),
  ...(["request_processing_time", "target_processing_time", "response_processing_time"] as const),
  ...(["elb_status_code", "target_status_code", "received_bytes", "sent_bytes"] as const),
  ...(["request", "user_agent", "ssl_cipher", "ssl_protocol"] as const),
  ...(["target_group_arn", "trace_id", "domain_name", "chosen_cert_arn"] as const),
  ...(["matched_rule_priority", "request_creation_time", "actions_executed"] as const),
  ...(["redirect_url", "error_reason", "target:port_list", "target_status_code_list"] as const),
  ...(["classification", "classification_reason", "conn_trace_id"] as const),
  ...(["transformed_host", "transformed_uri", "request_transform_status"] as const),
  ...(["ip_address", "target_error_code", "elb_error_code"] as const),
] as const;

export type AlbField = (typeof albFields)[number];

/** The last field that is needed to count an answered request; only errors are read to the end. */
export const countedFields = albFields.indexOf("target_group_arn") + 1;

/** Fields of the oldest format still in use, which ends with `classification_reason`. */
export const fewestFields = albFields.indexOf("classification_reason") + 1;

/** What a client spoke, as the first field says it. */
export const requestTypes = ["http", "https", "h2", "grpcs", "ws", "wss"] as const;

export type RequestType = (typeof requestTypes)[number];

/** Place of a field in the line, from 0. */
export const columnIndex = Object.fromEntries(
  albFields.map((field, index) => [field, index]),
) as Readonly<Record<AlbField, number>>;
