import { expect } from "chai";
import {
  edgeGrpcConditions,
  edgeHttp2Conditions,
  edgeToOrigin,
  type Http2Condition,
  missingForHttp2,
} from "../../../path/edgeToOrigin";
import type { EdgeSpec, ListenerSpec } from "../../../path/types";
import { h1 } from "./specs";

describe("what CloudFront sends to its origin", () => {
  const edge: EdgeSpec = { ...h1.edge, grpc: true };
  const grpc = { kind: "grpc", protocol: "HTTP/2", method: "POST", tls: true } as const;

  for (const protocol of ["HTTP/1.1", "HTTP/2", "HTTP/3"] as const)
    for (const kind of ["http", "websocket"] as const)
      it(`HTTP/1.1 for ${kind} of a viewer in ${protocol}, gRPC enabled or not`, () => {
        for (const e of [edge, { ...edge, grpc: false }])
          expect(edgeToOrigin(e, { ...grpc, kind, protocol }).protocol).to.equal("HTTP/1.1");
      });

  it("HTTP/2 for gRPC when every condition holds", () =>
    expect(edgeToOrigin(edge, grpc).protocol).to.equal("HTTP/2"));

  const broken: [string, Partial<EdgeSpec>, Partial<Parameters<typeof edgeToOrigin>[1]>][] = [
    ["a Content-Type of application/grpc", {}, { kind: "http" }],
    ["a viewer that speaks HTTP/2", {}, { protocol: "HTTP/3" }],
    ["the method POST", {}, { method: "GET" }],
    ["the method POST", { allowedMethods: ["GET", "HEAD"] }, {}],
    ["gRPC enabled in the behaviour", { grpc: false }, {}],
    ["HTTP/2 among the distribution's HTTP versions", { httpVersion: "http3" }, {}],
    ["HTTPS from end to end", { originProtocolPolicy: "http-only" }, {}],
    ["HTTPS from end to end", { originProtocolPolicy: "match-viewer" }, { tls: false }],
    ["TLSv1.2 among the origin's originSslProtocols", { originTls12: false }, {}],
    ["an origin that is not a VPC origin", { origin: "vpc" }, {}],
  ];
  for (const [needs, e, r] of broken)
    it(`HTTP/1.1 for gRPC without ${needs} (${JSON.stringify({ ...e, ...r })})`, () => {
      const got = edgeToOrigin({ ...edge, ...e }, { ...grpc, ...r });
      expect(got.protocol).to.equal("HTTP/1.1");
      if (r.kind === undefined) expect(got.why).to.include(needs);
    });

  it("breaks every condition of the table once", () =>
    expect(new Set(broken.map(([needs]) => needs))).to.deep.equal(
      new Set(edgeGrpcConditions.map((condition) => condition.needs)),
    ));

  describe("where HTTP/2 is asked for", () => {
    const asked: EdgeSpec = { ...h1.edge, originHttpVersion: "http2" };
    const http = { kind: "http", protocol: "HTTP/1.1", method: "GET", tls: true } as const;
    const https = { protocol: "HTTPS", http2: true } as const;

    for (const protocol of ["HTTP/1.1", "HTTP/2", "HTTP/3"] as const)
      it(`HTTP/2, whatever the viewer speaks: ${protocol}`, () =>
        expect(edgeToOrigin(asked, { ...http, protocol }, https)).to.deep.include({
          protocol: "HTTP/2",
        }));

    it("HTTP/2 through a VPC origin too", () =>
      expect(edgeToOrigin({ ...asked, origin: "vpc" }, http, https).protocol).to.equal("HTTP/2"));

    const lost: [Http2Condition, Partial<EdgeSpec>, Partial<ListenerSpec>, viewerTls?: boolean][] =
      [
        ["originHttpVersion", { originHttpVersion: "http1.1" }, {}],
        ["originHttpVersion", { originHttpVersion: undefined }, {}],
        ["tls", { originProtocolPolicy: "http-only" }, {}],
        ["tls", { originProtocolPolicy: "match-viewer" }, {}, false],
        ["tls12", { originTls12: false }, {}],
        ["https-listener", {}, { protocol: "HTTP" }],
        ["enableHttp2", {}, { http2: false }],
      ];
    for (const [id, e, l, tls = true] of lost)
      it(`HTTP/1.1 without ${id} (${JSON.stringify({ ...e, ...l })})`, () => {
        const [edge, listener] = [
          { ...asked, ...e },
          { ...https, ...l },
        ];
        const got = edgeToOrigin(edge, { ...http, tls }, listener);
        expect(got).to.deep.include({ protocol: "HTTP/1.1" });
        expect(got.notKnown).to.equal(undefined);
        const missing = missingForHttp2(edge, listener, tls);
        expect(missing.map((row) => row.id)).to.deep.equal([id]);
      });

    it("breaks every condition of the table once", () =>
      expect(new Set(lost.map(([id]) => id))).to.deep.equal(
        new Set(edgeHttp2Conditions.map(({ id }) => id)),
      ));

    it("a WebSocket is not known", () =>
      expect(edgeToOrigin(asked, { ...http, kind: "websocket" }, https).notKnown).to.include(
        "WebSocket",
      ));
    it("a WebSocket is known where the load balancer speaks HTTP/1.1 only", () =>
      expect(
        edgeToOrigin(asked, { ...http, kind: "websocket" }, { ...https, http2: false }).notKnown,
      ).to.equal(undefined));
    it("gRPC without gRPC in the behaviour is not known, with it HTTP/2", () => {
      expect(edgeToOrigin(asked, grpc, https).notKnown).to.include(
        "without gRPC enabled in the behaviour",
      );
      const on = edgeToOrigin({ ...asked, grpc: true }, grpc, https);
      expect([on.protocol, on.notKnown]).to.deep.equal(["HTTP/2", undefined]);
    });
    it("gRPC through a VPC origin is not known", () =>
      expect(
        edgeToOrigin({ ...asked, grpc: true, origin: "vpc" }, grpc, https).notKnown,
      ).to.include("VPC origin"));
  });
});
