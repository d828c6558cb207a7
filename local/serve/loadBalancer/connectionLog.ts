/**
 * Lines of connection logs: 15 fields each.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
 */
import type { Connection, Handshake } from "../http/acceptor";
import { distinguishedName, validity } from "./clientCertificate";
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

/** One line, without its end. OpenSSL hides the key exchange. */
export function formatConnection(e: ConnectionRecord): string {
  const { secure, handshake } = e;
  const failed = handshake?.error !== undefined;
  const [leaf] = secure?.clientChain ?? [];
  // OpenSSL's own codes are not AWS's.
  const reason = handshake?.error?.startsWith("ClientCert") ? handshake.error : undefined;
  return [
    logTime(e.time),
    e.client,
    e.clientPort,
    e.listenerPort,
    secure?.version ?? "-",
    secure?.cipher ?? "-",
    handshake && !failed ? (handshake.milliseconds / 1000).toFixed(3) : "-",
    quoted(leaf && distinguishedName(leaf.subject)),
    leaf ? validity(leaf) : "-",
    leaf?.serialNumber ?? "-",
    // AWS's generic reason, where there is no other.
    handshake === undefined
      ? "-"
      : failed
        ? `Failed:${reason ?? "UnmappedConnectionError"}`
        : "Success",
    e.connectionId,
    "-",
    e.loadBalancer,
    e.nodeAddress,
  ].join(" ");
}
