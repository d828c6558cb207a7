import { expect } from "chai";
import { itWith } from "../parts";
import { forBoth } from "./nginx-support";
import {
  call,
  curl,
  endServing,
  forgedAddress,
  host,
  seen,
  serving,
  type Serving,
} from "./serving";
import { stack } from "./stacks/resources";

for (const targetProtocol of ["HTTP", "HTTPS"] as const) {
  forBoth(`h2-direct, ${targetProtocol} to the tasks`, (kind) => {
    let served: Serving;
    before(async () => {
      const options = { edge: "none", listener: "HTTPS", version: "HTTP2", port: 18083 } as const;
      served = await serving(stack({ ...options, targetProtocol }).resources, kind);
    });
    after(endServing);

    it("HTTP/2 arrives at nginx as HTTP/2", async () => {
      expect(await seen(served)).to.include({
        protocol: "HTTP/2.0",
        tls: targetProtocol === "HTTPS",
        host,
        client: "198.51.100.7",
        forwardedFor: "198.51.100.7",
      });
    });

    it("a forged address has no effect on the one that the app gets", async () => {
      const found = await seen(served, { headers: forgedAddress });
      expect(found.client).to.equal("198.51.100.7");
      expect(found.forwardedFor).to.equal("192.0.2.66, 10.0.0.5, 198.51.100.7");
    });

    it("its targets are healthy over HTTP/2", () => {
      const health = served.events.filter((e) => e.kind === "health");
      expect(health).to.have.lengthOf(1);
      expect(health[0]).to.include({ healthy: true, reason: "200" });
    });

    itWith("curl", "curl gets 200 over HTTP/2 and 464 over HTTP/1.1", async () => {
      const { url } = served.front;
      expect(await curl(served, "--http2", url)).to.deep.equal({ code: 0, seen: "2 200" });
      expect(await curl(served, "--http1.1", url)).to.deep.equal({ code: 0, seen: "1.1 464" });
    });

    it("the 464 has an empty body", async () => {
      const reply = await call(served, { url: served.front.url, protocol: "HTTP/1.1" });
      expect([reply.status, reply.body, reply.headers["content-length"]]).to.deep.equal([
        464,
        "",
        "0",
      ]);
    });

    it("a WebSocket's upgrade is an HTTP/1.1 request, so 464", async () => {
      const headers = { connection: "Upgrade", upgrade: "websocket" };
      const reply = await call(served, { url: served.front.url, protocol: "HTTP/1.1", headers });
      expect(reply.status).to.equal(464);
    });

    it("plain HTTP on the HTTPS port gets 400", async () => {
      const reply = await call(served, { url: served.front.url.replace("https:", "http:") });
      expect([reply.status, reply.headers.server]).to.deep.equal([400, "awselb/2.0"]);
    });

    it("many requests at once share the target's connections", async () => {
      const replies = await Promise.all(
        Array.from({ length: 60 }, () => call(served, { url: served.front.url })),
      );
      expect(replies.map((r) => r.status)).to.deep.equal(Array.from({ length: 60 }, () => 200));
    });
  });
}

describe("h2-direct for some ranges only", () => {
  afterEach(endServing);
  const base = stack({ edge: "none", listener: "HTTPS", version: "HTTP2", port: 18084 });
  const resources = base.with(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "lb-in",
    {
      cidrIpv4: "203.0.113.0/24",
    },
  );

  it("refuses the address that 127.0.0.1 stands for", async () => {
    const served = await serving(resources);
    expect((await call(served, { url: served.front.url })).status).to.equal(undefined);
    const [refused] = served.events.filter((e) => e.kind === "refused");
    expect(refused).to.include({ port: 443, caller: "198.51.100.7 (the internet)" });
  });

  it("admits it where it stands for one of the range", async () => {
    const served = await serving(resources, "embedded", { callerAddress: "203.0.113.9" });
    expect((await call(served, { url: served.front.url })).status).to.equal(200);
  });
});
