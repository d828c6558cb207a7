/** Connections from CloudFront to its origins: kept alive, with the certificate's name checked. */
import {
  type ConnectionOptions,
  type PeerCertificate,
  type SecureContext,
  checkServerIdentity,
  createSecureContext,
} from "node:tls";
import type { ClientAbortSignal } from "../http/clientAbort";
import type { Alpn } from "../http/connect";
import { Connections, type Received } from "../http/connections";
import { ExchangeFailure, type Outgoing } from "../http/exchange";
import type { Origin } from "../../../topology/types";
import type { EdgeRefusal } from "./decisions";

/** Where an origin is on this machine, or why it cannot be reached. */
export type OriginAddress = { readonly address: string; readonly port: number } | EdgeRefusal;

export interface OriginsOptions {
  /** CA that origins' certificates must come from. */
  readonly ca: string[];
  /** The client certificate for origins that have origin mTLS. */
  readonly client: () => Pick<ConnectionOptions, "key" | "cert"> | undefined;
  /** Address of CloudFront's that connections start from. */
  readonly localAddress: string;
  /** Finds an origin's port. */
  readonly reach: (origin: Origin, port: number) => OriginAddress | Promise<OriginAddress>;
}

/** How a request is forwarded. */
export interface OriginRequest {
  readonly outgoing: Outgoing;
  /** What is offered to the origin over TLS; without TLS it is HTTP/1.1. */
  readonly offers: readonly Alpn[];
  readonly clientAbort: ClientAbortSignal;
  readonly upgrade?: string;
}

/** Sends requests to origins and keeps the connections. */
export class Origins {
  /** By origin, then by everything else that connections must have in common. */
  private readonly connections = new Map<string, Map<string, Connections>>();

  /** By the client certificate. Making one takes longer than a handshake. */
  private readonly contexts = new Map<unknown, SecureContext>();
  /** How many authorities the contexts trust: an update may add one. */
  private trusted = 0;

  constructor(private readonly options: OriginsOptions) {}

  /**
   * Sends a request to an origin. Resolves with CloudFront's own status if there is no response.
   */
  async send(origin: Origin, request: OriginRequest): Promise<Received | EdgeRefusal> {
    const { outgoing, clientAbort, upgrade } = request;
    const port = outgoing.scheme === "https" ? origin.httpsPort : origin.httpPort;
    for (let attempt = 1; ; attempt += 1) {
      const place = await this.options.reach(origin, port);
      if ("status" in place) return place;
      try {
        const connections = this.connectionsTo(origin, place, request);
        return await connections.send(outgoing, clientAbort, upgrade);
      } catch (error) {
        if (!(error instanceof ExchangeFailure)) return unsendable(error as Error);
        const over = attempt >= origin.attempts || clientAbort.aborted;
        if (over || !mayRetry(error, request)) return refusalOf(error, origin);
      }
    }
  }

  /** Ends every connection. */
  close(): void {
    for (const some of this.connections.values()) for (const one of some.values()) one.close();
  }

  /** Keeps connections to these origins; connections to others end after their last request. */
  keep(origins: readonly Origin[]): void {
    const keys = new Set(origins.map(originKey));
    for (const [key, some] of this.connections) {
      if (keys.has(key)) continue;
      this.connections.delete(key);
      for (const one of some.values()) one.retire();
    }
  }

  private connectionsTo(
    origin: Origin,
    place: { readonly address: string; readonly port: number },
    { outgoing, offers }: OriginRequest,
  ): Connections {
    const name = originKey(origin);
    const some = this.connections.get(name) ?? new Map<string, Connections>();
    this.connections.set(name, some);
    const secure = outgoing.scheme === "https";
    const servername = secure ? outgoing.authority.replace(/:\d+$/, "") : undefined;
    const key = [place.address, place.port, servername, secure ? offers : []].join(" ");
    let connections = some.get(key);
    if (!connections) {
      const { client, localAddress } = this.options;
      const shown = origin.showsCertificate ? client() : undefined;
      const context = (): SecureContext => this.contextWith(shown);
      connections = new Connections({
        host: place.address,
        port: place.port,
        localAddress,
        connectSeconds: origin.connectSeconds,
        readSeconds: () => origin.readSeconds,
        idleSeconds: () => origin.keepAliveSeconds,
        ...(secure && {
          tls: {
            offers,
            verify: {
              servername,
              checkServerIdentity: identityOf(origin),
              get secureContext() {
                return context();
              },
            },
          },
        }),
      });
      some.set(key, connections);
    }
    return connections;
  }

  private contextWith(shown: ReturnType<OriginsOptions["client"]>): SecureContext {
    const { ca } = this.options;
    if (ca.length !== this.trusted) this.contexts.clear();
    this.trusted = ca.length;
    const made = this.contexts.get(shown?.cert) ?? createSecureContext({ ca, ...shown });
    this.contexts.set(shown?.cert, made);
    return made;
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
function mayRetry({ kind, about }: ExchangeFailure, { outgoing, upgrade }: OriginRequest): boolean {
  if (outgoing.hasBody || upgrade !== undefined) return false;
  if (kind === "connect" || kind === "connect-timeout") return true;
  const repeatable = ["GET", "HEAD"].includes(outgoing.method);
  return repeatable && (kind === "read-timeout" || (kind === "closed" && about.reused === true));
}

/** Everything of an origin that its connections depend on. */
function originKey(origin: Origin): string {
  return JSON.stringify({ ...origin, customHeaders: undefined });
}

/** Node would not write it: a header or a path with characters that HTTP does not allow. */
function unsendable({ message }: Error): EdgeRefusal {
  return { status: 400, why: `the request cannot be sent to the origin: ${message}` };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html */
function refusalOf(failure: ExchangeFailure, origin: Origin): EdgeRefusal {
  const { kind } = failure;
  const slow = kind === "connect-timeout" || kind === "read-timeout";
  const what = kind === "tls" ? "no TLS with" : "no answer from";
  return {
    status: slow ? 504 : 502,
    why: `${what} the origin ${origin.domainName}: ${failure.message}`,
    failure: kind === "connect" || kind === "connect-timeout" || kind === "tls" ? "connect" : kind,
  };
}
