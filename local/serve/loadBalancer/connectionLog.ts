/**
 * Lines of connection logs: 15 fields each.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
 */
import type { Connection, Handshake } from "../http/acceptor";
import { logTime, quoted } from "./logFile";

/** An established connection, or a failed handshake. */
export interface ConnectionRecord {
  readonly time: number;
  readonly client: string;
  readonly clientPort: number;
  readonly listenerPort: number;
  readonly secure?: Connection["secure"];
  readonly handshake?: Handshake;
  readonly connectionId: string;
  /** `app/name/id` */
  readonly loadBalancer: string;
  readonly nodeAddress: string;
}

/**
 * One line, without its end. There are no client certificates here, and OpenSSL hides the key
 * exchange.
 */
export function formatConnection(e: ConnectionRecord): string {
  const { secure, handshake } = e;
  const failed = handshake?.error !== undefined;
  return [
    logTime(e.time),
    e.client,
    e.clientPort,
    e.listenerPort,
    secure?.version ?? "-",
    secure?.cipher ?? "-",
    handshake && !failed ? (handshake.milliseconds / 1000).toFixed(3) : "-",
    quoted(undefined),
    "-",
    "-",
    // AWS's generic reason.
    handshake === undefined ? "-" : failed ? "Failed:UnmappedConnectionError" : "Success",
    e.connectionId,
    "-",
    e.loadBalancer,
    e.nodeAddress,
  ].join(" ");
}
