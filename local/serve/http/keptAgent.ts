/** Connections that are kept alive for the next request to the same place. */
import http from "node:http";
import https from "node:https";

interface Destination {
  readonly host?: string | null;
  readonly port?: number | string | null;
  readonly servername?: string;
}

/**
 * Node's agent with a shorter key for shared connections: Node's own key contains two dozen TLS
 * options for every request, which are the same for all requests of an agent here.
 */
export function keptAgent(tls: boolean, options: https.AgentOptions): http.Agent {
  const agent = tls
    ? new https.Agent({ ...options, keepAlive: true })
    : new http.Agent({ ...options, keepAlive: true });
  const nameOf = ({ host, port, servername }: Destination = {}): string =>
    `${host ?? ""}:${port ?? ""}:${servername ?? ""}`;
  return Object.assign(agent, { getName: nameOf });
}
