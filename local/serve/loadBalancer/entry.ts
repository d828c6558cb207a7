/** The access log's entries: of requests, and of what was none. */
import type { Connection } from "../http/acceptor";
import { splitHost, value } from "../http/headers";
import type { LogEntry } from "./accessLog";
import { traceHeader } from "./headers";
import { loadBalancerId, preciseNow } from "./logFile";
import type { Unreadable } from "./unreadable";
import { type Site, type Visit, isGrpc, wantsWebSocket } from "./visit";

/** What every entry of a connection has in common. */
function common(
  { loadBalancer, nodeAddress, certificateArn }: Site,
  { secure }: Connection,
  connectionId: string,
): Pick<
  LogEntry,
  | "loadBalancer"
  | "cipher"
  | "tls"
  | "domainName"
  | "certificateArn"
  | "connectionId"
  | "nodeAddress"
> {
  return {
    loadBalancer: loadBalancerId(loadBalancer.arn),
    cipher: secure?.cipher,
    tls: secure?.version,
    domainName: secure?.servername,
    // "session-reused": no certificate was chosen, the client kept its session of before.
    certificateArn:
      secure && (secure.resumed ? "session-reused" : certificateArn(secure.servername)),
    connectionId,
    nodeAddress,
  };
}

/** The entry of a request that is over. */
export function entryOf(visit: Visit, connectionId: string): LogEntry {
  const { subject, connection, protocol, arrival, status } = visit;
  const { name, port } = splitHost(subject.host);
  const version = protocol === "HTTP/2" ? "HTTP/2.0" : protocol;
  const url = `${arrival.protocol}://${name}:${port ?? arrival.port}${visit.path}`;
  return {
    ...common(visit.site, connection, connectionId),
    type: typeOf(visit),
    created: visit.started,
    done: preciseNow(),
    client: `${arrival.clientAddress}:${arrival.clientPort}`,
    // 460: the client closed the connection before the load balancer could answer.
    status: status === 0 ? 460 : status,
    receivedBytes: visit.receivedBytes,
    sentBytes: visit.sentBytes,
    request: `${subject.method} ${url} ${version}`,
    userAgent: value(visit.headers, "user-agent"),
    traceId: traceHeader(visit.headers, arrival.traceId),
    priority: visit.priority,
    classification: visit.classification,
    ...visit.log,
  };
}

function typeOf(visit: Visit): LogEntry["type"] {
  const secure = visit.connection.secure !== undefined;
  if (wantsWebSocket(visit)) return secure ? "wss" : "ws";
  if (visit.protocol === "HTTP/2") return isGrpc(visit) ? "grpcs" : "h2";
  return secure ? "https" : "http";
}

/** The entry of bytes that are no request, or of a client that sent none. */
export function entryOfNone(
  site: Site,
  connection: Connection,
  connectionId: string,
  client: string,
  answered: Pick<Unreadable, "classification"> & { readonly status: number; readonly sent: number },
): LogEntry {
  const { listener, loadBalancer } = site;
  const protocol = listener.protocol === "HTTPS" ? "https" : "http";
  const now = preciseNow();
  return {
    ...common(site, connection, connectionId),
    type: protocol,
    created: now,
    done: now,
    client: `${client}:${connection.port}`,
    status: answered.status,
    receivedBytes: connection.socket.bytesRead - connection.bytesSettled,
    sentBytes: answered.sent,
    request: `- ${protocol}://${loadBalancer.dnsName}:${listener.port}- -`,
    traceId: "-",
    classification: answered.classification,
  };
}
