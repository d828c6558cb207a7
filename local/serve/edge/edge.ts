/** CloudFront: the front door with TLS for viewers, behaviours, and HTTP/1.1 to origins. */
import type { ServerCertificate } from "../certificates";
import type { ServeEvent } from "../events";
import {
  Acceptor,
  type AcceptorOptions,
  type Connection,
  type Request,
  type Response,
  type Upgrade,
} from "../http/acceptor";
import type { Outgoing } from "../http/exchange";
import { pairs } from "../http/headers";
import { hasBody, join, relay, reply } from "../http/reply";
import type { TlsSettings } from "../http/tls";
import { coveringIndex } from "../names";
import type { Behaviour, Distribution, Origin } from "../../../topology/types";
import { type EdgeRefusal, behaviourFor, distributionFor, refusal } from "./decisions";
import { originHeaders, originHost, originPath, ownHeaders, viewerHeaders } from "./headers";
import { Origins, type OriginsOptions } from "./origins";
import { type EdgeVisit, refuse, reportOf, startVisit } from "./visit";

/** A distribution with what its viewers' TLS needs. */
export interface EdgeCertificate {
  readonly names: readonly string[];
  readonly certificate: ServerCertificate;
}

/** What the program declares, with what that means here. */
export interface EdgeDeclaration {
  readonly distributions: readonly Distribution[];
  /** One for each distribution, in their order. */
  readonly certificates: readonly EdgeCertificate[];
  /** Name that `localhost` and loopback addresses stand for. */
  readonly frontName: string;
}

export interface EdgeOptions extends OriginsOptions {
  readonly callerAddress?: string;
  readonly onEvent: (event: ServeEvent) => void;
}

/** "Viewer connections are closed after 10 minutes idle": generous is right for a local edge. */
const idleSeconds = 600;

/** See the file's comment. */
export class Edge {
  private readonly origins: Origins;
  private readonly secure: Acceptor;
  private readonly plain: Acceptor;
  private securePort = 443;
  private readonly accepting: AcceptorOptions = {
    idleSeconds,
    // Over CloudFront's own limit, so that 494 can be answered.
    maxHeaderBytes: 64 * 1024,
    admits: () => true,
    handle: (request, response, connection, upgrade) => {
      void this.visit(request, response, connection, upgrade);
    },
    malformed: () =>
      "HTTP/1.1 400 Bad Request\r\nserver: CloudFront\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
  };

  constructor(
    private readonly options: EdgeOptions,
    /** What is served now. */
    private declared: EdgeDeclaration,
  ) {
    this.origins = new Origins(options);
    this.plain = new Acceptor(this.accepting);
    this.secure = new Acceptor({ ...this.accepting, tls: tlsOf(declared) });
  }

  /** Swaps what is declared; requests from here on meet the new behaviours and origins. */
  declare(declaration: EdgeDeclaration): void {
    this.declared = declaration;
    this.secure.renew({ ...this.accepting, tls: tlsOf(declaration) });
    this.origins.keep(declaration.distributions.flatMap((d) => [...d.origins.values()]));
  }

  /** Opens the HTTPS port. */
  async open(address: string, port: number): Promise<number> {
    this.securePort = await this.secure.listen(address, port);
    return this.securePort;
  }

  /** Opens the HTTP port. */
  openPlain(address: string, port: number): Promise<number> {
    return this.plain.listen(address, port);
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    await Promise.all([this.secure.close(), this.plain.close()]);
    this.origins.close();
  }

  private async visit(
    request: Request,
    response: Response,
    connection: Connection,
    upgrade?: Upgrade,
  ): Promise<void> {
    const { callerAddress, onEvent } = this.options;
    const { frontName, distributions } = this.declared;
    const visit = startVisit(request, response, connection, { callerAddress, frontName, upgrade });
    const distribution = distributionFor(distributions, visit.viewer.host);
    await this.act(visit, distribution);
    onEvent(reportOf(visit, distribution?.id ?? "-"));
  }

  private async act(visit: EdgeVisit, distribution: Distribution | undefined): Promise<void> {
    const { request, viewer } = visit;
    if (!distribution) {
      refuse(visit, { status: 403, why: `no distribution has the name ${viewer.host}` });
      return;
    }
    const behaviour = behaviourFor(distribution, visit.path);
    const own = refusal(
      {
        method: request.method ?? "GET",
        path: visit.path,
        headers: pairs(request.rawHeaders),
        secure: viewer.scheme === "https",
        hasBody: hasBody(request),
      },
      behaviour,
    );
    const origin = distribution.origins.get(behaviour.originId);
    if (own && own.status < 400) this.redirect(visit, own);
    else if (own) refuse(visit, own);
    else if (origin) await this.ask(visit, behaviour, origin);
    else refuse(visit, { status: 502, why: `there is no origin ${behaviour.originId}` });
  }

  /** Asks the origin and passes its answer on. */
  private async ask(visit: EdgeVisit, behaviour: Behaviour, origin: Origin): Promise<void> {
    const { request, response, viewer, requestId } = visit;
    const policy = origin.protocolPolicy;
    const scheme =
      policy === "match-viewer" ? viewer.scheme : policy === "https-only" ? "https" : "http";
    const outgoing: Outgoing = {
      method: request.method ?? "GET",
      path: originPath(visit.path, behaviour, origin),
      scheme,
      authority: originHost(behaviour.forwards, origin, viewer),
      headers: originHeaders(pairs(request.rawHeaders), behaviour, origin, viewer, requestId),
      body: request,
      hasBody: hasBody(request),
    };
    const asked = request.headers.upgrade ?? "";
    const upgrade = visit.upgrade && /^websocket$/i.test(asked) ? "websocket" : undefined;
    const answer = await this.origins.send(origin, outgoing, visit.gone.signal, upgrade);
    if ("why" in answer) {
      refuse(visit, answer);
      return;
    }
    visit.sentTo = origin.domainName;
    if ("socket" in answer) {
      visit.status = 101;
      if (visit.upgrade) await join(visit.upgrade, response, answer);
      return;
    }
    visit.status = answer.status;
    await relay(
      answer,
      response,
      viewerHeaders(answer.headers, answer.status, behaviour, requestId),
    );
  }

  private redirect(visit: EdgeVisit, { status, why }: EdgeRefusal): void {
    const port = this.securePort === 443 ? "" : `:${this.securePort}`;
    visit.status = status;
    visit.why = why;
    visit.request.resume();
    reply(visit.response, status, [
      ["Server", "CloudFront"],
      ["Location", `https://${visit.called}${port}${visit.path}`],
      ...ownHeaders("Redirect", visit.requestId),
    ]);
  }
}

function tlsOf({ distributions, certificates }: EdgeDeclaration): TlsSettings {
  const [first] = certificates;
  if (!first) throw new Error("a distribution needs a certificate for its viewers");
  const names = certificates.map((c) => c.names);
  const index = (servername?: string): number => coveringIndex(names, servername) ?? 0;
  return {
    certificate: (name) => (certificates[index(name)] ?? first).certificate,
    http2: (name) => distributions[index(name)]?.http2 ?? true,
    // One port serves all distributions: the loosest of their minimum versions.
    minVersion: distributions.every((d) => d.minimumTls === "TLSv1.3") ? "TLSv1.3" : "TLSv1.2",
    maxVersion: "TLSv1.3",
  };
}
