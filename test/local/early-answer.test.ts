/** Answers that come before all of a request's body: nginx answers by itself without reading it. */
import { expect } from "chai";
import http2 from "node:http2";
import { describeWith } from "../parts";
import { endServing, host, reflectPath, serving } from "./serving";
import { stack } from "./stacks/resources";

/** The status, once the stream is over: answered, and the body taken or no longer wanted. */
function post(session: http2.ClientHttp2Session): Promise<number | undefined> {
  const path = { ":path": reflectPath, ":authority": host, ":method": "POST" };
  const stream = session.request(path);
  let status: number | undefined;
  stream.on("response", (headers) => (status = headers[":status"]));
  stream.resume();
  stream.end("x".repeat(1_000_000));
  return new Promise((resolve, reject) => {
    stream.on("error", reject);
    stream.on("close", () => {
      resolve(status);
    });
  });
}

describeWith("nginx", "an answer before the end of a body", () => {
  afterEach(endServing);

  for (const [front, options] of [
    ["CloudFront", { version: "HTTP1", edge: "public" }],
    ["the load balancer", { version: "HTTP2", edge: "none" }],
  ] as const)
    it(`ends the request over HTTP/2 to ${front}`, async () => {
      const { resources } = stack({ ...options, listener: "HTTPS", port: 18521 });
      const served = await serving(resources, "nginx");
      const session = http2.connect(served.front.url, { ca: served.ca, servername: host });
      try {
        for (let i = 0; i < 10; i += 1) expect(await post(session)).to.equal(200);
      } finally {
        session.destroy();
      }
    });
});
