/** CloudFront in front of an origin whose `originHttpVersion` is `http2`: what it sends, and when. */
import { expect } from "chai";
import type http2 from "node:http2";
import { text } from "node:stream/consumers";
import type { RequestEvent } from "../../local/serve";
import { eventually } from "../eventually";
import {
  type EdgeChange,
  type EdgeUnderTest,
  edgeOver,
  endEdges,
  originCertificate,
} from "./edge-support";
import { Http2Peer, type PeerRequest, type PeerResponse, echo } from "./http2-peer";

const custom = {
  originProtocolPolicy: "https-only",
  httpPort: 80,
  httpsPort: 443,
  originSslProtocols: ["TLSv1.2"],
};
const asking = { customOriginConfig: { ...custom, originHttpVersion: "http2" } };
// CachingDisabled and AllViewerExceptHostHeader.
const passing = {
  cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

async function edgeWith(
  handler: Http2Peer["handler"],
  change: EdgeChange = {},
): Promise<{ edge: EdgeUnderTest; origin: Http2Peer }> {
  const origin = await Http2Peer.listen(handler, { certificate: await originCertificate() });
  const edge = await edgeOver(
    { web: origin },
    { origins: { web: asking }, behaviour: passing, ...change },
  );
  return { edge, origin };
}

/** What the edge has reported, when it has that many. */
async function reported({ events }: EdgeUnderTest, count: number): Promise<RequestEvent[]> {
  const requests = (): RequestEvent[] => events.filter((e) => e.kind === "request");
  await eventually("the edge reports", () => requests().length === count);
  return requests();
}

describe("CloudFront in front of an origin that is asked for HTTP/2", () => {
  afterEach(endEdges);

  it("sends it no header of HTTP/1.1's connections, and cookies in one", async () => {
    const got: PeerRequest[] = [];
    const { edge } = await edgeWith((request, response) => {
      got.push(request);
      echo(request, response);
    });
    const viewer = edge.http2();
    const stream = viewer.request({
      ":method": "POST",
      ":path": "/a?b=c",
      ":authority": "www.example.com",
      cookie: ["one=1", "two=2"],
      te: "trailers",
    });
    stream.end("over HTTP/2");
    expect(await text(stream)).to.equal("over HTTP/2");
    const headers = { te: "trailers", connection: "keep-alive, x-hop", "x-hop": "1" };
    const reply = await edge.get("/a", { method: "POST", body: "over HTTP/1.1", headers });
    expect([reply.status, reply.text]).to.deep.equal([200, "over HTTP/1.1"]);

    for (const { httpVersion, headers: seen } of got) {
      expect(httpVersion).to.equal("2.0");
      expect(seen[":authority"]).to.equal("web.example.com");
      for (const name of ["te", "connection", "x-hop", "transfer-encoding", "host", "upgrade"])
        expect(seen, name).not.to.have.property(name);
    }
    expect(got[0]?.headers.cookie).to.equal("one=1; two=2");
    // The protocol that was received (RFC 9110, 7.6.3): the viewer's.
    expect(got.map(({ headers: seen }) => seen.via?.slice(0, 4))).to.deep.equal(["2.0 ", "1.1 "]);
    const sent = await reported(edge, 2);
    expect(sent.map((e) => [e.protocol, e.sentTo?.protocol])).to.deep.equal([
      ["HTTP/2", "HTTP/2"],
      ["HTTP/1.1", "HTTP/2"],
    ]);
  });

  it("reports HTTP/1.1 where the origin chose that, and offers no HTTP/2 without being asked", async () => {
    const { edge, origin } = await edgeWith(echo);
    origin.http2 = false;
    expect((await edge.get("/")).status).to.equal(200);
    origin.http2 = true;
    await edge.declare({ origins: { web: { customOriginConfig: custom } }, behaviour: passing });
    expect((await edge.get("/")).status).to.equal(200);
    const sent = await reported(edge, 2);
    expect(sent.map((e) => e.sentTo?.protocol)).to.deep.equal(["HTTP/1.1", "HTTP/1.1"]);
    expect(origin.sessions).to.have.lengthOf(0);
  });

  it("answers HEAD, 204, 304 and errors as over HTTP/1.1, and caches", async () => {
    let asked = 0;
    const { edge } = await edgeWith(
      (request, response) => {
        asked += 1;
        const status = Number(request.url?.slice(1)) || 200;
        response.statusCode = status;
        response.setHeader("cache-control", "max-age=60");
        if ([204, 304].includes(status)) response.end();
        else response.end("body");
      },
      { behaviour: {} },
    );
    const replies = [];
    for (const path of ["/", "/", "/204", "/404"]) replies.push(await edge.get(path));
    expect(replies.map((r) => `${r.status} ${r.text}`)).to.deep.equal([
      "200 body",
      "200 body",
      "204 ",
      "404 body",
    ]);
    expect(replies.map((r) => r.headers["x-cache"])).to.deep.equal([
      "Miss from cloudfront",
      "Hit from cloudfront",
      "Miss from cloudfront",
      "Error from cloudfront",
    ]);
    expect((await edge.get("/", { method: "HEAD" })).text).to.equal("");
    expect(asked).to.equal(3);
  });

  it("answers 502 when the origin resets the stream, and breaks off with it in the middle", async () => {
    const { edge } = await edgeWith((request, response) => {
      const { stream } = response as http2.Http2ServerResponse;
      if (request.url === "/middle")
        stream.write("begin", () => stream.destroy(new Error("no more")));
      else stream.close(2);
    });
    expect((await edge.get("/")).status).to.equal(502);
    const why = (await reported(edge, 1))[0]?.why;
    expect(why).to.match(/^no answer from the origin web\.example\.com: /);
    const broken = await edge.get("/middle").then(
      () => "whole",
      () => "broken off",
    );
    expect(broken).to.equal("broken off");
  });

  it("resets the stream when the viewer has gone, and keeps the connection", async () => {
    const held: PeerResponse[] = [];
    const { edge, origin } = await edgeWith((request, response) => {
      if (request.url === "/held") held.push(response);
      else response.end("ok");
    });
    const viewer = edge.http2();
    const stream = viewer.request({ ":path": "/held", ":authority": "www.example.com" });
    stream.on("error", () => undefined);
    await eventually("the origin has the request", () => held.length === 1);
    stream.close(8);
    const { stream: reset } = held[0] as http2.Http2ServerResponse;
    await eventually("the origin knows", () => reset.destroyed);
    expect(reset.rstCode).to.equal(8);
    expect((await edge.get("/")).text).to.equal("ok");
    expect(origin.sockets).to.have.lengthOf(1);
  });

  it("opens WebSockets over HTTP/1.1", async () => {
    const { edge, origin } = await edgeWith(echo);
    origin.upgrade((socket) => {
      socket.end(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
      );
    });
    expect((await edge.get("/")).status).to.equal(200);
    const headers = { connection: "upgrade", upgrade: "websocket" };
    // This client knows no other protocol: it ends the connection.
    edge.get("/live", { headers }).catch(() => undefined);
    const sent = await reported(edge, 2);
    expect(sent.map((e) => [e.status, e.sentTo?.protocol])).to.deep.equal([
      [200, "HTTP/2"],
      [101, "HTTP/1.1"],
    ]);
    expect(
      origin.sockets.map((socket) => "alpnProtocol" in socket && socket.alpnProtocol),
    ).to.deep.equal(["h2", "http/1.1"]);
  });

  it("answers what cannot be sent on with 400, and goes on", async () => {
    const { edge } = await edgeWith(echo);
    // Over HTTP/2 there is one Authorization only.
    const headers = { "x-one": ["a", "b"], authorization: ["a", "b"] as unknown as string };
    const replies = [await edge.get("/", { headers }), await edge.get("/")];
    expect(replies.map(({ status }) => status)).to.deep.equal([400, 200]);
  });
});
