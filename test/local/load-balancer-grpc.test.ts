/** gRPC through a load balancer: a real client and a real server, nothing of ours but what is between. */
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import http2 from "node:http2";
import {
  type EchoClient,
  bytes,
  chat,
  definition,
  spread,
  echoClient,
  echoServer,
  waitingCalls,
} from "./grpc-echo";
import { type Bench, bench, endBenches, fields, listen } from "./load-balancer-support";
import { eventually } from "../eventually";

const name = "www.example.com";
const cleanups: (() => unknown)[] = [];
async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0)) cleanup();
  await endBenches();
}

const server = (): Promise<number> => echoServer(cleanups);
const clientOf = (lb: Bench): EchoClient => echoClient(lb, name, cleanups);

for (const protocolVersion of ["GRPC", "HTTP2"] as const) {
  describe(`gRPC through a load balancer to a ${protocolVersion} target group`, () => {
    afterEach(cleanUp);

    const open = async (): Promise<Bench> => {
      const lb = await bench({ tls: true, group: { protocolVersion } });
      await lb.add(await server());
      return lb;
    };

    it("answers with the message and what comes after it", async () => {
      const lb = await open();
      const { text, code, trailers } = await clientOf(lb).unary("unary", "hello");
      expect([text, code, trailers.get("x-after")]).to.deep.equal(["hello", 0, ["all"]]);
      const [line] = await lb.log();
      expect(fields(line)[0]).to.equal("grpcs");
      expect(fields(line).slice(8, 10)).to.deep.equal(["200", "200"]);
    });

    it("passes on an answer that is only its end", async () => {
      const { code, details } = await clientOf(await open()).unary("refuse", "hello");
      expect([code, details]).to.deep.equal([grpc.status.NOT_FOUND, "no such thing"]);
    });

    it("streams from the client, to the client, and both ways at once", async () => {
      const { client } = clientOf(await open());
      const collected = await new Promise((resolve, reject) => {
        const call = client.makeClientStreamRequest(
          definition.collect.path,
          bytes,
          bytes,
          (error: Error | null, value?: Buffer) => {
            if (error) reject(error);
            else resolve(value?.toString());
          },
        );
        for (const part of ["a", "b", "c"]) call.write(Buffer.from(part));
        call.end();
      });
      expect(collected).to.equal("abc");

      expect(await spread(client, "xyz")).to.deep.equal(["x", "y", "z"]);

      // Each message is sent only when the one before it came back: nothing may wait for the end.
      expect(await chat(client, "one", "two")).to.deep.equal(["one", "two"]);
    });

    it("tells the server when the client gives a call up", async () => {
      const before = { ...waitingCalls };
      const { client } = clientOf(await open());
      const { path } = definition.wait;
      const call = client.makeUnaryRequest(path, bytes, bytes, Buffer.from(""), () => undefined);
      await eventually("it is called", () => waitingCalls.started === before.started + 1);
      call.cancel();
      await eventually("it knows", () => waitingCalls.cancelled === before.cancelled + 1);
    });

    it("makes 502 of a stream that the target resets, with its code in the log", async () => {
      const lb = await bench({ tls: true, group: { protocolVersion } });
      const target = http2.createServer();
      target.on("stream", (stream) => {
        stream.on("error", () => undefined);
        stream.close(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
      });
      await lb.add(target);
      const { code, details } = await clientOf(lb).unary("unary", "hello");
      expect([code, details]).to.deep.equal([
        grpc.status.UNAVAILABLE,
        "Received HTTP status code 502",
      ]);
      const all = fields((await lb.log())[0]);
      expect([all[8], all[9], all[34]]).to.deep.equal(["502", "-", '"0xb"']);
    });
  });
}

describe("gRPC where it does not get through", () => {
  afterEach(cleanUp);

  it("is 464 with an HTTP1 target group", async () => {
    const lb = await bench({ tls: true });
    const { code, details } = await clientOf(lb).unary("unary", "hello");
    expect([code, details]).to.deep.equal([grpc.status.UNKNOWN, "Received HTTP status code 464"]);
  });
});

describe("health checks over HTTP/2", () => {
  afterEach(cleanUp);

  const check = {
    enabled: true,
    protocol: "HTTP",
    port: "traffic-port",
    intervalSeconds: 65,
    timeoutSeconds: 60,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
  } as const;
  const grpcCheck = { ...check, path: "/AWS.ALB/healthcheck" };

  // UNIMPLEMENTED is what a server says that does not know the method, and AWS's default.
  for (const [matcher, healthy] of [
    ["12", true],
    ["0-5", false],
    ["0,10-14", true],
  ] as const) {
    it(`of a GRPC group that expect ${matcher}: ${healthy ? "healthy" : "unhealthy"}`, async () => {
      const lb = await bench({
        tls: true,
        group: { protocolVersion: "GRPC", healthCheck: { ...grpcCheck, matcher } },
        loadBalancer: { healthCheckLogs: { bucket: "logs", prefix: "" } },
      });
      const target = await lb.add(await server());
      expect(target.state).to.equal(healthy ? "healthy" : "unhealthy");
      const [line] = await lb.log("health_check_log_");
      const [type, , , address, , status, code, reason] = fields(line);
      expect([type, address, status, code, reason]).to.deep.equal([
        "grpc",
        target.label,
        healthy ? "PASS" : "FAIL",
        "12",
        healthy ? "-" : "GRPCUnexpectedStatus",
      ]);
    });
  }

  it("of an HTTP2 group go to the configured port", async () => {
    let checked = 0;
    const port = await listen(
      http2.createServer((_, response) => {
        checked += 1;
        response.end();
      }),
    );
    const healthCheck = { ...check, path: "/healthz", matcher: "200", port: String(port) };
    const lb = await bench({ tls: true, group: { protocolVersion: "HTTP2", healthCheck } });
    const target = await lb.add(http2.createServer());
    expect([target.state, checked]).to.deep.equal(["healthy", 1]);
  });
});

describe("a client's HTTP/2 connection", () => {
  afterEach(cleanUp);

  const connect = ({ port, ca }: Bench): http2.ClientHttp2Session => {
    const session = http2.connect(`https://127.0.0.1:${port}`, { ca, servername: name });
    cleanups.push(() => {
      session.destroy();
    });
    session.on("error", () => undefined);
    return session;
  };

  it("has 128 streams at once", async () => {
    const lb = await bench({ tls: true });
    const session = connect(lb);
    await new Promise((resolve) => session.once("remoteSettings", resolve));
    expect(session.remoteSettings.maxConcurrentStreams).to.equal(128);
  });

  it("ends with a GOAWAY after 10,000 requests, each answered", async () => {
    const action = { type: "fixed-response", status: 200, contentType: "a/b", body: "" } as const;
    const lb = await bench({ tls: true, listener: { rules: [], defaultAction: action } });
    const session = connect(lb);
    let [answered, goaway] = [0, 0];
    session.on("goaway", () => (goaway += 1));
    const ask = (): Promise<void> =>
      new Promise((resolve) => {
        const stream = session.request({ ":path": "/", ":authority": name });
        stream.on("response", () => (answered += 1));
        stream.on("error", () => undefined);
        stream.on("close", resolve);
        stream.resume();
      });
    for (let n = 0; n < 9_900; n += 100) await Promise.all(Array.from({ length: 100 }, ask));
    expect([answered, goaway, session.closed]).to.deep.equal([9_900, 0, false]);
    await Promise.all(Array.from({ length: 100 }, ask));
    await eventually("the end is announced", () => goaway === 1);
    expect(answered).to.equal(10_000);
  });
});
