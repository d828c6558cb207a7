/** gRPC and WebSockets from a viewer to a container: CloudFront's exceptions, and their conditions. */
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import http from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import type { LocalResource, Props } from "../../local/model/types";
import { bytes, definition, echoClient, echoServer } from "./grpc-echo";
import { eventually } from "../eventually";
import { call, endServing, host, requestsAt, serving, type Serving } from "./serving";
import { Stack, stack, type StackOptions } from "./stacks/resources";

const distribution = "aws:cloudfront/distribution:Distribution";
const cleanups: (() => unknown)[] = [];
const endAll = async (): Promise<void> => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  await endServing();
};

/** A stack of the tests with other settings of its behaviour and its distribution. */
function changed(
  o: Omit<StackOptions, "port">,
  behaviour: Props,
  more: Props = {},
): LocalResource[] {
  const base = stack({ ...o, port: 18092 });
  const { defaultCacheBehavior } = base.find(distribution).inputs as {
    defaultCacheBehavior: Props;
  };
  const result = new Stack();
  result.resources.push(...base.resources);
  return result.with(distribution, "cdn", {
    defaultCacheBehavior: { ...defaultCacheBehavior, ...behaviour },
    ...more,
  });
}

/** Serves resources with a server of the test in the container's place. */
const servingWith = (resources: LocalResource[], port: number): Promise<Serving> =>
  serving(resources, "embedded", { upstreams: new Map([["nginx", { host: "127.0.0.1", port }]]) });

describe("gRPC through CloudFront", () => {
  afterEach(endAll);
  const group = { edge: "public", listener: "HTTPS", version: "GRPC" } as const;
  const on = { grpcConfig: { enabled: true } };

  it("goes on as gRPC: messages, trailers, errors, streams in both directions", async () => {
    const served = await servingWith(changed(group, on), await echoServer(cleanups));
    const { unary, client } = echoClient(
      { port: served.front.port, ca: served.ca },
      host,
      cleanups,
    );
    const { text, code, trailers } = await unary("unary", "hello");
    expect([text, code, trailers.get("x-after")]).to.deep.equal(["hello", 0, ["all"]]);
    const refused = await unary("refuse", "hello");
    expect([refused.code, refused.details]).to.deep.equal([grpc.status.NOT_FOUND, "no such thing"]);
    // Each message is sent only when the one before it came back: nothing may wait for the end.
    const chat = client.makeBidiStreamRequest(definition.chat.path, bytes, bytes);
    const echo = (message: string): Promise<string> =>
      new Promise((resolve) => {
        chat.once("data", (part: Buffer) => {
          resolve(part.toString());
        });
        chat.write(Buffer.from(message));
      });
    expect([await echo("one"), await echo("two")]).to.deep.equal(["one", "two"]);
    chat.end();
    await new Promise((resolve) => chat.on("end", resolve));
    await eventually("the edge reports", () => requestsAt(served, "cloudfront").length === 3);
    for (const { protocol, sentTo } of requestsAt(served, "cloudfront")) {
      expect([protocol, sentTo?.protocol]).to.deep.equal(["HTTP/2", "HTTP/2"]);
    }
  });

  // prettier-ignore
  const without: [string, LocalResource[]][] = [
    ["gRPC switched off in the behaviour", changed(group, {})],
    ["HTTP to the origin", changed(group, on, { origins: [{ ...(stack({ ...group, port: 18092 }).find(distribution).inputs.origins as [Props])[0], customOriginConfig: { originProtocolPolicy: "http-only", httpPort: 80, httpsPort: 443 } }] })],
    ["a VPC origin", changed({ ...group, edge: "vpc" }, on)],
  ];
  for (const [title, resources] of without) {
    it(`does not get through with ${title}: the origin gets HTTP/1.1`, async () => {
      const served = await servingWith(resources, await echoServer(cleanups));
      const { unary } = echoClient({ port: served.front.port, ca: served.ca }, host, cleanups);
      const { code, details } = await unary("unary", "hello");
      expect(code).not.to.equal(grpc.status.OK);
      expect(details).to.match(
        title.startsWith("HTTP to") ? /status code 50[24]/ : /status code 464/,
      );
    });
  }

  it("leaves all other requests HTTP/1.1, which a gRPC target group answers with 464", async () => {
    const served = await servingWith(changed(group, on), await echoServer(cleanups));
    const reply = await call(served, { url: served.front.url, method: "POST", body: "x" });
    expect(reply.status).to.equal(464);
  });

  it("needs a certificate with the origin's name", async () => {
    const resources = changed(group, on).map((r) =>
      r.name === "lb-cert"
        ? {
            ...r,
            inputs: {},
            outputs: { ...r.outputs, domainName: "other.example.com", subjectAlternativeNames: [] },
          }
        : r,
    );
    const served = await servingWith(resources, await echoServer(cleanups));
    const { unary } = echoClient({ port: served.front.port, ca: served.ca }, host, cleanups);
    expect((await unary("unary", "hello")).details).to.match(/status code 502/);
    await eventually("the edge reports", () => requestsAt(served, "cloudfront").length > 0);
    expect(requestsAt(served, "cloudfront")[0]?.why).to.match(/no TLS with the origin/);
  });
});

describe("WebSockets through CloudFront", () => {
  afterEach(endAll);
  const group = { edge: "public", listener: "HTTPS", version: "HTTP1" } as const;

  async function echoing(): Promise<number> {
    const server = http.createServer((_request, response) => {
      response.end();
    });
    const sockets = new WebSocketServer({ server });
    sockets.on("connection", (socket) => {
      socket.on("message", (data, binary) => {
        socket.send(data, { binary });
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    cleanups.push(() => {
      for (const client of sockets.clients) client.terminate();
      server.close();
      server.closeAllConnections();
    });
    return (server.address() as AddressInfo).port;
  }

  const connect = ({ front, ca }: Serving): WebSocket => {
    const socket = new WebSocket(`wss://${front.address}:${front.port}/live`, ["chat"], {
      // Options of the TLS connection, which the type does not list.
      ...{ ca, servername: host },
      headers: { host },
    });
    cleanups.push(() => {
      socket.terminate();
    });
    return socket;
  };

  it("carry messages in both directions", async () => {
    const served = await servingWith(changed(group, {}), await echoing());
    const socket = connect(served);
    const echoed = await new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => {
        socket.send("hello");
      });
      socket.on("message", (data: Buffer) => {
        resolve(data.toString());
      });
    });
    expect([echoed, socket.protocol]).to.deep.equal(["hello", "chat"]);
    socket.close();
    await eventually("the edge reports", () => requestsAt(served, "cloudfront").length > 0);
    expect(requestsAt(served, "cloudfront")[0]).to.include({ status: 101, protocol: "HTTP/1.1" });
  });

  it("need their headers to reach the origin", async () => {
    const none = changed(group, { originRequestPolicyId: undefined });
    const served = await servingWith(none, await echoing());
    const status = await new Promise((resolve) => {
      const socket = connect(served);
      socket.on("unexpected-response", (_request, response) => {
        resolve(response.statusCode);
      });
      socket.on("open", () => {
        resolve("open");
      });
      socket.on("error", resolve);
    });
    expect(status).to.equal(400);
  });
});
