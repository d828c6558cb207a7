/** gRPC through every variant that takes it: our components and nginx, a real client and a real server. */
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { eventually } from "../eventually";
import { bytes, chat, definition, spread, echoClient, echoServer, waitingCalls } from "./grpc-echo";
import { servingGrpc } from "./grpc-stack";
import { forBoth } from "./nginx-support";
import { call, endServing, loadBalancerUrl, requestsAt, type Serving } from "./serving";

const cleanups: (() => unknown)[] = [];
const ports = { http: 18198, grpc: 18199 };

const variants = [
  { variant: "grpc-via-cloudfront", http: false, edge: true },
  { variant: "h1-via-cloudfront", http: true, edge: true },
  { variant: "h2-via-cloudfront", http: true, edge: true },
  { variant: "h2-direct", http: true, edge: false },
] as const;

for (const { variant, http, edge } of variants) {
  forBoth(`gRPC on ${variant}`, (kind) => {
    let served: Serving;
    before(async () => {
      served = await servingGrpc(variant, kind, { ...ports, upstream: await echoServer(cleanups) });
    });
    after(async () => {
      for (const cleanup of cleanups.splice(0)) cleanup();
      await endServing();
    });
    const connect = () =>
      echoClient({ port: served.front.port, ca: served.ca }, served.front.host, cleanups);

    it("finds every target healthy", () => {
      const health = served.events.filter((event) => event.kind === "health");
      expect(health.map(({ healthy }) => healthy)).to.deep.equal(
        variant === "h1-via-cloudfront" ? [true, true] : [true],
      );
    });

    it("answers a unary call with its message and its trailers, over HTTP/2 all the way", async () => {
      const { text, code, trailers } = await connect().unary("unary", "hello");
      expect([text, code, trailers.get("x-after")]).to.deep.equal(["hello", 0, ["all"]]);
      const at = edge ? "cloudfront" : "load-balancer";
      await eventually("it is reported", () => requestsAt(served, at).length > 0);
      const { protocol, sentTo } = requestsAt(served, at)[0] ?? {};
      expect([protocol, sentTo?.protocol]).to.deep.equal(["HTTP/2", "HTTP/2"]);
    });

    it("passes on the app's status, which may be all that it answers", async () => {
      const { code, details } = await connect().unary("refuse", "hello");
      expect([code, details]).to.deep.equal([grpc.status.NOT_FOUND, "no such thing"]);
    });

    it("streams from the client", async () => {
      const { path } = definition.collect;
      const collected = await new Promise((resolve, reject) => {
        const stream = connect().client.makeClientStreamRequest(
          path,
          bytes,
          bytes,
          (error: Error | null, value?: Buffer) => {
            if (error) reject(error);
            else resolve(value?.toString());
          },
        );
        for (const part of ["a", "b", "c"]) stream.write(Buffer.from(part));
        stream.end();
      });
      expect(collected).to.equal("abc");
    });

    it("streams to the client", async () => {
      expect(await spread(connect().client, "xyz")).to.deep.equal(["x", "y", "z"]);
    });

    it("streams both ways at once: nothing waits for the end", async () => {
      expect(await chat(connect().client, "one", "two")).to.deep.equal(["one", "two"]);
    });

    it("carries messages of megabytes", async () => {
      const { text } = await connect().unary("unary", "x".repeat(4_000_000));
      expect(text?.length).to.equal(4_000_000);
    });

    it("tells the app when a client gives a call up, or its deadline passes", async () => {
      const { path } = definition.wait;
      const { client } = connect();
      const before = { ...waitingCalls };
      const waiting = client.makeUnaryRequest(path, bytes, bytes, Buffer.from(""), () => undefined);
      await eventually("it is called", () => waitingCalls.started === before.started + 1);
      waiting.cancel();
      await eventually("it knows", () => waitingCalls.cancelled === before.cancelled + 1);
      const code = await new Promise((resolve) => {
        const deadline = Date.now() + 1000;
        client
          .makeUnaryRequest(path, bytes, bytes, Buffer.from(""), { deadline }, () => undefined)
          .on("status", (status: grpc.StatusObject) => {
            resolve(status.code);
          });
      });
      expect(code).to.equal(grpc.status.DEADLINE_EXCEEDED);
      await eventually("no call is left", () => waitingCalls.cancelled === waitingCalls.started);
    });

    const at = "/demo.Echo/unary";
    const request = (contentType: string) => ({
      url: new URL(at, served.front.url).href,
      name: served.front.host,
      method: "POST",
      headers: { "content-type": contentType },
      body: "hello",
    });

    if (http) {
      it("sends gRPC-Web, and other requests for the same paths, to where ordinary requests go", async () => {
        for (const type of ["application/grpc-web+proto", "application/json"]) {
          const { status, body } = await call(served, request(type));
          expect(status, type).to.equal(200);
          expect(JSON.parse(body), type).to.include({ standsFor: "app", url: at, bodyBytes: 5 });
        }
      });

      // AWS does not say what CloudFront does with gRPC where it speaks HTTP/2 to its origin anyway.
      if (variant !== "h2-via-cloudfront")
        it("has nothing but the named services called over gRPC", async () => {
          const { status } = await call(served, {
            ...request("application/grpc"),
            url: new URL("/demo.Other/unary", served.front.url).href,
          });
          // Past CloudFront's behaviours it is HTTP/1.1 to a group for gRPC; without CloudFront, a
          // request like others.
          expect(status).to.equal(edge ? 464 : 200);
        });
    } else {
      it("answers everything else with 464", async () => {
        const { status } = await call(served, request("application/grpc-web+proto"));
        expect(status).to.equal(464);
      });
    }

    if (edge)
      it("lets no call past CloudFront in", async () => {
        const { status } = await call(served, {
          ...request("application/grpc"),
          url: loadBalancerUrl(served) + at,
          from: "127.0.1.9",
        });
        expect(status).to.equal(403);
      });
  });
}

describe("a command in the place of an app", () => {
  after(async () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
    await endServing();
  });

  it("takes gRPC on the container's port for it, and other requests on its own", async () => {
    const answer = '{":status":200,"content-type":"application/grpc","grpc-status":"5"}';
    const script = [
      `require("http2").createServer().on("stream", (s) => s.respond(${answer}, { endStream: true })).listen(${ports.grpc}, process.env.HOST);`,
      `require("http").createServer((_, s) => s.end("web")).listen(process.env.PORT, process.env.HOST);`,
    ].join(" ");
    const served = await servingGrpc("h2-direct", "embedded", ports, `node -e '${script}'`);
    const { front, ca } = served;
    const { code } = await echoClient({ port: front.port, ca }, front.host, cleanups).unary(
      "unary",
      "hello",
    );
    expect(code).to.equal(grpc.status.NOT_FOUND);
    const { body } = await call(served, { url: front.url, name: front.host });
    expect(body).to.equal("web");
  });
});
