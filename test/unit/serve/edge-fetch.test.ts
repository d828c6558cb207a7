/** Which protocols CloudFront offers an origin, and with what. */
import { expect } from "chai";
import { Readable } from "node:stream";
import {
  type RoutedRequest,
  type Sources,
  fetchWithFailover,
} from "../../../local/serve/edge/fetch";
import type { OriginRequest } from "../../../local/serve/edge/origins";
import { ClientAbort } from "../../../local/serve/http/clientAbort";
import { value } from "../../../local/serve/http/headers";
import { all, none } from "../../../topology/selections";

const origin = {
  id: "web",
  domainName: "origin.example.com",
  path: "",
  customHeaders: [],
  protocolPolicy: "https-only",
  httpVersion: "http1.1",
  tls12: true,
};

/** What is sent to the origin for a gRPC request, with some of its circumstances changed. */
async function sent(o: {
  readonly origin?: object;
  readonly behaviour?: object;
  readonly distribution?: object;
  readonly viewer?: object;
  readonly head?: object;
  readonly upgrade?: string;
}): Promise<OriginRequest> {
  let sending: OriginRequest | undefined;
  const sources = {
    origins: {
      send: (_origin: unknown, what: OriginRequest) => {
        sending = what;
        return Promise.resolve({ status: 502, why: "this is a test" });
      },
    },
  } as unknown as Sources;
  const request = {
    head: {
      method: "POST",
      path: "/demo.Echo/unary",
      headers: [
        ["content-type", "application/grpc+proto"],
        ["te", "trailers"],
      ],
      ...o.head,
    },
    distribution: {
      httpVersion: "http2",
      origins: new Map([["web", { ...origin, ...o.origin }]]),
      ...o.distribution,
    },
    behaviour: {
      originId: "web",
      grpc: true,
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      forwards: { headers: all, cookies: all, queries: all, cloudfrontHeaders: none },
      ...o.behaviour,
    },
    viewer: {
      address: "198.51.100.7",
      port: 1,
      scheme: "https",
      protocol: "HTTP/2",
      host: "www",
      ...o.viewer,
    },
    requestId: "id",
    body: Readable.from([]),
    hasBody: true,
    upgrade: o.upgrade,
    clientAbort: new ClientAbort(),
  } as unknown as RoutedRequest;
  await fetchWithFailover(sources, request);
  if (!sending) throw new Error("nothing was sent");
  return sending;
}

describe("a gRPC request from CloudFront to its origin", () => {
  it("is HTTP/2 over TLS, and says that trailers may come", async () => {
    const { offers, outgoing } = await sent({});
    expect([offers, outgoing.scheme, outgoing.trailers]).to.deep.equal([["h2"], "https", true]);
    // That header is a connection's own: HTTP/1.1 does not get it.
    expect(value(outgoing.headers, "te")).to.equal(undefined);
  });

  // prettier-ignore
  const otherwise: [string, Parameters<typeof sent>[0]][] = [
    ["another content type", { head: { headers: [["content-type", "application/json"]] } }],
    ["another method", { head: { method: "PUT" } }],
    ["a viewer that speaks HTTP/1.1", { viewer: { protocol: "HTTP/1.1" } }],
    ["a viewer that speaks HTTP/3", { viewer: { protocol: "HTTP/3" } }],
    ["gRPC switched off", { behaviour: { grpc: false } }],
    ["POST not allowed", { behaviour: { allowedMethods: ["GET", "HEAD"] } }],
    ["a distribution without HTTP/2", { distribution: { httpVersion: "http3" } }],
    ["HTTP to the origin", { origin: { protocolPolicy: "http-only" } }],
    ["the viewer's own HTTP to the origin", { origin: { protocolPolicy: "match-viewer" }, viewer: { scheme: "http" } }],
    ["a VPC origin", { origin: { loadBalancerArn: "arn" } }],
  ];
  for (const [title, change] of otherwise) {
    it(`is HTTP/1.1 with ${title}`, async () => {
      expect((await sent(change)).offers).to.deep.equal(["http/1.1"]);
    });
  }
});

describe("a request to an origin whose originHttpVersion is http2", () => {
  const http = { head: { method: "GET", headers: [["te", "trailers"]] } } as const;
  const http2 = { httpVersion: "http2", tls12: true } as const;

  // prettier-ignore
  const cases: [string, Parameters<typeof sent>[0], string[]][] = [
    ["may be HTTP/2 or HTTP/1.1", { ...http, origin: http2 }, ["h2", "http/1.1"]],
    ["may be HTTP/2 to a VPC origin as well", { ...http, origin: { ...http2, loadBalancerArn: "arn" } }, ["h2", "http/1.1"]],
    ["is HTTP/1.1 without TLS", { ...http, origin: { ...http2, protocolPolicy: "http-only" } }, ["http/1.1"]],
    ["is HTTP/1.1 without TLS 1.2", { ...http, origin: { ...http2, tls12: false } }, ["http/1.1"]],
    ["is HTTP/1.1 where it is a WebSocket", { ...http, origin: http2, upgrade: "websocket" }, ["http/1.1"]],
    ["is HTTP/2 only where it is gRPC under its conditions", { origin: http2 }, ["h2"]],
    ["may be HTTP/1.1 where it is gRPC without them", { origin: http2, behaviour: { grpc: false } }, ["h2", "http/1.1"]],
  ];
  for (const [title, change, offers] of cases) {
    it(title, async () => {
      expect((await sent(change)).offers).to.deep.equal(offers);
    });
  }

  it("does not say that trailers may come, whatever the viewer says", async () => {
    expect((await sent({ ...http, origin: http2 })).outgoing.trailers).to.equal(false);
  });
});
