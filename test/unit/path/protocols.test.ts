import { expect } from "chai";
import {
  clientRequest,
  listenerOffers,
  matrixRow,
  protocolMatrix,
  isGrpc,
} from "../../../path/protocols";
import type { ClientRequest } from "../../../path/protocols";
import type { Method, TargetProtocolVersion } from "../../../path/types";

const targets: TargetProtocolVersion[] = ["HTTP1", "HTTP2", "GRPC"];

describe("protocol matrix", () => {
  // What AWS's table says, written down a second time: as (GET, POST) per target version.
  const cases: [ClientRequest, ...[string, string][]][] = [
    ["HTTP/1.1", ["HTTP/1.1", "HTTP/1.1"], ["464", "464"], ["464", "464"]],
    ["HTTP/2", ["HTTP/1.1", "HTTP/1.1"], ["HTTP/2", "HTTP/2"], ["464", "HTTP/2"]],
    ["gRPC", ["464", "464"], ["HTTP/2", "HTTP/2"], ["464", "HTTP/2"]],
    ["gRPC over HTTP/1.1", ["464", "464"], ["464", "464"], ["464", "464"]],
  ];
  for (const [client, ...expected] of cases)
    for (const [i, target] of targets.entries())
      it(`${client} to ${target}`, () => {
        const got = (["GET", "POST"] as Method[]).map(
          (method) => matrixRow(client, target, method).forwardedAs ?? "464",
        );
        expect(got).to.deep.equal(expected[i]);
      });

  it("decides every client, target and method by exactly one row", () => {
    const methods: Method[] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
    for (const [client] of cases)
      for (const target of targets)
        for (const method of methods) {
          const rows = protocolMatrix.filter(
            (row) =>
              row.client === client &&
              row.target === target &&
              (row.methods === undefined ||
                row.methods === (method === "POST" ? "POST" : "not POST")),
          );
          expect(rows, `${client} ${method} to ${target}`).to.have.length(1);
          expect(matrixRow(client, target, method)).to.equal(rows[0]);
        }
  });

  it("names a reason and an AWS page in every row", () => {
    for (const row of protocolMatrix) {
      expect(row.why).to.not.equal("");
      expect(row.source).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });

  it("tells gRPC by its kind, and takes the version into account", () => {
    expect(clientRequest("HTTP/2", "grpc")).to.equal("gRPC");
    expect(clientRequest("HTTP/1.1", "grpc")).to.equal("gRPC over HTTP/1.1");
    expect(clientRequest("HTTP/2", "http")).to.equal("HTTP/2");
    expect(clientRequest("HTTP/1.1", "websocket")).to.equal("HTTP/1.1");
  });
});

describe("what counts as gRPC", () => {
  // prettier-ignore
  const types: [string | undefined, boolean][] = [
    ["application/grpc", true],
    ["APPLICATION/GRPC", true],
    ["application/grpc+proto", true],
    ["application/grpc;charset=utf-8", true],
    ["Application/gRPC+proto; charset=utf-8", true],
    ["application/grpc-web", false],
    ["application/grpc-web+proto", false],
    ["Application/gRPC-Web-Text", false],
    ["application/grpcx", false],
    ["application/json", false],
    ["text/plain; application/grpc", false],
    [undefined, false],
  ];
  for (const [type, grpc] of types)
    it(`${type ?? "no type"}: ${grpc ? "yes" : "no"}`, () => expect(isGrpc(type)).to.equal(grpc));
});

describe("what a listener offers", () => {
  const cases = [
    { protocol: "HTTPS", http2: true, offers: ["HTTP/2", "HTTP/1.1"] },
    { protocol: "HTTPS", http2: false, offers: ["HTTP/1.1"] },
    { protocol: "HTTP", http2: true, offers: ["HTTP/1.1"] },
    { protocol: "HTTP", http2: false, offers: ["HTTP/1.1"] },
  ] as const;
  for (const { offers, ...listener } of cases)
    it(`${listener.protocol} with HTTP/2 ${listener.http2 ? "on" : "off"}: ${offers.join(", ")}`, () =>
      expect(listenerOffers(listener)).to.deep.equal(offers));
});
