/**
 * One line of a load balancer's connection log.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
 */
import type { FieldOf } from "../edge/entry";
import { fieldKey } from "../edge/fields";
import { printable } from "../fields";
import { clientOriginOf, type ClientOrigin } from "../clientOrigin";
import { connectionColumns, connectionRegex } from "../sql/connectionTable";
import { firstInstant } from "../time";

/** What a line says. Text that AWS writes as `-` is empty. */
export interface ConnectionEntry {
  /** Milliseconds since 1970. */
  readonly time?: number;
  readonly from: ClientOrigin;
  /** `TLSv1.3` and such; empty where no handshake took place. */
  readonly protocol: string;
  /** Subject of the client's certificate. */
  readonly subject: string;
  /** `NotBefore=…;NotAfter=…` of it. */
  readonly validity: string;
  /** `Success` or `Failed:REASON`; empty without TLS. */
  readonly status: string;
  readonly loadBalancer: string;
}

const text = (value: string | undefined): string =>
  value === undefined || value === "-" ? "" : printable(value);

const line = new RegExp(`^${connectionRegex}$`);
const keys = connectionColumns.map(({ name }) => fieldKey(name));

/** Reads a line; undefined where it is none. */
export function readConnectionEntry(candidate: string): ConnectionEntry | undefined {
  const match = line.exec(candidate);
  return match === null ? undefined : connectionOfRecord((key) => match[keys.indexOf(key) + 1]);
}

/** Reads a record by the names of its fields; undefined where it is no connection's. */
export function connectionOfRecord(field: FieldOf): ConnectionEntry | undefined {
  const status = field("tls-verify-status");
  if (status === undefined || !/^(?:-?|Success|Failed:\S+)$/.test(status)) return undefined;
  return {
    time: firstInstant(field("time"), field("timestamp")),
    from: clientOriginOf(field("client-ip")),
    protocol: text(field("tls-protocol")),
    subject: text(field("leaf-client-cert-subject")),
    validity: text(field("leaf-client-cert-validity")),
    status: text(status),
    loadBalancer: text(field("elb")),
  };
}
