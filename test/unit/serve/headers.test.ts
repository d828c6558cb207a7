import { expect } from "chai";
import {
  originHeaders,
  originHost,
  originPath,
  type Viewer,
} from "../../../local/serve/edge/headers";
import type { Header } from "../../../local/serve/http/headers";
import {
  targetHeaders,
  targetHost,
  traceHeader,
  type ReceivedRequest,
} from "../../../local/serve/loadBalancer/headers";
import { readForwarding } from "../../../topology/forwarding";
import { TopologyIssues, ResourceIndex } from "../../../topology/props";
import type { Origin } from "../../../topology/types";

const object = (headers: readonly Header[]): Record<string, string> =>
  Object.fromEntries(headers.map(([n, v]) => [n, v]));

describe("headers from a load balancer to a target", () => {
  const settings = {
    dropInvalidHeaders: true,
    xffMode: "append",
    xffClientPort: false,
    tlsHeaders: false,
  } as const;
  const arrival: ReceivedRequest = {
    clientAddress: "203.0.113.9",
    clientPort: 4711,
    protocol: "https",
    port: 443,
    tls: { version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256" },
    traceId: "1-67891233-abcdef012345678912345678",
  };
  const own = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "443",
    "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
  };

  // prettier-ignore
  const cases: [string, Header[], Partial<typeof settings> | Record<string, unknown>, Record<string, string>][] = [
    ["adds its own", [], {}, own],
    ["appends to X-Forwarded-For", [["x-forwarded-for", "192.0.2.1"]], {}, { ...own, "X-Forwarded-For": "192.0.2.1, 203.0.113.9" }],
    ["preserves X-Forwarded-For", [["X-Forwarded-For", "192.0.2.1"]], { xffMode: "preserve" }, { ...own, "X-Forwarded-For": "192.0.2.1" }],
    ["adds the client's port where asked", [], { xffClientPort: true }, { ...own, "X-Forwarded-For": "203.0.113.9:4711" }],
    ["writes over what the client claims of the connection", [["X-Forwarded-Proto", "http"], ["X-Forwarded-Port", "1"]], {}, own],
    ["leaves out headers of the connection", [["Connection", "close, x-hop"], ["X-Hop", "1"], ["Keep-Alive", "5"], ["TE", "trailers"], ["Transfer-Encoding", "chunked"], ["Upgrade", "h2c"], ["Expect", "100-continue"]], {}, own],
    ["leaves out Host, which is written apart", [["Host", "www.example.com"]], {}, own],
    ["drops invalid names", [["X_Under", "1"], ["X-Fine", "2"]], {}, { "X-Fine": "2", ...own }],
    ["keeps invalid names if configured", [["X_Under", "1"]], { dropInvalidHeaders: false }, { X_Under: "1", ...own }],
    ["joins the cookies that HTTP/2 splits", [["cookie", "a=1"], ["cookie", "b=2"]], {}, { cookie: "a=1; b=2", ...own }],
    ["tells of TLS where asked", [], { tlsHeaders: true }, { ...own, "X-Amzn-Tls-Version": "TLSv1.3", "X-Amzn-Tls-Cipher-Suite": "TLS_AES_128_GCM_SHA256" }],
  ];
  for (const [title, received, change, expected] of cases) {
    it(title, () => {
      const headers = targetHeaders(received, { ...settings, ...change }, arrival);
      expect(object(headers)).to.deep.equal(expected);
    });
  }

  it("removes X-Forwarded-For in mode remove", () => {
    const headers = targetHeaders(
      [["X-Forwarded-For", "192.0.2.1"]],
      { ...settings, xffMode: "remove" },
      arrival,
    );
    expect(object(headers)).not.to.have.property("X-Forwarded-For");
  });

  it("puts Self in front of a Root that is there", () => {
    const trace = (before: string): string => traceHeader([["X-Amzn-Trace-Id", before]], "1-2-3");
    expect(trace("Root=1-9-9")).to.equal("Self=1-2-3;Root=1-9-9");
    expect(trace("Self=1-8-8;Root=1-9-9;a=b")).to.equal("Self=1-2-3;Root=1-9-9;a=b");
    expect(trace("a=b")).to.equal("Root=1-2-3");
    expect(trace(`Root=1-9-9;a=${"b".repeat(8000)}`)).to.equal("Root=1-2-3");
  });

  // prettier-ignore
  const hosts: [string, boolean, Pick<ReceivedRequest, "protocol" | "port">, string][] = [
    ["WWW.example.com", false, { protocol: "https", port: 443 }, "www.example.com"],
    ["www.example.com:443", false, { protocol: "https", port: 443 }, "www.example.com"],
    ["www.example.com", false, { protocol: "https", port: 8443 }, "www.example.com:8443"],
    ["www.example.com", false, { protocol: "http", port: 443 }, "www.example.com:443"],
    ["WWW.example.com:1", true, { protocol: "https", port: 8443 }, "WWW.example.com:1"],
  ];
  for (const [host, preserve, at, expected] of hosts) {
    it(`Host ${host} on ${at.protocol} ${at.port}${preserve ? ", preserved," : ""} becomes ${expected}`, () => {
      expect(targetHost(host, preserve, at)).to.equal(expected);
    });
  }
});

describe("headers from CloudFront to an origin", () => {
  const viewer: Viewer = {
    address: "203.0.113.9",
    port: 4711,
    scheme: "https",
    protocol: "HTTP/2",
    host: "www.example.com",
  };
  const origin = {
    domainName: "origin.example.com",
    path: "",
    customHeaders: [["X-Secret", "s"]],
  } as unknown as Origin;
  const behaviour = (originRequestPolicyId?: string) => ({
    forwards: readForwarding(
      { originRequestPolicyId },
      new ResourceIndex([]),
      new TopologyIssues(),
    ),
  });
  const allViewer = behaviour("216adef6-5c7f-47e4-b989-5492eafa07d3");
  const exceptHost = behaviour("b689b0a8-53d0-40ab-baf2-68738e2966ac");
  const none = behaviour();
  const id = "i".repeat(56);
  const send = (received: Header[], b = allViewer): Record<string, string> =>
    object(originHeaders(received, b, origin, viewer, id));

  it("adds those of CloudFront's own headers that a policy names, and no others", () => {
    const headersConfig = (headerBehavior: string, ...items: string[]) => ({
      headersConfig: { headerBehavior, headers: { items } },
    });
    const forwarding = (policy: object) => ({
      forwards: readForwarding(
        { originRequestPolicyId: "own" },
        new ResourceIndex([
          {
            ...{ urn: "urn", type: "aws:cloudfront/originRequestPolicy:OriginRequestPolicy" },
            ...{ name: "own", id: "own", inputs: { ...policy }, outputs: {} },
          },
        ]),
        new TopologyIssues(),
      ),
    });
    const sent = (policy: object) =>
      Object.keys(send([["accept", "text/html"]], forwarding(policy))).filter((name) =>
        /^(accept|cloudfront)/i.test(name),
      );
    const name = "CloudFront-Viewer-Address";
    expect(sent(headersConfig("allViewerAndWhitelistCloudFront", name))).to.deep.equal([
      "accept",
      name,
    ]);
    expect(sent(headersConfig("whitelist", name))).to.deep.equal([name]);
    expect(sent(headersConfig("allViewer"))).to.deep.equal(["accept"]);
  });

  it("forwards the viewer's headers with AllViewer, and adds its own", () => {
    expect(
      send([
        ["accept", "text/html"],
        ["user-agent", "curl"],
      ]),
    ).to.deep.equal({
      accept: "text/html",
      "user-agent": "curl",
      "X-Forwarded-For": "203.0.113.9",
      Via: `2.0 ${"i".repeat(32)}.cloudfront.net (CloudFront)`,
      "X-Amz-Cf-Id": id,
      "X-Secret": "s",
    });
  });

  it("forwards nothing but what a body needs without a policy, as Amazon CloudFront", () => {
    const sent = send(
      [
        ["accept", "text/html"],
        ["cookie", "a=1"],
        ["content-type", "x/y"],
        ["user-agent", "curl"],
      ],
      none,
    );
    expect(sent).not.to.have.any.keys("accept", "cookie", "user-agent");
    expect(sent).to.include({ "content-type": "x/y", "User-Agent": "Amazon CloudFront" });
  });

  for (const name of [
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Expect",
    "TE",
    "Upgrade",
    "X-Edge-Location",
    "Proxy-Authorization",
    "Host",
  ]) {
    it(`removes ${name}`, () => {
      expect(send([[name, "x"]])).not.to.have.property(name);
    });
  }

  it("appends to X-Forwarded-For and Via", () => {
    const sent = send([
      ["X-Forwarded-For", "192.0.2.1"],
      ["Via", "1.1 proxy"],
    ]);
    expect(sent["X-Forwarded-For"]).to.equal("192.0.2.1, 203.0.113.9");
    expect(sent.Via).to.match(/^1\.1 proxy, 2\.0 i+\.cloudfront\.net \(CloudFront\)$/);
  });

  it("writes a custom header over the viewer's", () => {
    const headers = originHeaders([["x-secret", "guess"]], allViewer, origin, viewer, id);
    expect(headers.filter(([n]) => n.toLowerCase() === "x-secret")).to.deep.equal([
      ["X-Secret", "s"],
    ]);
  });

  it("forwards the viewer's Host with AllViewer only", () => {
    expect(originHost(allViewer.forwards, origin, viewer)).to.equal("www.example.com");
    expect(originHost(exceptHost.forwards, origin, viewer)).to.equal("origin.example.com");
    expect(originHost(none.forwards, origin, viewer)).to.equal("origin.example.com");
  });

  it("forwards the query string only with a policy, and puts the origin's path first", () => {
    expect(originPath("/a?x=1", allViewer, origin)).to.equal("/a?x=1");
    expect(originPath("/a?x=1", none, origin)).to.equal("/a");
    expect(originPath("/a?x=1", allViewer, { path: "/app" })).to.equal("/app/a?x=1");
  });
});
