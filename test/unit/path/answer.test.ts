import { expect } from "chai";
import { answer } from "../../../path/answer";
import type {
  HttpProtocol,
  ListenerSpec,
  PathAnswer,
  PathRequest,
  PathSpec,
  RequestKind,
  TargetProtocolVersion,
} from "../../../path/types";
import { change, type Change, h1, h2, request, vpc, vpcPlain } from "./specs";

const targets: TargetProtocolVersion[] = ["HTTP1", "HTTP2", "GRPC"];

/** The path with a container that accepts whatever the target group's version sends. */
function to(spec: PathSpec, protocolVersion: TargetProtocolVersion, more: Change = {}): PathSpec {
  return change(spec, {
    ...more,
    target: { protocolVersion },
    container: { accepts: ["HTTP/2", "HTTP/1.1"] },
  });
}

/** Status, or a dash where no HTTP answer comes back. */
const short = (got: PathAnswer): string => String(got.status ?? "-");

const both = (spec: PathSpec, r: Partial<PathRequest>): string =>
  (["GET", "POST"] as const)
    .map((method) => short(answer(spec, request({ ...r, method }))))
    .join(" ");

describe("answer, straight to the load balancer", () => {
  const listeners: Record<string, Partial<ListenerSpec>> = {
    HTTPS: { protocol: "HTTPS", http2: true },
    "HTTPS, HTTP/2 off": { protocol: "HTTPS", http2: false },
    HTTP: { protocol: "HTTP", http2: true },
  };
  // Per target version: GET, POST. TLS as the listener has it.
  type Row = [keyof typeof listeners, HttpProtocol, RequestKind, string, string, string];
  // prettier-ignore
  const cases: Row[] = [
    //                                            HTTP1      HTTP2      GRPC
    ["HTTPS",             "HTTP/1.1", "http",      "200 200", "464 464", "464 464"],
    ["HTTPS",             "HTTP/1.1", "websocket", "200 200", "464 464", "464 464"],
    ["HTTPS",             "HTTP/1.1", "grpc",      "464 464", "464 464", "464 464"],
    ["HTTPS",             "HTTP/2",   "http",      "200 200", "200 200", "464 200"],
    ["HTTPS",             "HTTP/2",   "websocket", "- -",     "- -",     "- -"],
    ["HTTPS",             "HTTP/2",   "grpc",      "464 464", "200 200", "464 200"],
    ["HTTPS",             "HTTP/3",   "http",      "- -",     "- -",     "- -"],
    ["HTTPS",             "HTTP/3",   "grpc",      "- -",     "- -",     "- -"],
    ["HTTPS, HTTP/2 off", "HTTP/1.1", "http",      "200 200", "464 464", "464 464"],
    ["HTTPS, HTTP/2 off", "HTTP/1.1", "websocket", "200 200", "464 464", "464 464"],
    ["HTTPS, HTTP/2 off", "HTTP/1.1", "grpc",      "464 464", "464 464", "464 464"],
    ["HTTPS, HTTP/2 off", "HTTP/2",   "http",      "- -",     "- -",     "- -"],
    ["HTTPS, HTTP/2 off", "HTTP/2",   "grpc",      "- -",     "- -",     "- -"],
    ["HTTP",              "HTTP/1.1", "http",      "200 200", "464 464", "464 464"],
    ["HTTP",              "HTTP/1.1", "websocket", "200 200", "464 464", "464 464"],
    ["HTTP",              "HTTP/1.1", "grpc",      "464 464", "464 464", "464 464"],
    ["HTTP",              "HTTP/2",   "http",      "- -",     "- -",     "- -"],
    ["HTTP",              "HTTP/2",   "grpc",      "- -",     "- -",     "- -"],
  ];
  for (const [name, protocol, kind, ...expected] of cases)
    it(`${kind} in ${protocol} to a listener of ${name}: ${expected.join(" | ")}`, () => {
      const listener = listeners[name] ?? {};
      const tls = listener.protocol === "HTTPS";
      const got = targets.map((t) => both(to(h2, t, { listener }), { protocol, kind, tls }));
      expect(got).to.deep.equal(expected);
    });

  const others: [string, PathSpec, Partial<PathRequest>, Partial<PathAnswer>][] = [
    ["TLS to an HTTP listener", change(h2, { listener: { protocol: "HTTP" } }), {}, { outcome: "refused" }],
    ["plain HTTP to an HTTPS listener", h2, { tls: false, protocol: "HTTP/1.1" }, { status: 400, at: "load-balancer" }],
    ["plain HTTP where a redirect waits", change(h2, { listener: { redirectsHttp: true } }), { tls: false, protocol: "HTTP/1.1" }, { status: 301, at: "load-balancer", reaches: false }],
    ["HTTP/2 without TLS", h2, { tls: false }, { outcome: "refused" }],
    ["TRACE", h2, { method: "TRACE" }, { status: 405, at: "load-balancer" }],
    ["CONNECT", h2, { method: "CONNECT" }, { outcome: "refused" }],
    ["a listener without a certificate", change(h2, { listener: { certificateNames: [] } }), {}, { outcome: "refused" }],
    ["an address that is not admitted", change(h2, { listener: { admits: [{ kind: "cidr", cidr: "203.0.113.0/24" }] } }), {}, { outcome: "dropped", at: "security-group" }],
    ["an address that is admitted", change(h2, { listener: { admits: [{ kind: "cidr", cidr: "203.0.113.0/24" }] } }), { from: { address: "203.0.113.9" } }, { status: 200 }],
    ["an IPv6 address, IPv4 admitted", h2, { from: { address: "2001:db8::1" } }, { outcome: "dropped" }],
    ["an IPv6 address that is admitted", change(h2, { listener: { admits: [{ kind: "cidr", cidr: "2001:db8::/32" }] } }), { from: { address: "2001:db8::1" } }, { status: 200 }],
    ["the internet to an internal load balancer", change(h2, { listener: { scheme: "internal" } }), {}, { outcome: "dropped", at: "load-balancer" }],
    ["the VPC to an internal load balancer", change(h2, { listener: { scheme: "internal" } }), { from: "vpc" }, { status: 200 }],
    ["tasks that do not admit the load balancer", change(h2, { target: { admits: [] } }), {}, { status: 504, at: "load-balancer" }],
    ["a container on another port", change(h2, { container: { port: 81 } }), {}, { status: 502, at: "load-balancer" }],
    ["a container that wants TLS", change(h2, { container: { tls: true } }), {}, { status: 502, at: "load-balancer" }],
    ["a container without TLS", change(h2, { target: { protocol: "HTTPS" } }), {}, { status: 502, at: "load-balancer" }],
    ["TLS on both sides", change(h2, { target: { protocol: "HTTPS" }, container: { tls: true } }), {}, { status: 200 }],
    ["a container without HTTP/2", change(h2, { container: { accepts: ["HTTP/1.1"] } }), {}, { status: 502, at: "load-balancer" }],
  ]; // prettier-ignore
  for (const [name, spec, r, expected] of others)
    it(`${name}: ${JSON.stringify(expected)}`, () =>
      expect(answer(spec, request(r))).to.include(expected));

  it("an HTTP/1.1-only container does for an HTTP/1.1 target group", () =>
    expect(
      answer(
        change(h2, { target: { protocolVersion: "HTTP1" }, container: { accepts: ["HTTP/1.1"] } }),
        request(),
      ).status,
    ).to.equal(200));
});

describe("answer, through CloudFront", () => {
  // Viewer over TLS to a distribution with every HTTP version. Per target version: GET, POST.
  type Row = [HttpProtocol, RequestKind, boolean, string, string, string];
  // prettier-ignore
  const cases: Row[] = [
    //                   gRPC enabled  HTTP1      HTTP2      GRPC
    ["HTTP/1.1", "http",      false,   "200 200", "464 464", "464 464"],
    ["HTTP/2",   "http",      false,   "200 200", "464 464", "464 464"],
    ["HTTP/3",   "http",      false,   "200 200", "464 464", "464 464"],
    ["HTTP/1.1", "websocket", false,   "200 200", "464 464", "464 464"],
    ["HTTP/2",   "websocket", false,   "- -",     "- -",     "- -"],
    ["HTTP/3",   "websocket", false,   "- -",     "- -",     "- -"],
    ["HTTP/1.1", "grpc",      false,   "464 464", "464 464", "464 464"],
    ["HTTP/2",   "grpc",      false,   "464 464", "464 464", "464 464"],
    ["HTTP/1.1", "http",      true,    "200 200", "464 464", "464 464"],
    ["HTTP/2",   "http",      true,    "200 200", "464 464", "464 464"],
    ["HTTP/3",   "http",      true,    "200 200", "464 464", "464 464"],
    ["HTTP/1.1", "websocket", true,    "200 200", "464 464", "464 464"],
    ["HTTP/1.1", "grpc",      true,    "464 464", "464 464", "464 464"],
    ["HTTP/2",   "grpc",      true,    "464 464", "464 200", "464 200"],
    ["HTTP/3",   "grpc",      true,    "464 464", "464 464", "464 464"],
  ];
  for (const [protocol, kind, grpc, ...expected] of cases)
    it(`${kind} in ${protocol}, gRPC ${grpc ? "on" : "off"}: ${expected.join(" | ")}`, () =>
      expect(
        targets.map((t) => both(to(h1, t, { edge: { grpc } }), { protocol, kind })),
      ).to.deep.equal(expected));

  it("does not take gRPC through a VPC origin", () =>
    expect(both(to(vpc, "GRPC", { edge: { grpc: true } }), { kind: "grpc" })).to.equal("464 464"));

  // Offered over TLS: HTTP/1.1, HTTP/2, HTTP/3.
  const offers = {
    "http1.1": ["200", "-", "-"],
    http2: ["200", "200", "-"],
    http3: ["200", "-", "200"],
    http2and3: ["200", "200", "200"],
  } as const;
  for (const [httpVersion, expected] of Object.entries(offers))
    it(`offers of ${httpVersion}: ${expected.join(" ")}`, () => {
      const spec = change(h1, { edge: { httpVersion: httpVersion as keyof typeof offers } });
      const got = (["HTTP/1.1", "HTTP/2", "HTTP/3"] as const).map((protocol) =>
        short(answer(spec, request({ protocol }))),
      );
      expect(got).to.deep.equal(expected);
    });

  const plain = { tls: false, protocol: "HTTP/1.1" } as const;
  const anywhere = [{ kind: "cidr", cidr: "0.0.0.0/0" }] as const;
  const open = { viewerProtocolPolicy: "allow-all" } as const;
  // prettier-ignore
  const others: [string, PathSpec, Partial<PathRequest>, Partial<PathAnswer>][] = [
    ["plain GET", h1, plain, { status: 301, at: "cloudfront" }],
    ["plain POST", h1, { ...plain, method: "POST" }, { status: 307, at: "cloudfront" }],
    ["plain HTTP/2", h1, { tls: false }, { outcome: "refused", at: "cloudfront" }],
    ["plain, https-only", change(h1, { edge: { viewerProtocolPolicy: "https-only" } }), plain, { status: 403, at: "cloudfront" }],
    ["plain, allow-all", change(h1, { edge: open }), plain, { status: 200, at: "container" }],
    ["plain, allow-all, match-viewer to HTTPS", change(h1, { edge: { ...open, originProtocolPolicy: "match-viewer" } }), plain, { status: 400, at: "load-balancer" }],
    ["a redirecting origin: CloudFront is sent in circles", change(h1, { edge: { originProtocolPolicy: "http-only" }, listener: { redirectsHttp: true } }), {}, { status: 301, at: "load-balancer", reaches: false }],
    ["TLS to an HTTP listener", change(vpcPlain, { edge: { originProtocolPolicy: "https-only" } }), {}, { status: 502, at: "cloudfront" }],
    ["a method the behaviour does not allow", change(h1, { edge: { allowedMethods: ["GET", "HEAD"] } }), { method: "POST" }, { status: 403, at: "cloudfront" }],
    ["TRACE, whatever the behaviour says", change(h1, { edge: { allowedMethods: ["GET", "HEAD", "TRACE"] } }), { method: "TRACE" }, { status: 403, at: "cloudfront" }],
    ["no header sent", change(h1, { edge: { sendsSecretHeader: false } }), {}, { status: 403, at: "load-balancer" }],
    ["no CloudFront admitted", change(h1, { listener: { admits: [] } }), {}, { status: 504, at: "cloudfront" }],
    ["only CloudFront's IPv6 admitted", change(h1, { listener: { admits: [{ kind: "cloudfront", ipVersion: 6 }] } }), {}, { status: 504, at: "cloudfront" }],
    ["everybody admitted", change(h1, { listener: { admits: anywhere } }), {}, { status: 200 }],
    ["a public origin to an internal load balancer", change(h1, { listener: { scheme: "internal" } }), {}, { status: 504, at: "cloudfront" }],
    ["a VPC origin to a public load balancer", change(vpc, { listener: { scheme: "internet-facing" } }), {}, { status: 504, at: "cloudfront" }],
    ["another name on the certificate", change(h1, { listener: { certificateNames: ["other.example.com"] } }), {}, { status: 502, at: "cloudfront" }],
    ["names that are not known", change(h1, { listener: { certificateNames: undefined } }), {}, { status: 200 }],
    ["the viewer's name, and Host forwarded", change(h1, { edge: { originName: "x.elb.amazonaws.com" } }), {}, { status: 200 }],
    ["the viewer's name, and Host not forwarded", change(h1, { edge: { originName: "x.elb.amazonaws.com", forwardsHost: false } }), {}, { status: 502, at: "cloudfront" }],
    ["one viewer name of two, and Host forwarded", change(h1, { edge: { originName: "x.elb.amazonaws.com", viewerNames: ["www.example.com", "example.com"] } }), {}, { status: 502 }],
    ["tasks that do not admit the load balancer", change(h1, { target: { admits: [] } }), {}, { status: 504, at: "load-balancer" }],
    ["a container without HTTP/1.1", change(h1, { container: { accepts: ["HTTP/2"] } }), {}, { status: 502, at: "load-balancer" }],
    ["a VPC origin", vpc, {}, { status: 200, at: "container" }],
    ["a VPC origin over HTTP", vpcPlain, {}, { status: 200, at: "container" }],
  ];
  for (const [name, spec, r, expected] of others)
    it(`${name}: ${JSON.stringify(expected)}`, () =>
      expect(answer(spec, request(r))).to.include(expected));
});

describe("answer, past CloudFront", () => {
  const past = { entry: "load-balancer" } as const;
  // prettier-ignore
  const cases: [string, Partial<PathRequest>, Partial<PathAnswer>][] = [
    ["the internet", {}, { outcome: "dropped", at: "security-group" }],
    ["the VPC", { from: "vpc" }, { outcome: "dropped", at: "security-group" }],
    ["the internet, with the header", { secretHeader: true }, { outcome: "dropped" }],
    ["CloudFront without the header", { from: "cloudfront" }, { status: 403, at: "load-balancer" }],
    ["CloudFront with the header", { from: "cloudfront", secretHeader: true }, { status: 200, at: "container" }],
  ];
  for (const spec of [h1, vpc])
    for (const [name, r, expected] of cases)
      it(`${name} to a load balancer that is ${spec.listener.scheme}: ${JSON.stringify(expected)}`, () =>
        expect(answer(spec, request({ ...past, ...r }))).to.include(expected));

  it("says 403 before 464: the rule is asked before the target group is", () =>
    expect(
      answer(to(h1, "HTTP2"), request({ ...past, from: "cloudfront", protocol: "HTTP/1.1" }))
        .status,
    ).to.equal(403));
});

describe("client certificates", () => {
  const shown = { clientCertificate: true };
  const edgeAsks = change(h1, { edge: { clientCertificates: "required" } });
  const verifies = (spec: PathSpec, edge: Change["edge"] = {}): PathSpec =>
    change(spec, { edge, listener: { clientCertificates: "required" } });
  // prettier-ignore
  const cases: [string, PathSpec, Partial<PathRequest>, Partial<PathAnswer>][] = [
    ["none, where the listener verifies", verifies(h2), {}, { outcome: "refused", at: "load-balancer" }],
    ["a trusted one", verifies(h2), shown, { status: 200 }],
    ["of those for whom the path is meant", verifies(h2), { meant: true }, { status: 200 }],
    ["none, where the listener passes them on", change(h2, { listener: { clientCertificates: "passthrough" } }), {}, { status: 200 }],
    ["none, without TLS to a redirect", change(verifies(h2), { listener: { redirectsHttp: true } }), { tls: false, protocol: "HTTP/1.1" }, { status: 301 }],
    ["none, where CloudFront asks", edgeAsks, {}, { outcome: "refused", at: "cloudfront" }],
    ["a trusted one at CloudFront", edgeAsks, shown, { status: 200 }],
    ["none, where CloudFront only verifies what is shown", change(h1, { edge: { clientCertificates: "optional" } }), {}, { status: 200 }],
    ["none, without TLS to CloudFront", edgeAsks, { tls: false, protocol: "HTTP/1.1" }, { status: 301 }],
    ["a viewer's, where the listener behind CloudFront verifies", verifies(h1), shown, { status: 502, at: "cloudfront" }],
    ["CloudFront's own", verifies(h1, { showsCertificate: true }), {}, { outcome: "unknown" }],
    ["CloudFront's own, which nobody verifies", change(h1, { edge: { showsCertificate: true } }), {}, { status: 200 }],
    ["CloudFront's own, with gRPC", to(h1, "GRPC", { edge: { grpc: true, showsCertificate: true } }), { kind: "grpc", method: "POST" }, { outcome: "unknown", at: "cloudfront" }],
    ["CloudFront's own, with WebSocket", change(h1, { edge: { showsCertificate: true } }), { kind: "websocket", protocol: "HTTP/1.1" }, { outcome: "unknown", at: "cloudfront" }],
  ];
  for (const [name, spec, r, expected] of cases)
    it(`${name}: ${JSON.stringify(expected)}`, () =>
      expect(answer(spec, request(r))).to.include(expected));
});

describe("what a request travelled", () => {
  // prettier-ignore
  const cases: [string, PathSpec, Partial<PathRequest>, HttpProtocol[]][] = [
    ["HTTP/3 to CloudFront, HTTP/1.1 from there", h1, { protocol: "HTTP/3" }, ["HTTP/3", "HTTP/1.1", "HTTP/1.1"]],
    ["HTTP/2 all the way", h2, {}, ["HTTP/2", "HTTP/2"]],
    ["gRPC through CloudFront", to(h1, "GRPC", { edge: { grpc: true } }), { kind: "grpc", method: "POST" }, ["HTTP/2", "HTTP/2", "HTTP/2"]],
    ["HTTP/2 turned into HTTP/1.1", to(h2, "HTTP1"), {}, ["HTTP/2", "HTTP/1.1"]],
    ["464 at the load balancer", to(h1, "HTTP2"), {}, ["HTTP/2", "HTTP/1.1"]],
    ["a redirect", h1, { tls: false, protocol: "HTTP/1.1" }, ["HTTP/1.1"]],
    ["504 at CloudFront", change(h1, { listener: { admits: [] } }), {}, ["HTTP/2"]],
    ["dropped", h1, { entry: "load-balancer" }, []],
  ];
  for (const [name, spec, r, travelled] of cases)
    it(`${name}: ${travelled.join(", ") || "nothing"}`, () =>
      expect(answer(spec, request(r)).travelled).to.deep.equal(travelled));
});

describe("why", () => {
  it("tells the two wrong pairs of origin and scheme apart", () => {
    const why = (spec: PathSpec): string => answer(spec, request()).why;
    expect(why(change(vpc, { listener: { scheme: "internet-facing" } }))).to.include("VPC origin");
    expect(why(change(h1, { listener: { scheme: "internal" } }))).to.include("over the internet");
  });

  it("explains the article's 464 by both of its halves", () => {
    const { why } = answer(to(h1, "HTTP2"), request());
    expect(why).to.include("CloudFront speaks HTTP/1.1 to origins by default");
    expect(why).to.include("HTTP/2 target group");
  });
});
