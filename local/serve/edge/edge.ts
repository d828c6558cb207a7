/** CloudFront: the viewers' entry with TLS, the distributions and their behaviours. */
import { countryRefused } from "../../../path/front";
import type { ServeEvent } from "../events";
import {
  Acceptor,
  type AcceptorOptions,
  type Connection,
  type Request,
  type Response,
  type Upgrade,
} from "../http/acceptor";
import { turnedAwayText } from "../http/clientCheck";
import { hasBody } from "../http/reply";
import { altSvc, hasHttp3 } from "../http3/altSvc";
import type { Distribution } from "../../../topology/types";
import { EdgeCache } from "./cache/cached";
import { type EdgeDeclaration, originsChanged, viewerTls } from "./declaration";
import { behaviourFor, distributionFor } from "../../../topology/matching";
import { type EdgeRefusal, refusal } from "./decisions";
import { type EdgeParts, deliver, deliverError } from "./deliver";
import { EdgeLogWriter } from "./log/logs";
import { Origins, type OriginsOptions } from "./origins";
import type { Objects } from "./s3/objects";
import type { ViewerHook } from "./viewer";
import {
  type EdgeRequestContext,
  respondFromEdge,
  refuse,
  edgeRequestEvent,
  startRequest,
  truncate,
} from "./requestContext";

export interface EdgeOptions extends Omit<OriginsOptions, "client"> {
  readonly callerAddress?: string;
  /** Base folder of the program's relative paths. */
  readonly projectDir: string;
  /** Folder that represents S3: a bucket is a folder in it. */
  readonly s3Dir: string;
  /** Recognises proxies that may name the viewer, such as the server for HTTP/3. */
  readonly viewerHook?: ViewerHook;
  readonly onEvent: (event: ServeEvent) => void;
}

/** "Viewer connections are closed after 10 minutes idle". */
const idleSeconds = 600;

/** The served distributions and the ports that viewers connect to. */
export class Edge {
  private readonly origins: Origins;
  private readonly secure: Acceptor;
  private readonly plain: Acceptor;
  private readonly cache = new EdgeCache();
  private readonly logs: EdgeLogWriter;
  private objects?: Objects;
  private parts: EdgeParts;
  private securePort = 443;
  private http3?: Acceptor;
  /** UDP port for HTTP/3 that viewers learn from Alt-Svc. */
  private http3Port?: number;
  private readonly contexts = new WeakMap<Request, EdgeRequestContext>();
  private readonly accepting: AcceptorOptions = {
    idleSeconds,
    // Above CloudFront's own limit, so that 494 can be answered.
    maxHeaderBytes: 64 * 1024,
    admits: () => true,
    handle: (request, response, connection, upgrade) => {
      void this.handle(request, response, connection, upgrade);
    },
    connected: (_connection, handshake) => {
      const why = turnedAwayText(handshake?.error);
      if (why === undefined) return;
      const message = `ended a connection: ${why}`;
      this.options.onEvent({ kind: "trouble", at: "CloudFront", message });
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
    const client = () => {
      const { certificate: cert, key } = this.declared.client ?? {};
      return cert === undefined ? undefined : { cert, key };
    };
    this.origins = new Origins({ ...options, client });
    this.logs = new EdgeLogWriter({
      root: options.s3Dir,
      onProblem: (message) => {
        options.onEvent({ kind: "trouble", at: "CloudFront's logs", message });
      },
    });
    this.logs.declare(declared.distributions);
    this.parts = this.partsFor(declared);
    this.plain = new Acceptor(this.accepting);
    this.secure = new Acceptor({ ...this.accepting, tls: viewerTls(declared) });
  }

  /** What is currently served. */
  get declaration(): EdgeDeclaration {
    return this.declared;
  }

  /** Replaces the declaration; later requests use the new behaviours and origins. */
  declare(declaration: EdgeDeclaration): void {
    // Responses of other origins are not valid for these.
    for (const before of this.declared.distributions) {
      const now = declaration.distributions.find((d) => d.id === before.id);
      if (!now || originsChanged(before, now)) this.cache.forget(before.id);
    }
    this.declared = declaration;
    this.parts = this.partsFor(declaration);
    this.logs.declare(declaration.distributions);
    this.secure.renew({ ...this.accepting, tls: viewerTls(declaration) });
    this.origins.keep(declaration.distributions.flatMap((d) => [...d.origins.values()]));
  }

  /** Opens the HTTPS port. */
  async open(address: string, port: number): Promise<number> {
    this.securePort = await this.secure.listen(address, port);
    return this.securePort;
  }

  /** Serves the same ports on another address. @throws the operating system's error */
  async openToo(address: string, plainPort: number | undefined): Promise<void> {
    await this.secure.listenToo(address, this.securePort);
    if (plainPort !== undefined) await this.plain.listenToo(address, plainPort);
  }

  /** Opens the HTTP port. */
  openPlain(address: string, port: number): Promise<number> {
    return this.plain.listen(address, port);
  }

  /**
   * Opens a loopback port for the server that handles viewers' HTTP/3.
   *
   * @param accept returns the viewer's connection instead of that server's; undefined for other callers
   */
  openHttp3(
    accept: (request: Request, connection: Connection) => Connection | undefined,
  ): Promise<number> {
    this.http3 = new Acceptor({
      ...this.accepting,
      handle: (request, response, connection) => {
        const viewers = accept(request, connection);
        if (viewers) void this.handle(request, response, viewers);
        else connection.socket.destroy();
      },
    });
    return this.http3.listen("127.0.0.1", 0);
  }

  /** Advertises HTTP/3 to viewers of distributions that have it; undefined: stops. */
  advertiseHttp3(port: number | undefined): void {
    this.http3Port = port;
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    await Promise.all([this.secure.close(), this.plain.close(), this.http3?.close()]);
    this.origins.close();
    this.logs.flush();
  }

  private async handle(
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
    await this.respond(context, distribution);
    onEvent(edgeRequestEvent(context, distribution?.id ?? "-"));
    if (!distribution || distribution.logs.length === 0) return;
    const { pathPattern } = behaviourFor(distribution, context.path);
    this.logs.write({ context, distribution, pathPattern, ended: Date.now() });
  }

  private async respond(
    context: EdgeRequestContext,
    distribution: Distribution | undefined,
  ): Promise<void> {
    const { request, viewer, method, path, headers } = context;
    if (!distribution) {
      refuse(context, { status: 403, why: `no distribution has the name ${viewer.host}` });
      return;
    }
    const behaviour = behaviourFor(distribution, path);
    const { countries } = distribution;
    if (countries && countryRefused(countries, viewer.country)) {
      const why = `the geographic restriction refuses ${viewer.country ?? ""}`;
      await deliverError(context, distribution, behaviour, { status: 403, why }, this.parts);
      return;
    }
    const secure = viewer.scheme === "https";
    const refused = refusal(
      { method, path, headers, secure, hasBody: hasBody(request) },
      behaviour,
    );
    if (refused && refused.status < 400) this.redirect(context, refused);
    else if (refused) refuse(context, refused);
    else await deliver(context, distribution, behaviour, this.parts);
  }

  private partsFor({ buckets }: EdgeDeclaration): EdgeParts {
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

  /** Loaded on the first request to a bucket. */
  private openObjects(): Objects {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily; tsx does not find what import() names
    const { Objects } = require("./s3/objects") as typeof import("./s3/objects");
    return new Objects(this.options.projectDir, this.options.s3Dir);
  }

  private redirect(context: EdgeRequestContext, refusal: EdgeRefusal): void {
    const port = this.securePort === 443 ? "" : `:${this.securePort}`;
    respondFromEdge(context, refusal, "Redirect", [
      ["Server", "CloudFront"],
      ["Location", `https://${context.requestedHost}${port}${context.path}`],
    ]);
  }
}
