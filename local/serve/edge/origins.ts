/** Connections from CloudFront to its origins: HTTP/1.1, kept alive, the certificate's name checked. */
import http from "node:http";
import https from "node:https";
import { checkServerIdentity } from "node:tls";
import { type Answer, Failure, type Outgoing } from "../http/exchange";
import { type Switched, sendHttp1 } from "../http/overHttp1";
import type { Origin } from "../../../topology/types";
import type { EdgeRefusal } from "./decisions";

/** Where an origin is on this machine, or why it cannot be reached. */
export type Reached = { readonly address: string; readonly port: number } | EdgeRefusal;

export interface OriginsOptions {
  /** CA that origins' certificates must come from. */
  readonly ca: string;
  /** Address of CloudFront's that connections start from. */
  readonly localAddress: string;
  /** Finds an origin's port. */
  readonly reach: (origin: Origin, port: number) => Reached;
}

/** See the file's comment. */
export class Origins {
  private readonly agents = new Map<string, http.Agent>();

  constructor(private readonly options: OriginsOptions) {}

  /** Sends a request to an origin. Resolves with CloudFront's own status where there is no answer. */
  async send(
    origin: Origin,
    outgoing: Outgoing,
    signal: AbortSignal,
    upgrade?: string,
  ): Promise<Answer | Switched | EdgeRefusal> {
    const secure = outgoing.scheme === "https";
    const place = this.options.reach(origin, secure ? origin.httpsPort : origin.httpPort);
    if ("status" in place) return place;
    // "CloudFront retries GET and HEAD requests", others not.
    const repeatable = ["GET", "HEAD"].includes(outgoing.method) && upgrade === undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await sendHttp1(
          {
            host: place.address,
            port: place.port,
            agent: this.agent(origin, secure),
            connectSeconds: origin.connectSeconds,
            readSeconds: origin.readSeconds,
            ...(secure && { servername: outgoing.authority.replace(/:\d+$/, "") }),
          },
          outgoing,
          signal,
          upgrade,
        );
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const again = error.kind === "closed" && error.reused;
        if (!again || !repeatable || attempt >= origin.attempts) return statusOf(error, origin);
      }
    }
  }

  /** Ends every connection. */
  close(): void {
    for (const agent of this.agents.values()) agent.destroy();
  }

  /** Keeps the connections to these origins; those to others end with their last request. */
  keep(origins: readonly Origin[]): void {
    const keys = new Set(origins.flatMap((o) => [agentKey(o, true), agentKey(o, false)]));
    for (const [key, agent] of this.agents) {
      if (keys.has(key)) continue;
      this.agents.delete(key);
      // What is free ends now, what is in use when it would become free.
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets)) {
        for (const socket of sockets ?? []) socket.destroy();
      }
    }
  }

  private agent(origin: Origin, secure: boolean): http.Agent {
    const key = agentKey(origin, secure);
    let agent = this.agents.get(key);
    if (!agent) {
      const { ca, localAddress } = this.options;
      const kept = { keepAlive: true, localAddress, timeout: origin.keepaliveSeconds * 1000 };
      agent = secure
        ? new https.Agent({
            ...kept,
            ca,
            // The certificate must have the origin's domain name, or the Host that is forwarded:
            // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
            checkServerIdentity: (host, certificate) =>
              checkServerIdentity(origin.domainName, certificate) &&
              checkServerIdentity(host, certificate),
          })
        : new http.Agent(kept);
      this.agents.set(key, agent);
    }
    return agent;
  }
}

/** Origins of one key can share connections. */
function agentKey({ id, domainName, keepaliveSeconds }: Origin, secure: boolean): string {
  return [secure ? "https" : "http", id, domainName, keepaliveSeconds].join(" ");
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html */
function statusOf(failure: Failure, origin: Origin): EdgeRefusal {
  const slow = failure.kind === "connect-timeout" || failure.kind === "read-timeout";
  const what = failure.kind === "tls" ? "no TLS with" : "no answer from";
  return {
    status: slow ? 504 : 502,
    why: `${what} the origin ${origin.domainName}: ${failure.message}`,
  };
}
