/** What is served, held against the path's rules: the same answers for the same paths. */
import { expect } from "chai";
import { answer } from "../../path/answer";
import type { ListenerSpec, PathRequest, PathSpec } from "../../path/types";
import {
  call,
  cloudfrontAddress,
  endServing,
  host,
  loadBalancerUrl,
  reflectPath,
  serving,
  type Serving,
} from "./serving";
import { albName, secret, stack, type StackOptions } from "./stacks/resources";

const port = 18087;

/** The path that a stack of `stacks/resources` makes, said a second time. */
function specOf(o: Omit<StackOptions, "port">): PathSpec {
  const viaVpc = o.edge === "vpc";
  const edge = o.edge !== "none";
  const listener: ListenerSpec = {
    scheme: viaVpc ? "internal" : "internet-facing",
    protocol: o.listener,
    port: o.listener === "HTTPS" ? 443 : 80,
    http2: true,
    certificateNames: ["www.example.com", "origin.example.com"],
    requiresSecretHeader: edge,
    admits: edge ? [{ kind: "cloudfront", ipVersion: 4 }] : [{ kind: "cidr", cidr: "0.0.0.0/0" }],
    idleSeconds: 60,
    redirectsHttp: false,
  };
  const http2 = o.containerHttp2 ?? o.version !== "HTTP1";
  return {
    ...(edge && {
      edge: {
        origin: viaVpc ? "vpc" : "public",
        httpVersion: "http2and3",
        viewerProtocolPolicy: "redirect-to-https",
        originProtocolPolicy: o.listener === "HTTPS" ? "https-only" : "http-only",
        grpc: false,
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        forwardsHost: true,
        viewerNames: [host],
        originName: viaVpc ? albName : "origin.example.com",
        sendsSecretHeader: true,
        keepAliveSeconds: 5,
        readSeconds: 30,
      },
    }),
    listener,
    target: {
      protocol: "HTTP",
      protocolVersion: o.version,
      port,
      admits: [{ kind: "load-balancer" }],
    },
    container: {
      port,
      tls: false,
      accepts: http2 ? ["HTTP/2", "HTTP/1.1"] : ["HTTP/1.1"],
      keepAliveSeconds: 75,
    },
    mustWork: [],
    sharedVpc: false,
  };
}

// prettier-ignore
const behind: Pick<StackOptions, "listener" | "version" | "containerHttp2">[] = [
  { listener: "HTTPS", version: "HTTP1" },
  { listener: "HTTPS", version: "HTTP2" },
  { listener: "HTTPS", version: "HTTP2", containerHttp2: false },
  { listener: "HTTPS", version: "GRPC" },
  { listener: "HTTP", version: "HTTP1" },
];

const requests: PathRequest[] = (["front", "load-balancer"] as const).flatMap((entry) =>
  ([undefined, "cloudfront"] as const).flatMap((from) =>
    [false, true].flatMap((secretHeader): PathRequest[] => {
      const common = { entry, from, secretHeader, tls: true, method: "GET", kind: "http" } as const;
      return [
        { ...common, protocol: "HTTP/1.1" },
        { ...common, protocol: "HTTP/1.1", tls: false },
        { ...common, protocol: "HTTP/1.1", kind: "websocket" },
        { ...common, protocol: "HTTP/1.1", kind: "grpc", method: "POST" },
        { ...common, protocol: "HTTP/2" },
        { ...common, protocol: "HTTP/2", method: "POST" },
        { ...common, protocol: "HTTP/2", method: "TRACE" },
        { ...common, protocol: "HTTP/2", kind: "grpc", method: "POST" },
      ];
    }),
  ),
);

const kindHeaders = {
  http: {},
  grpc: { "content-type": "application/grpc" },
  websocket: {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "sec-websocket-version": "13",
  },
};

/** Where a request of the path goes here. */
function urlOf(
  served: Serving,
  o: Omit<StackOptions, "port">,
  { entry, tls }: PathRequest,
): string {
  if (o.edge === "none" || entry === "load-balancer") {
    const url =
      o.edge === "none"
        ? served.front.url
        : loadBalancerUrl(served, o.listener === "HTTPS" ? 443 : 80);
    return url.replace(/^https?/, tls ? "https" : "http");
  }
  return tls ? served.front.url : `http://127.0.0.1:${served.front.plainPort ?? 0}`;
}

async function send(
  served: Serving,
  o: Omit<StackOptions, "port">,
  request: PathRequest,
): Promise<number | undefined> {
  const { protocol, kind, method, from, secretHeader } = request;
  const reply = await call(served, {
    url: urlOf(served, o, request) + reflectPath,
    protocol: protocol === "HTTP/2" ? protocol : "HTTP/1.1",
    method,
    ...(from === "cloudfront" && { from: cloudfrontAddress }),
    headers: {
      ...kindHeaders[kind],
      ...(secretHeader === true && { "x-origin-secret": secret }),
    },
  });
  return reply.status;
}

function describeRequest(r: PathRequest): string {
  const parts = [r.protocol, r.tls ? "TLS" : "plain", r.kind, r.method, `at ${r.entry}`];
  if (r.from !== undefined) parts.push("from CloudFront");
  if (r.secretHeader === true) parts.push("with the secret");
  return parts.join(" ");
}

describe("what is served agrees with the path's rules", () => {
  for (const edge of ["none", "public", "vpc"] as const) {
    for (const rest of behind) {
      const options = { edge, ...rest };
      const container = rest.containerHttp2 === false ? ", container HTTP/1.1 only" : "";
      it(`edge ${edge}, ${rest.listener} listener, ${rest.version} target group${container}`, async () => {
        const spec = specOf(options);
        const served = await serving(stack({ ...options, port }).resources);
        try {
          const said: Record<string, number | undefined> = {};
          const found: Record<string, number | undefined> = {};
          for (const request of requests) {
            // Who calls makes no difference at CloudFront, where everyone is a viewer.
            if (edge !== "none" && request.entry === "front" && request.from !== undefined)
              continue;
            said[describeRequest(request)] = answer(spec, request).status;
            found[describeRequest(request)] = await send(served, options, request);
          }
          expect(found).to.deep.equal(said);
        } finally {
          await endServing();
        }
      });
    }
  }
});
