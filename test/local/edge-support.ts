/** CloudFront alone, in front of origins that are written out in the test. */
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Authority } from "../../local/serve/certificates";
import type { EdgeDeclaration } from "../../local/serve/edge/declaration";
import { Edge } from "../../local/serve/edge/edge";
import type { ServeEvent } from "../../local/serve/events";
import { edgeDeclaration } from "../../local/serve/frontServer";
import type { Props } from "../../local/model/types";
import { readTopology } from "../../topology";
import { Stack } from "./stacks/resources";

/** A request that an origin got. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** An origin: a server of plain HTTP that notes what it is asked. */
export class TestOrigin {
  readonly asked: Asked[] = [];
  private readonly server: http.Server;

  constructor(public answer: http.RequestListener) {
    this.server = http.createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
      const { method = "", url = "", headers } = request;
      this.asked.push({ method, url, headers });
      this.answer(request, response);
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", resolve);
    });
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** A server that is an origin. */
interface OriginServer {
  readonly port: number;
  /** Starts it, if it does not run yet. */
  listen?(): Promise<void>;
  close(): void;
}

/** The certificate of every origin with TLS. */
export async function originCertificate(): Promise<{ key: string; cert: string }> {
  const { key, certificate } = await (await theAuthority()).certificateFor(["*.example.com"]);
  return { key, cert: certificate };
}

/** What a viewer gets. */
interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** A distribution being served. */
export interface EdgeUnderTest {
  readonly events: ServeEvent[];
  readonly notes: readonly string[];
  readonly port: number;
  /** The CA of the certificate that viewers get, PEM. */
  readonly ca: string;
  /** Folder that stands for S3. */
  readonly s3Dir: string;
  get(
    path: string,
    o?: { method?: string; headers?: http.OutgoingHttpHeaders; body?: string },
  ): Promise<Got>;
  /** A viewer's connection of HTTP/2. */
  http2(): http2.ClientHttp2Session;
  /** Swaps the declaration while it is served. */
  declare(change: EdgeChange): Promise<void>;
}

export interface EdgeChange {
  /** Inputs of the distribution in addition to origins. */
  readonly distribution?: Props;
  /** Inputs of the default behaviour in addition to the required ones. */
  readonly behaviour?: Props;
  /** Inputs of each origin by its id. */
  readonly origins?: Readonly<Record<string, Props>>;
  /** More resources. */
  readonly more?: (stack: Stack) => void;
}

const opened: (() => void | Promise<void>)[] = [];
let authority: Promise<Authority> | undefined;

/** Making an authority takes longest: all edges of a test file share one. */
function theAuthority(): Promise<Authority> {
  return (authority ??= Authority.open(mkdtempSync(path.join(tmpdir(), "hopwise-edge-ca-")), [
    "example.com",
    "cloudfront.net",
    "localhost",
  ]));
}

/** Ends what `edgeOver` started; for `afterEach`. */
export async function endEdges(): Promise<void> {
  for (const close of opened.splice(0)) await close();
}

const policy = (name: string): string => `policy-${name}`;

/** A distribution over origins by their ids; the first one answers by default. */
export async function edgeOver(
  origins: Readonly<Record<string, OriginServer | "down">>,
  change: EdgeChange = {},
): Promise<EdgeUnderTest> {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-edge-"));
  opened.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const origin of Object.values(origins)) {
    if (origin === "down") continue;
    await origin.listen?.();
    opened.push(() => {
      origin.close();
    });
  }
  const ca = await theAuthority();
  const events: ServeEvent[] = [];
  let notes: readonly string[] = [];
  const declaration = async (changed: EdgeChange): Promise<EdgeDeclaration> => {
    const topology = readTopology(resourcesOf(Object.keys(origins), changed).resources);
    notes = topology.notes;
    return edgeDeclaration(topology, ca, folder, []);
  };
  const edge = new Edge(
    {
      ca: ca.certificates,
      localAddress: "127.0.1.1",
      projectDir: folder,
      s3Dir: path.join(folder, "s3"),
      reach: ({ id }) => {
        const origin = origins[id];
        // A port that nothing listens on.
        return {
          address: "127.0.0.1",
          port: origin === undefined || origin === "down" ? 1 : origin.port,
        };
      },
      onEvent: (event) => {
        events.push(event);
      },
    },
    await declaration(change),
  );
  const port = await edge.open("127.0.0.1", 0);
  opened.push(() => edge.close());
  return {
    events,
    port,
    ca: ca.certificate,
    get notes() {
      return notes;
    },
    s3Dir: path.join(folder, "s3"),
    get: (url, o = {}) => get(ca.certificate, port, url, o),
    http2: () => {
      const servername = "d111111abcdef8.cloudfront.net";
      const options = { ca: ca.certificate, servername } as http2.SecureClientSessionOptions;
      const session = http2.connect(`https://127.0.0.1:${port}`, options);
      opened.push(() => {
        session.destroy();
      });
      return session;
    },
    declare: async (changed) => {
      edge.declare(await declaration(changed));
    },
  };
}

function resourcesOf(originIds: readonly string[], change: EdgeChange): Stack {
  const stack = new Stack();
  stack.add(
    "aws:cloudfront/distribution:Distribution",
    "cdn",
    {
      enabled: true,
      httpVersion: "http2",
      aliases: ["www.example.com"],
      viewerCertificate: { cloudfrontDefaultCertificate: true },
      origins: [
        ...originIds.map((originId) => ({
          originId,
          domainName: `${originId}.example.com`,
          customOriginConfig: { originProtocolPolicy: "http-only", httpPort: 80, httpsPort: 443 },
          ...change.origins?.[originId],
        })),
        ...Object.entries(change.origins ?? {})
          .filter(([originId]) => !originIds.includes(originId))
          .map(([originId, inputs]) => ({ originId, ...inputs })),
      ],
      defaultCacheBehavior: {
        targetOriginId: originIds[0] ?? Object.keys(change.origins ?? {})[0],
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        ...change.behaviour,
      },
      ...change.distribution,
    },
    { domainName: "d111111abcdef8.cloudfront.net", arn: distributionArn },
    "E1A2B3C4D5E6F7",
  );
  change.more?.(stack);
  return stack;
}

/** The ARN of every distribution here. */
export const distributionArn = "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7";

/** Adds a cache policy and returns its id. */
export function cachePolicy(stack: Stack, name: string, inputs: Props): string {
  const type = "aws:cloudfront/cachePolicy:CachePolicy";
  return stack.add(type, name, inputs, {}, policy(name)).id;
}

function get(
  ca: string,
  port: number,
  url: string,
  o: { method?: string; headers?: http.OutgoingHttpHeaders; body?: string },
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        host: "127.0.0.1",
        port,
        path: url,
        method: o.method ?? "GET",
        headers: { host: "www.example.com", ...o.headers },
        ca,
        servername: "d111111abcdef8.cloudfront.net",
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const body = Buffer.concat(chunks);
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body, text: body.toString() });
        });
      },
    );
    request.on("error", reject);
    request.end(o.body);
  });
}
