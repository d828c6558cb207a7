/** Connections from CloudFront to its origins: kept alive, with the certificate's name checked. */
import type http from "node:http";
import { type PeerCertificate, checkServerIdentity } from "node:tls";
import type { ClientAbortSignal } from "../http/clientAbort";
import { type Answer, Failure, type Outgoing } from "../http/exchange";
import { type Switched, sendHttp1 } from "../http/overHttp1";
import { keptAgent } from "../http/keptAgent";
import { Http2Client } from "../http/overHttp2";
import type { Origin } from "../../../topology/types";
import type { EdgeRefusal } from "./decisions";

/** Where an origin is on this machine, or why it cannot be reached. */
export type OriginAddress = { readonly address: string; readonly port: number } | EdgeRefusal;

export interface OriginsOptions {
  /** CA that origins' certificates must come from. */
  readonly ca: string[];
  /** Address of CloudFront's that connections start from. */
  readonly localAddress: string;
  /** Finds an origin's port. */
  readonly reach: (origin: Origin, port: number) => OriginAddress | Promise<OriginAddress>;
}

/** How a request is forwarded. */
export interface OriginRequest {
  readonly outgoing: Outgoing;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly clientAbort: ClientAbortSignal;
  readonly upgrade?: string;
}

/** Sends requests to origins and keeps the connections. */
export class Origins {
  private readonly agents = new Map<string, http.Agent>();
  private readonly clients = new Map<string, Http2Client>();

  constructor(private readonly options: OriginsOptions) {}

  /**
   * Sends a request to an origin. Resolves with CloudFront's own status if there is no response.
   */
  async send(origin: Origin, sending: OriginRequest): Promise<Answer | Switched | EdgeRefusal> {
    const secure = sending.outgoing.scheme === "https";
    const port = secure ? origin.httpsPort : origin.httpPort;
    for (let attempt = 1; ; attempt += 1) {
      const place = await this.options.reach(origin, port);
      if ("status" in place) return place;
      try {
        return await this.attempt(origin, place, sending);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const over = attempt >= origin.attempts || sending.clientAbort.aborted;
        if (over || !mayRetry(error, sending)) return refusalOf(error, origin);
      }
    }
  }

  /** Ends every connection. */
  close(): void {
    for (const agent of this.agents.values()) agent.destroy();
    for (const client of this.clients.values()) client.close();
  }

  /** Keeps connections to these origins; connections to others end after their last request. */
  keep(origins: readonly Origin[]): void {
    const keys = new Set(origins.flatMap((o) => [connectionKey(o, true), connectionKey(o, false)]));
    for (const [key, agent] of this.agents) {
      if (keys.has(key)) continue;
      this.agents.delete(key);
      // Free connections end now, others when they would become free.
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets)) {
        for (const socket of sockets ?? []) socket.destroy();
      }
    }
    // Connections with requests end after their idle time.
    for (const key of this.clients.keys()) {
      if (!keys.has(key.split("|")[0] ?? "")) this.clients.delete(key);
    }
  }

  private async attempt(
    origin: Origin,
    place: { readonly address: string; readonly port: number },
    { outgoing, protocol, clientAbort, upgrade }: OriginRequest,
  ): Promise<Answer | Switched> {
    const secure = outgoing.scheme === "https";
    const servername = outgoing.authority.replace(/:\d+$/, "");
    if (protocol === "HTTP/2") {
      return this.client(origin, place, servername).send(outgoing, clientAbort);
    }
    const route = {
      host: place.address,
      port: place.port,
      agent: this.agent(origin, secure),
      connectSeconds: origin.connectSeconds,
      readSeconds: origin.readSeconds,
      ...(secure && { servername }),
    };
    return sendHttp1(route, outgoing, clientAbort, upgrade);
  }

  private agent(origin: Origin, secure: boolean): http.Agent {
    const key = connectionKey(origin, secure);
    let agent = this.agents.get(key);
    if (!agent) {
      const { ca, localAddress } = this.options;
      const kept = { localAddress, timeout: origin.keepAliveSeconds * 1000 };
      agent = secure
        ? keptAgent(true, { ...kept, ca, checkServerIdentity: identityOf(origin) })
        : keptAgent(false, kept);
      this.agents.set(key, agent);
    }
    return agent;
  }

  /** gRPC's connections: HTTP/2 over TLS. */
  private client(
    origin: Origin,
    place: { readonly address: string; readonly port: number },
    servername: string,
  ): Http2Client {
    const key = [connectionKey(origin, true), place.address, place.port, servername].join("|");
    let client = this.clients.get(key);
    if (!client) {
      const { ca, localAddress } = this.options;
      client = new Http2Client({
        host: place.address,
        port: place.port,
        localAddress,
        tls: true,
        verify: { ca, servername, checkServerIdentity: identityOf(origin) },
        idleSeconds: origin.keepAliveSeconds,
        connectSeconds: origin.connectSeconds,
        readSeconds: origin.readSeconds,
      });
      this.clients.set(key, client);
    }
    return client;
  }
}

/**
 * The certificate must have the origin's domain name, or the Host that is forwarded.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
 */
function identityOf(origin: Origin) {
  return (host: string, certificate: PeerCertificate): Error | undefined =>
    checkServerIdentity(origin.domainName, certificate) && checkServerIdentity(host, certificate);
}

/**
 * Whether another attempt may succeed: there was no connection, or the origin did not answer a GET
 * or HEAD. Requests with a body are not sent twice.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#origin-connection-attempts
 */
function mayRetry(failure: Failure, { outgoing, upgrade }: OriginRequest): boolean {
  if (outgoing.hasBody || upgrade !== undefined) return false;
  if (failure.kind === "connect" || failure.kind === "connect-timeout") return true;
  const repeatable = ["GET", "HEAD"].includes(outgoing.method);
  return (
    repeatable && (failure.kind === "read-timeout" || (failure.kind === "closed" && failure.reused))
  );
}

/** Origins of one key can share connections. */
function connectionKey({ id, domainName, keepAliveSeconds }: Origin, secure: boolean): string {
  return [secure ? "https" : "http", id, domainName, keepAliveSeconds].join(" ");
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html */
function refusalOf(failure: Failure, origin: Origin): EdgeRefusal {
  const { kind } = failure;
  const slow = kind === "connect-timeout" || kind === "read-timeout";
  const what = kind === "tls" ? "no TLS with" : "no answer from";
  return {
    status: slow ? 504 : 502,
    why: `${what} the origin ${origin.domainName}: ${failure.message}`,
    failure: kind === "connect" || kind === "connect-timeout" || kind === "tls" ? "connect" : kind,
  };
}
