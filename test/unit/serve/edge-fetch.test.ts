/** In which protocol CloudFront asks an origin, and with what. */
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
import { all } from "../../../topology/selections";

const origin = {
  id: "web",
  domainName: "origin.example.com",
  path: "",
  customHeaders: [],
  protocolPolicy: "https-only",
};

/** What is sent to the origin for a gRPC request, with some of its circumstances changed. */
async function sent(o: {
  readonly origin?: object;
  readonly behaviour?: object;
  readonly distribution?: object;
  readonly viewer?: object;
  readonly head?: object;
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
      forwards: { headers: all, cookies: all, queries: all, cloudfrontHeaders: false },
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
    leaving: new ClientAbort(),
  } as unknown as RoutedRequest;
  await fetchWithFailover(sources, request);
  if (!sending) throw new Error("nothing was sent");
  return sending;
}

describe("a gRPC request from CloudFront to its origin", () => {
  it("is HTTP/2 over TLS, and tells the origin that trailers may come", async () => {
    const { protocol, outgoing } = await sent({});
    expect([protocol, outgoing.scheme]).to.deep.equal(["HTTP/2", "https"]);
    expect(value(outgoing.headers, "te")).to.equal("trailers");
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
      const { protocol, outgoing } = await sent(change);
      expect(protocol).to.equal("HTTP/1.1");
      expect(value(outgoing.headers, "te")).to.equal(undefined);
    });
  }
});
