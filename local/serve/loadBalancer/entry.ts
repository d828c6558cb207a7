/** The access log's entries: for requests, and for input that was not a request. */
import { isGrpc } from "../../../path/protocols";
import type { Connection } from "../http/acceptor";
import { splitHost, value } from "../http/headers";
import type { LogEntry } from "./accessLog";
import { traceHeader } from "./headers";
import { loadBalancerId, preciseNow } from "./logFile";
import type { MalformedAnswer } from "./malformed";
import { type ListenerContext, type RequestContext, wantsWebSocket } from "./requestContext";

/**
 * The entry of a finished request. All fields are written out, here and below, because every
 * request has an entry, and spreading parts into one object takes microseconds.
 */
export function entryOf(context: RequestContext, connectionId: string): LogEntry {
  const {
    subject,
    connection,
    protocol,
    received: arrival,
    status,
    listenerContext,
    log,
  } = context;
  const { secure } = connection;
  const { name, port } = splitHost(subject.host);
  const version = protocol === "HTTP/2" ? "HTTP/2.0" : protocol;
  const url = `${arrival.protocol}://${name}:${port ?? arrival.port}${context.path}`;
  return {
    type: typeOf(context),
    created: context.started,
    done: preciseNow(),
    loadBalancer: loadBalancerId(listenerContext.loadBalancer.arn),
    client: `${arrival.clientAddress}:${arrival.clientPort}`,
    target: log.target,
    times: log.times,
    // 460: the client closed the connection before the load balancer could answer.
    status: status === 0 ? 460 : status,
    targetStatus: log.targetStatus,
    receivedBytes: context.receivedBytes,
    sentBytes: context.sentBytes,
    request: `${subject.method} ${url} ${version}`,
    userAgent: value(context.headers, "user-agent"),
    cipher: secure?.cipher,
    tls: secure?.version,
    targetGroupArn: log.targetGroupArn,
    traceId: traceHeader(context.headers, arrival.traceId),
    domainName: secure?.servername,
    certificateArn: certificateOf(listenerContext, secure),
    priority: context.priority,
    actions: log.actions,
    redirectUrl: log.redirectUrl,
    errorReason: log.errorReason,
    classification: context.classification,
    transformed: log.transformed,
    connectionId,
    nodeAddress: listenerContext.nodeAddress,
    targetError: log.targetError,
  };
}

/** "session-reused": no certificate was chosen, because the client resumed an earlier session. */
function certificateOf(
  { certificateArn }: ListenerContext,
  secure: Connection["secure"],
): string | undefined {
  if (!secure) return undefined;
  return secure.resumed ? "session-reused" : certificateArn(secure.servername);
}

function typeOf(context: RequestContext): LogEntry["type"] {
  const secure = context.connection.secure !== undefined;
  if (wantsWebSocket(context)) return secure ? "wss" : "ws";
  if (context.protocol === "HTTP/2")
    return isGrpc(value(context.headers, "content-type")) ? "grpcs" : "h2";
  return secure ? "https" : "http";
}

/** The entry for bytes that are not a request, or for a client that sent none. */
export function entryOfMalformed(
  listenerContext: ListenerContext,
  connection: Connection,
  connectionId: string,
  client: string,
  answered: Pick<MalformedAnswer, "classification"> & {
    readonly status: number;
    readonly sent: number;
  },
): LogEntry {
  const { listener, loadBalancer } = listenerContext;
  const { secure } = connection;
  const protocol = listener.protocol === "HTTPS" ? "https" : "http";
  const now = preciseNow();
  return {
    type: protocol,
    loadBalancer: loadBalancerId(loadBalancer.arn),
    cipher: secure?.cipher,
    tls: secure?.version,
    domainName: secure?.servername,
    certificateArn: certificateOf(listenerContext, secure),
    connectionId,
    nodeAddress: listenerContext.nodeAddress,
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
