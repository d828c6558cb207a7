/** CloudFront: the front door with TLS for viewers, distributions and their behaviours. */
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
import { hasBody } from "../http/reply";
import type { TlsSettings } from "../http/tls";
import { altSvc, hasHttp3 } from "../http3/altSvc";
import { coveringIndex } from "../names";
import type { Bucket, Distribution } from "../../../topology/types";
import { EdgeCache } from "./cache/cached";
import { type EdgeRefusal, behaviourFor, distributionFor, refusal } from "./decisions";
import { type Delivery, deliver } from "./deliver";
import { EdgeLogs } from "./log/logs";
import { Origins, type OriginsOptions } from "./origins";
import type { Objects } from "./s3/objects";
import type { ViewerHook } from "./viewer";
import {
  type EdgeRequestContext,
  answerHere,
  refuse,
  reportOf,
  startRequest,
  truncate,
} from "./requestContext";

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
  /** Buckets that origins name, by name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** Name that `localhost` and loopback addresses stand for. */
  readonly frontName: string;
}

export interface EdgeOptions extends OriginsOptions {
  readonly callerAddress?: string;
  /** Folder that the program's relative paths start from. */
  readonly projectDir: string;
  /** Folder that stands for S3: a bucket is a folder in it. */
  readonly s3Dir: string;
  /** Believes who speaks for viewers, such as a server that speaks HTTP/3 to them. */
  readonly viewerHook?: ViewerHook;
  readonly onEvent: (event: ServeEvent) => void;
}

/** "Viewer connections are closed after 10 minutes idle": generous is right for a local edge. */
const idleSeconds = 600;

/** The served distributions and the ports that viewers connect to. */
export class Edge {
  private readonly origins: Origins;
  private readonly secure: Acceptor;
  private readonly plain: Acceptor;
  private readonly cache = new EdgeCache();
  private readonly logs: EdgeLogs;
  private objects?: Objects;
  private delivery: Delivery;
  private securePort = 443;
  private http3?: Acceptor;
  /** UDP port on which viewers are told to come over HTTP/3. */
  private http3Port?: number;
  private readonly contexts = new WeakMap<Request, EdgeRequestContext>();
  private readonly accepting: AcceptorOptions = {
    idleSeconds,
    // Over CloudFront's own limit, so that 494 can be answered.
    maxHeaderBytes: 64 * 1024,
    admits: () => true,
    handle: (request, response, connection, upgrade) => {
      void this.context(request, response, connection, upgrade);
    },
    truncated: (request) => {
      const context = this.contexts.get(request);
      if (context) truncate(context);
    },
    malformed: () =>
      "HTTP/1.1 400 Bad Request\r\nserver: CloudFront\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
  };

  constructor(
    private readonly options: EdgeOptions,
    private declared: EdgeDeclaration,
  ) {
    this.origins = new Origins(options);
    this.logs = new EdgeLogs({
      root: options.s3Dir,
      onProblem: (message) => {
        options.onEvent({ kind: "trouble", at: "CloudFront's logs", message });
      },
    });
    this.logs.declare(declared.distributions);
    this.delivery = this.deliveryOf(declared);
    this.plain = new Acceptor(this.accepting);
    this.secure = new Acceptor({ ...this.accepting, tls: tlsOf(declared) });
  }

  /** What is served now. */
  get declaration(): EdgeDeclaration {
    return this.declared;
  }

  /** Swaps what is declared; requests from here on meet the new behaviours and origins. */
  declare(declaration: EdgeDeclaration): void {
    // What came from other origins is nothing that these would say.
    for (const before of this.declared.distributions) {
      const now = declaration.distributions.find((d) => d.id === before.id);
      if (!now || originsOf(now) !== originsOf(before)) this.cache.forget(before.id);
    }
    this.declared = declaration;
    this.delivery = this.deliveryOf(declaration);
    this.logs.declare(declaration.distributions);
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

  /**
   * Opens a loopback port for the server that speaks HTTP/3 to viewers.
   *
   * @param accept the viewer's connection in the place of that server's; undefined for anybody else
   */
  openHttp3(
    accept: (request: Request, connection: Connection) => Connection | undefined,
  ): Promise<number> {
    this.http3 = new Acceptor({
      ...this.accepting,
      handle: (request, response, connection) => {
        const viewers = accept(request, connection);
        if (viewers) void this.context(request, response, viewers);
        else connection.socket.destroy();
      },
    });
    return this.http3.listen("127.0.0.1", 0);
  }

  /** Tells viewers of distributions with HTTP/3 to come over it; undefined: no longer. */
  advertiseHttp3(port: number | undefined): void {
    this.http3Port = port;
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    await Promise.all([this.secure.close(), this.plain.close(), this.http3?.close()]);
    this.origins.close();
    this.logs.flush();
  }

  private async context(
    request: Request,
    response: Response,
    connection: Connection,
    upgrade?: Upgrade,
  ): Promise<void> {
    const { callerAddress, viewerHook: hook, onEvent } = this.options;
    const { frontName, distributions } = this.declared;
    const o = { callerAddress, frontName, hook, upgrade };
    const context = startRequest(request, response, connection, o);
    this.contexts.set(request, context);
    const distribution = distributionFor(distributions, context.viewer.host);
    if (
      this.http3Port !== undefined &&
      connection.secure &&
      distribution &&
      hasHttp3(distribution)
    ) {
      context.altSvc = altSvc(this.http3Port);
    }
    await this.act(context, distribution);
    onEvent(reportOf(context, distribution?.id ?? "-"));
    if (!distribution || distribution.logs.length === 0) return;
    const { pathPattern } = behaviourFor(distribution, context.path);
    this.logs.write({ context, distribution, pathPattern, ended: Date.now() });
  }

  private async act(
    context: EdgeRequestContext,
    distribution: Distribution | undefined,
  ): Promise<void> {
    const { request, viewer, method, path, headers } = context;
    if (!distribution) {
      refuse(context, { status: 403, why: `no distribution has the name ${viewer.host}` });
      return;
    }
    const behaviour = behaviourFor(distribution, path);
    const secure = viewer.scheme === "https";
    const own = refusal({ method, path, headers, secure, hasBody: hasBody(request) }, behaviour);
    if (own && own.status < 400) this.redirect(context, own);
    else if (own) refuse(context, own);
    else await deliver(context, distribution, behaviour, this.delivery);
  }

  private deliveryOf({ buckets }: EdgeDeclaration): Delivery {
    return {
      cache: this.cache,
      sources: {
        origins: this.origins,
        buckets,
        objects: () => (this.objects ??= this.openObjects()),
      },
      onLog: (line) => {
        this.options.onEvent({ kind: "log", task: "cloudfront", line });
      },
    };
  }

  /** Loaded only where a bucket is asked. */
  private openObjects(): Objects {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily; tsx does not find what import() names
    const { Objects } = require("./s3/objects") as typeof import("./s3/objects");
    return new Objects(this.options.projectDir, this.options.s3Dir);
  }

  private redirect(context: EdgeRequestContext, refusal: EdgeRefusal): void {
    const port = this.securePort === 443 ? "" : `:${this.securePort}`;
    answerHere(context, refusal, "Redirect", [
      ["Server", "CloudFront"],
      ["Location", `https://${context.called}${port}${context.path}`],
    ]);
  }
}

/** A distribution's origins, to be compared. */
function originsOf({ origins }: Distribution): string {
  return JSON.stringify([...origins.values()]);
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
