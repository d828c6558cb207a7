import { expect } from "chai";
import { requireSoundPath, resolvePath } from "../../../rules/resolve";
import type { PathSpec, Source } from "../../../path/types";
import type { Finding, Severity } from "../../../rules/finding";
import { PathError } from "../../../rules/pathError";
import { h1ViaCloudfrontSpec } from "../../../path/variants";
import { change, h1, h2, vpc, vpcPlain } from "./specs";

const codes = (spec: PathSpec): string[] => resolvePath(spec).findings.map((f) => f.code);
const find = (spec: PathSpec, code: string): Finding | undefined =>
  resolvePath(spec).findings.find((f) => f.code === code);

const cidr = (...cidrs: string[]): Source[] => cidrs.map((c) => ({ kind: "cidr", cidr: c }));
const cloudfront: Source = { kind: "cloudfront", ipVersion: 4 };

describe("paths that are in order", () => {
  it("h1-via-cloudfront on a public load balancer: no finding", () =>
    expect(codes(h1)).to.deep.equal([]));
  it("h1-via-cloudfront on a VPC origin: no finding", () => expect(codes(vpc)).to.deep.equal([]));
  it("h1-via-cloudfront on a VPC origin without a certificate: one note", () =>
    expect(codes(vpcPlain)).to.deep.equal(["plain-text-inside-aws"]));
  it("h2-direct: its known drawbacks", () =>
    expect(resolvePath(h2).findings.map((f) => `${f.severity} ${f.code}`)).to.deep.equal([
      "warning direct-http1-clients-464",
      "note direct-open-to-internet",
      "note direct-waf-inside-vpc",
      "note direct-no-static-site",
      "note http3-unavailable-on-alb",
    ]));
});

/**
 * One thing broken per row, mostly of our own variants; test/unit/rules/cases has each rule. `text` is
 * what the message or the change must name.
 */
interface Row {
  code: string;
  severity: Severity;
  spec: PathSpec;
  text?: string;
  /** Part of the page's address, where the page depends on the case. */
  source?: string;
}

const grpcOnly = change(h1, {
  edge: { grpc: true },
  target: { protocolVersion: "GRPC" },
  container: { accepts: ["HTTP/2"] },
  mustWork: ["grpc"],
});

// prettier-ignore
const rows: Row[] = [
  { code: "edge-http1-to-http2-target", severity: "error", spec: change(h1, { target: { protocolVersion: "HTTP2" } }), text: "464" },
  { code: "edge-http1-to-http2-target", severity: "error", spec: change(h1, { target: { protocolVersion: "HTTP2" }, mustWork: ["grpc"] }) },
  { code: "edge-http1-to-http2-target", severity: "error", spec: change(h1, { target: { protocolVersion: "HTTP2" }, edge: { grpc: true }, mustWork: [] }) },
  { code: "edge-http1-to-http2-target", severity: "error", spec: change(h1, { target: { protocolVersion: "HTTP2" }, edge: { originHttpVersion: "http2" }, listener: { http2: false } }), text: "enableHttp2: true" },
  { code: "edge-http1-to-http2-target", severity: "error", spec: change(h1, { target: { protocolVersion: "HTTP2" }, edge: { originHttpVersion: "http2", originTls12: false } }), text: "originSslProtocols with TLSv1.2" },
  { code: "edge-http2-fallback", severity: "warning", spec: change(h1, { target: { protocolVersion: "HTTP2" }, container: { accepts: ["HTTP/2"] }, edge: { originHttpVersion: "http2" } }), text: "every request gets 464" },
  { code: "edge-http2-no-effect", severity: "note", spec: change(h1, { edge: { originHttpVersion: "http2" }, listener: { http2: false } }), text: "Requests work" },
  { code: "request-kind-not-known", severity: "warning", spec: change(h1, { edge: { originHttpVersion: "http2" }, mustWork: ["http", "websocket"] }), text: "WebSocket" },
  { code: "edge-http1-to-grpc-target", severity: "error", spec: change(h1, { target: { protocolVersion: "GRPC" } }), text: "464" },
  { code: "edge-http1-to-grpc-target", severity: "error", spec: change(grpcOnly, { mustWork: ["http", "grpc"] }), text: "Every request that is not gRPC" },
  { code: "edge-grpc-only-target", severity: "note", spec: grpcOnly, text: "Every other request to the target group gets 464, because the group's version is GRPC" },
  { code: "edge-grpc-only-target", severity: "note", spec: change(grpcOnly, { target: { protocolVersion: "HTTP2" } }), text: "HTTP2" },
  { code: "http-listener-http2-target", severity: "error", spec: change(h2, { listener: { protocol: "HTTP" } }), text: "InvalidLoadBalancerAction" },
  { code: "listener-http2-off", severity: "error", spec: change(h2, { listener: { http2: false } }), text: "enableHttp2" },
  { code: "container-lacks-protocol", severity: "error", spec: change(h2, { container: { accepts: ["HTTP/1.1"] } }), text: "add http2 to service.app.protocols", source: "nginx.org" },
  { code: "container-lacks-protocol", severity: "error", spec: change(h1, { container: { accepts: ["HTTP/2"] } }), text: "accepts HTTP/2: every request gets 502", source: "aws" },
  { code: "container-lacks-protocol", severity: "error", spec: change(h1, { container: { accepts: [] } }), text: "accepts no HTTP at all" },
  { code: "container-port-mismatch", severity: "error", spec: change(h1, { container: { port: 81 } }), text: "81" },
  { code: "vpc-origin-grpc", severity: "error", spec: change(vpc, { edge: { grpc: true } }) },
  { code: "vpc-origin-grpc", severity: "error", spec: change(vpc, { mustWork: ["http", "grpc"] }) },
  { code: "origin-mtls-requests", severity: "error", spec: change(grpcOnly, { edge: { showsCertificate: true } }), text: "gRPC" },
  { code: "origin-mtls-requests", severity: "error", spec: change(h1, { edge: { showsCertificate: true }, mustWork: ["http", "websocket"] }), text: "WebSockets" },
  { code: "viewers-plain-http", severity: "warning", spec: change(h1, { edge: { viewerProtocolPolicy: "allow-all" } }), text: "redirect-to-https" },
  { code: "viewers-plain-http", severity: "warning", spec: change(h2, { listener: { protocol: "HTTP" } }), text: "certificate" },
  { code: "origin-protocol-mismatch", severity: "error", spec: change(h1, { edge: { originProtocolPolicy: "http-only" } }), text: "https-only" },
  { code: "origin-protocol-mismatch", severity: "error", spec: change(vpcPlain, { edge: { originProtocolPolicy: "https-only" } }), text: "takes HTTP only: all requests fail. Set vpcOriginEndpointConfig.originProtocolPolicy of the aws.cloudfront.VpcOrigin to \"http-only\"" },
  { code: "origin-protocol-mismatch", severity: "error", spec: change(vpcPlain, { edge: { originProtocolPolicy: "match-viewer" } }), text: "originProtocolPolicy is match-viewer and viewers have to use TLS" },
  { code: "origin-protocol-mismatch", severity: "error", spec: change(h1, { edge: { originProtocolPolicy: "match-viewer", viewerProtocolPolicy: "allow-all" } }), text: "with and without TLS" },
  { code: "plain-http-to-public-load-balancer", severity: "warning", spec: change(h1, { edge: { originProtocolPolicy: "match-viewer", viewerProtocolPolicy: "allow-all" } }), text: "requests of viewers without TLS" },
  { code: "plain-http-to-public-load-balancer", severity: "warning", spec: change(h1, { edge: { originProtocolPolicy: "match-viewer", viewerProtocolPolicy: "allow-all", sendsSecretHeader: false } }), text: "without TLS cross the internet" },
  { code: "plain-http-to-public-load-balancer", severity: "warning", spec: h1ViaCloudfrontSpec({ loadBalancerCertificate: false, viewerNames: [], originName: "x" }), text: "origin.access: vpc-origin" },
  { code: "origin-certificate-name-mismatch", severity: "error", spec: change(h1, { listener: { certificateNames: ["a.example.com"] } }), text: "www.example.com" },
  { code: "origin-certificate-name-mismatch", severity: "error", spec: change(h1, { edge: { originName: "x.elb.amazonaws.com", forwardsHost: false } }), text: "the DNS name of the load balancer" },
  { code: "origin-certificate-name-mismatch", severity: "error", spec: change(h1, { edge: { originName: "x.elb.amazonaws.com", forwardsHost: false }, listener: { certificateNames: undefined } }), text: "cannot have a name that is AWS's own" },
  { code: "origin-certificate-name-mismatch", severity: "error", spec: change(vpc, { edge: { originName: "a.b.example.com", forwardsHost: false } }), text: "a.b.example.com" },
  { code: "container-tls-mismatch", severity: "error", spec: change(h1, { target: { protocol: "HTTPS" } }) },
  { code: "container-tls-mismatch", severity: "error", spec: change(h1, { container: { tls: true } }) },
  { code: "plain-text-inside-aws", severity: "note", spec: vpcPlain, text: "port 80" },
  { code: "invalid-cidr", severity: "error", spec: change(h2, { listener: { admits: cidr("0.0.0.0/0", "203.0.113.0/33") } }), text: "203.0.113.0/33" },
  { code: "vpc-origin-public-load-balancer", severity: "error", spec: change(vpc, { listener: { scheme: "internet-facing" } }) },
  { code: "public-origin-internal-load-balancer", severity: "error", spec: change(h1, { listener: { scheme: "internal" } }), text: "504" },
  { code: "load-balancer-closed-to-edge", severity: "error", spec: change(h1, { listener: { admits: [] } }), text: "admits nobody on port 443: every request gets 504" },
  { code: "load-balancer-closed-to-edge", severity: "error", spec: change(h1, { listener: { admits: cidr("203.0.113.0/24", "10.0.0.0/8") } }), text: "admits 203.0.113.0/24, 10.0.0.0/8" },
  { code: "load-balancer-closed-to-edge", severity: "error", spec: change(vpc, { listener: { admits: [] } }), text: "504" },
  { code: "load-balancer-open-behind-edge", severity: "warning", spec: change(h1, { listener: { admits: [cloudfront, ...cidr("203.0.113.0/24")] } }), text: "203.0.113.0/24" },
  { code: "load-balancer-open-behind-edge", severity: "warning", spec: change(h1, { listener: { admits: cidr(...Array.from({ length: 9 }, (_, i) => `203.0.113.${i}/32`)) } }), text: "203.0.113.4/32 and 4 more" },
  { code: "tasks-closed-to-load-balancer", severity: "error", spec: change(h1, { target: { admits: [] } }), text: "admits nobody on port 8080: every request gets 504" },
  { code: "load-balancer-without-egress", severity: "error", spec: change(h1, { target: { noEgressTo: [8080] } }), text: "on port 8080: every request gets 504" },
  { code: "health-check-port-closed", severity: "error", spec: change(h1, { target: { healthCheck: { port: 5005, admits: [] } } }), text: "admits nobody on their port 5005" },
  { code: "host-rule-behind-edge", severity: "error", spec: change(h1, { listener: { missedHost: { asked: ["shop.example.com"], sent: ["www.example.com"], status: 404 } } }), text: "every request gets 404" },
  { code: "tasks-closed-to-load-balancer", severity: "error", spec: change(h2, { target: { admits: cidr("203.0.113.0/24") } }), text: "203.0.113.0/24" },
  { code: "tasks-open", severity: "warning", spec: change(h1, { target: { admits: [{ kind: "load-balancer" }, ...cidr("10.0.0.0/16")] } }), text: "10.0.0.0/16" },
  { code: "no-secret-header", severity: "warning", spec: change(h1, { edge: { sendsSecretHeader: false }, listener: { requiresSecretHeader: false } }), text: "All CloudFront customers" },
  { code: "no-secret-header", severity: "warning", spec: change(h1, { listener: { requiresSecretHeader: false } }), text: "no listener rule asks for it" },
  { code: "vpc-origin-without-secret-header", severity: "note", spec: change(vpc, { listener: { requiresSecretHeader: false } }) },
  { code: "secret-header-not-sent", severity: "error", spec: change(h1, { edge: { sendsSecretHeader: false } }), text: "403" },
  { code: "idle-timeout-order", severity: "error", spec: change(h1, { container: { keepAliveSeconds: 60 } }), text: "for more than 60 s" },
  { code: "edge-idle-timeout-order", severity: "warning", spec: change(h1, { edge: { keepAliveSeconds: 60 } }), text: "origin.timeouts.keepAlive below origin.timeouts.idle, which is 60" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(h1, { mustWork: ["http", "grpc"] }), text: "A gRPC request of a viewer (POST over HTTP/2 with TLS) does not reach the container: the load balancer answers it with 464" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(h2, { mustWork: ["http", "websocket"] }), text: "A WebSocket upgrade of a viewer (GET over HTTP/1.1 with TLS)" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(h2, { listener: { admits: [] } }), text: "drops", source: "load-balancer" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(vpc, { listener: { admits: [{ kind: "cloudfront", ipVersion: 6 }] } }), text: "Admit CloudFront over IPv4", source: "CloudFront" },
  { code: "load-balancer-closed-to-edge", severity: "error", spec: change(h1, { listener: { admits: [{ kind: "cloudfront", ipVersion: 6 }] } }), text: "for IPv6 only" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(grpcOnly, { edge: { allowedMethods: ["GET", "HEAD"] } }), text: "POST among the allowedMethods" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(grpcOnly, { edge: { httpVersion: "http1.1" } }), text: "CloudFront refuses it" },
  { code: "request-kind-cannot-work", severity: "error", spec: change(h2, { target: { protocolVersion: "GRPC" } }), text: "464" },
  { code: "direct-http1-clients-464", severity: "warning", spec: h2, text: "Every HTTP/1.1 client gets 464" },
  { code: "direct-open-to-internet", severity: "note", spec: h2, text: "viewers.allowedCidrs" },
  { code: "direct-open-to-internet", severity: "note", spec: change(h2, { listener: { admits: cidr("::/0") } }), text: "::/0" },
];

describe("each finding, present", () => {
  for (const [i, { code, severity, spec, text, source = "" }] of rows.entries())
    it(`${code}, ${severity}${text === undefined ? "" : `: ${text}`} (${i})`, () => {
      const found = find(spec, code);
      expect(found, codes(spec).join(", ")).to.not.equal(undefined);
      expect(found?.severity).to.equal(severity);
      expect(found?.source).to.include(source);
      if (text !== undefined) expect(`${found?.message} ${found?.change}`).to.include(text);
    });
});

/** The neighbours of the broken paths, which are in order. */
// prettier-ignore
const absent: [string, PathSpec][] = [
  ["edge-http1-to-http2-target", h2],
  ["edge-http1-to-grpc-target", change(h2, { target: { protocolVersion: "GRPC" } })],
  ["http-listener-http2-target", vpcPlain],
  ["listener-http2-off", change(h1, { listener: { http2: false }, target: { protocolVersion: "HTTP2" } })],
  ["edge-grpc-only-target", change(grpcOnly, { edge: { origin: "vpc" } })],
  ["edge-grpc-only-target", change(grpcOnly, { mustWork: [] })],
  ["listener-http2-off", change(h1, { listener: { http2: false } })],
  ["container-lacks-protocol", change(h1, { container: { accepts: ["HTTP/2", "HTTP/1.1"] } })],
  ["container-port-mismatch", change(h1, { target: { port: 81 }, container: { port: 81 } })],
  ["vpc-origin-grpc", grpcOnly],
  ["origin-mtls-requests", change(h1, { edge: { showsCertificate: true } })],
  ["viewers-plain-http", change(h1, { edge: { viewerProtocolPolicy: "https-only" } })],
  ["listener-without-certificate", change(h2, { listener: { certificateNames: undefined } })],
  ["origin-protocol-mismatch", change(h1, { edge: { originProtocolPolicy: "match-viewer" } })],
  ["plain-http-to-public-load-balancer", vpcPlain],
  ["origin-certificate-name-mismatch", change(h1, { edge: { originName: "x.elb.amazonaws.com" } })],
  ["origin-certificate-name-mismatch", change(h1, { listener: { certificateNames: undefined } })],
  ["origin-certificate-name-mismatch", change(vpc, { edge: { forwardsHost: false } })],
  ["container-tls-mismatch", change(h1, { target: { protocol: "HTTPS" }, container: { tls: true } })],
  ["plain-text-inside-aws", vpc],
  ["plain-text-shared-vpc", change(h1, { sharedVpc: true, target: { protocol: "HTTPS" }, container: { tls: true } })],
  ["invalid-cidr", change(h2, { listener: { admits: cidr("::/0", "203.0.113.0/24") } })],
  ["vpc-origin-public-load-balancer", vpc],
  ["public-origin-internal-load-balancer", change(h2, { listener: { scheme: "internal" } })],
  ["plain-http-to-public-load-balancer", change(h1, { edge: { originProtocolPolicy: "match-viewer" } })],
  ["load-balancer-open-behind-edge", h2],
  ["load-balancer-open-behind-edge", change(vpc, { listener: { admits: [cloudfront, ...cidr("10.0.0.0/8")] } })],
  ["load-balancer-closed-to-edge", h1],
  ["load-balancer-closed-to-edge", change(h1, { listener: { admits: cidr("0.0.0.0/0") } })],
  ["load-balancer-closed-to-edge", change(vpc, { listener: { admits: cidr("10.0.0.0/16") } })],
  ["load-balancer-closed-to-edge", change(h2, { listener: { admits: [] } })],
  ["load-balancer-closed-to-edge", change(h1, { listener: { scheme: "internal", admits: [] } })],
  ["tasks-closed-to-load-balancer", change(h1, { target: { admits: cidr("10.0.0.0/16") } })],
  ["tasks-open", h1],
  ["vpc-origin-without-secret-header", change(h1, { listener: { requiresSecretHeader: false } })],
  ["no-secret-header", change(vpc, { listener: { requiresSecretHeader: false } })],
  ["secret-header-not-sent", change(h2, { listener: { requiresSecretHeader: true } })],
  ["request-kind-cannot-work", change(h2, { listener: { requiresSecretHeader: true } })],
  ["request-kind-cannot-work", change(h1, { listener: { admits: [] } })],
  ["request-kind-cannot-work", change(h1, { target: { admits: [] } })],
  ["direct-http1-clients-464", change(h2, { listener: { admits: [cloudfront] } })],
  ["direct-http1-clients-464", change(h2, { listener: { http2: false } })],
  ["direct-open-to-internet", change(h2, { listener: { admits: [{ kind: "cidr", cidr: "0.0.0.0/0", assumed: true }] } })],
  ["prefix-list-quota", change(h1, { listener: { admits: [cloudfront, { kind: "cloudfront", ipVersion: 6 }] } })],
  ["security-group-rule-quota", change(h2, { listener: { admits: cidr(...Array.from({ length: 60 }, (_, i) => `203.0.113.${i}/32`), "::/0") } })],
  ["no-secret-header", h2],
  ["secret-header-not-sent", h1],
  ["idle-timeout-order", change(h1, { container: { keepAliveSeconds: 61 }, edge: { keepAliveSeconds: 90 } })],
  ["edge-idle-timeout-order", change(h1, { edge: { keepAliveSeconds: 59 } })],
  ["request-kind-cannot-work", change(h1, { mustWork: ["http", "websocket"] })],
  ["request-kind-cannot-work", change(h2, { mustWork: ["http", "grpc"] })],
  ["request-kind-cannot-work", grpcOnly],
  ["request-kind-cannot-work", change(h2, { listener: { admits: cidr("203.0.113.0/24") } })],
  ["request-kind-cannot-work", change(h2, { listener: { admits: cidr("172.20.0.0/16"), scheme: "internal" } })],
  ["direct-http1-clients-464", change(h2, { target: { protocolVersion: "HTTP1" } })],
  ["direct-open-to-internet", change(h2, { listener: { admits: cidr("203.0.113.0/24") } })],
  ["direct-open-to-internet", change(h2, { listener: { scheme: "internal" } })],
  ["direct-waf-inside-vpc", h1],
  ["direct-no-static-site", h1],
  ["http3-unavailable-on-alb", h1],
];

describe("each finding, absent", () => {
  for (const [i, [code, spec]] of absent.entries())
    it(`${code} (${i})`, () => expect(codes(spec)).to.not.include(code));
});

describe("all findings", () => {
  const broken = change(h1, {
    edge: {
      sendsSecretHeader: false,
      originProtocolPolicy: "http-only",
      keepAliveSeconds: 90,
    },
    listener: { admits: [cloudfront, ...cidr("0.0.0.0/0")] },
    target: { protocolVersion: "HTTP2", admits: cidr("0.0.0.0/0") },
    container: { keepAliveSeconds: 5 },
    sharedVpc: true,
  });

  it("come at once: errors in the order of the path, who gets in, other warnings", () => {
    expect(resolvePath(broken).findings.map((f) => `${f.severity} ${f.code}`)).to.deep.equal([
      "error origin-protocol-mismatch",
      "error secret-header-not-sent",
      "error edge-http1-to-http2-target",
      "error container-lacks-protocol",
      "error idle-timeout-order",
      "warning plain-http-to-public-load-balancer",
      "warning load-balancer-open-behind-edge",
      "warning tasks-open",
      "warning plain-text-shared-vpc",
      "warning edge-idle-timeout-order",
    ]);
  });

  it("are all in the error that stops a deployment, with what to write instead", () => {
    const { findings } = resolvePath(broken);
    expect(() => requireSoundPath(broken)).to.throw(PathError, /This path has 8 problems/);
    try {
      requireSoundPath(broken);
    } catch (error) {
      const { message, findings: carried } = error as PathError;
      expect(carried).to.deep.equal(findings);
      for (const f of findings) {
        for (const part of [f.code, f.message, f.change, f.source])
          expect(message).to.include(part);
      }
    }
  });

  it("stop a path that lets in who should not get in, although every request works", () => {
    const open = change(h1, { listener: { admits: [cloudfront, ...cidr("203.0.113.0/24")] } });
    expect(() => requireSoundPath(open)).to.throw(PathError, /load-balancer-open-behind-edge/);
  });

  it("stop nothing while none is an error or about who gets in", () =>
    expect(requireSoundPath(h2).findings).to.have.length(5));

  it("read well: sentences, a page, no stray spaces, kebab-case codes", () => {
    for (const { spec } of rows)
      for (const f of resolvePath(spec).findings) {
        expect(f.code).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(f.source).to.match(/^https:\/\/(docs\.aws\.amazon\.com|nginx\.org)\//);
        for (const text of [f.message, f.change]) {
          expect(text).to.match(/^[A-Z].*\.$/s);
          expect(text).to.not.match(/ {2}|undefined|\.\./);
        }
      }
  });
});
