import { expect } from "chai";
import fc from "fast-check";
import { answer } from "../../../path/answer";
import { rules } from "../../../rules";
import { cidrContains } from "../../../path/networks";
import { resolvePath } from "../../../rules/resolve";
import { securityGroupRules } from "../../../path/rules";
import { answerTypical } from "../../../path/typical";
import type { ListenerSpec, PathRequest, PathSpec, Source } from "../../../path/types";
import { runs } from "../../thorough";
import { h1 } from "./specs";

const findingCodes = rules.map(({ code }) => code);

// Any spec at all, sensible or not: built from the types, not from the variants.
const source: fc.Arbitrary<Source> = fc.oneof(
  fc.record({
    kind: fc.constant("cidr" as const),
    cidr: fc.constantFrom("0.0.0.0/0", "::/0", "203.0.113.0/24", "10.0.0.0/16", "198.51.100.0/24"),
  }),
  fc.record({
    kind: fc.constant("cloudfront" as const),
    ipVersion: fc.constantFrom(4 as const, 6 as const),
  }),
  fc.constant({ kind: "load-balancer" as const }),
);
const sources = fc.array(source, { maxLength: 3 });
const method = fc.constantFrom("GET", "HEAD", "POST", "OPTIONS", "CONNECT", "TRACE" as const);
const kind = fc.constantFrom("http" as const, "grpc" as const, "websocket" as const);
const names = fc.subarray(["www.example.com", "*.example.com", "x.elb.amazonaws.com"]);

const edge = fc.record({
  origin: fc.constantFrom("public" as const, "vpc" as const),
  httpVersion: fc.constantFrom("http1.1", "http2", "http3", "http2and3" as const),
  viewerProtocolPolicy: fc.constantFrom("allow-all", "redirect-to-https", "https-only" as const),
  originProtocolPolicy: fc.constantFrom("http-only", "https-only", "match-viewer" as const),
  grpc: fc.boolean(),
  allowedMethods: fc.constantFrom(["GET", "HEAD"] as const, h1.edge.allowedMethods),
  forwardsHost: fc.boolean(),
  viewerNames: names,
  originName: fc.constantFrom("www.example.com", "x.elb.amazonaws.com"),
  sendsSecretHeader: fc.boolean(),
  keepAliveSeconds: fc.constantFrom(5, 90),
  readSeconds: fc.constant(30),
});
const listener: fc.Arbitrary<ListenerSpec> = fc.record({
  scheme: fc.constantFrom("internet-facing" as const, "internal" as const),
  protocol: fc.constantFrom("HTTP" as const, "HTTPS" as const),
  port: fc.constantFrom(80, 443),
  http2: fc.boolean(),
  certificateNames: fc.option(names, { nil: undefined }),
  requiresSecretHeader: fc.boolean(),
  admits: sources,
  idleSeconds: fc.constant(60),
  redirectsHttp: fc.boolean(),
});
const container = {
  port: fc.constantFrom(8080, 8081),
  tls: fc.boolean(),
  accepts: fc.subarray(["HTTP/2", "HTTP/1.1"] as const),
  keepAliveSeconds: fc.constantFrom(5, 75),
};
const spec: fc.Arbitrary<PathSpec> = fc.record({
  edge: fc.option(edge, { nil: undefined }),
  listener,
  target: fc.record({
    protocol: fc.constantFrom("HTTP" as const, "HTTPS" as const),
    protocolVersion: fc.constantFrom("HTTP1", "HTTP2", "GRPC" as const),
    port: fc.constant(8080),
    admits: sources,
  }),
  container: fc.record(container),
  appPort: fc.option(fc.constant(3000), { nil: undefined }),
  mustWork: fc.uniqueArray(kind),
  sharedVpc: fc.boolean(),
});
const request = fc.record({
  protocol: fc.constantFrom("HTTP/1.1", "HTTP/2", "HTTP/3" as const),
  tls: fc.boolean(),
  kind,
  method,
  entry: fc.constantFrom("front" as const, "load-balancer" as const),
  from: fc.constantFrom(undefined, "cloudfront" as const, "vpc" as const, {
    address: "203.0.113.9",
  }),
  secretHeader: fc.boolean(),
}) as fc.Arbitrary<PathRequest>;

/** Half of the specs are a sound path with few changes, so that requests do reach. */
const likely: fc.Arbitrary<PathSpec> = fc.oneof(
  spec,
  spec.map((s) => ({
    ...s,
    container: { ...h1.container, accepts: ["HTTP/1.1", "HTTP/2"] as const },
    target: { ...h1.target, protocolVersion: s.target.protocolVersion },
  })),
  spec.map((s) => ({
    ...h1,
    mustWork: s.mustWork,
    target: { ...h1.target, admits: s.target.admits },
  })),
  spec.map((s) => ({
    ...h1,
    edge: undefined,
    listener: { ...s.listener, protocol: "HTTPS" as const, requiresSecretHeader: false },
    mustWork: s.mustWork,
  })),
);

const check = (property: fc.IProperty<[PathSpec, PathRequest]>): void => {
  fc.assert(property, { numRuns: runs(400) });
};

describe("answer, for any path and any request", () => {
  it("is consistent: a status if and only if answered; 200 if and only if it reaches", () => {
    check(
      fc.property(likely, request, (s, r) => {
        const got = answer(s, r);
        expect(got.status !== undefined).to.equal(got.outcome === "answered");
        expect(got.reaches).to.equal(got.status === 200);
        expect(got.reaches).to.equal(got.at === "container");
        expect(got.at === "security-group" && got.outcome !== "dropped").to.equal(false);
        expect(got.why).to.not.equal("");
      }),
    );
  });

  it("travels every connection when it reaches, fewer when it does not", () => {
    check(
      fc.property(likely, request, (s, r) => {
        const { reaches, travelled } = answer(s, r);
        const connections = s.edge && r.entry === "front" ? 3 : 2;
        if (reaches) expect(travelled).to.have.length(connections);
        else expect(travelled.length).to.be.lessThan(connections);
        if (travelled.length > 0) expect(travelled[0]).to.equal(r.protocol);
        expect(travelled.slice(1)).to.not.include("HTTP/3");
      }),
    );
  });

  it("never speaks HTTP/2 behind CloudFront but for gRPC", () => {
    check(
      fc.property(likely, request, (s, r) => {
        fc.pre(s.edge !== undefined && r.entry === "front");
        const [, toOrigin] = answer(s, r).travelled;
        if (toOrigin === "HTTP/2") expect(r.kind).to.equal("grpc");
      }),
    );
  });

  it("stays reaching when one more source is admitted", () => {
    let reaching = 0;
    fc.assert(
      fc.property(likely, request, source, source, (s, r, atListener, atTarget) => {
        const before = answer(s, r);
        fc.pre(before.reaches);
        reaching++;
        const opened = {
          ...s,
          listener: { ...s.listener, admits: [...s.listener.admits, atListener] },
          target: { ...s.target, admits: [atTarget, ...s.target.admits] },
        };
        expect(answer(opened, r)).to.deep.equal(before);
      }),
      { numRuns: runs(20), maxSkipsPerRun: 1000 },
    );
    expect(reaching).to.be.at.least(runs(20));
  });

  it("is closed by default: with nobody admitted nothing reaches", () => {
    check(
      fc.property(likely, request, (s, r) => {
        const closed = { ...s, listener: { ...s.listener, admits: [] } };
        expect(answer(closed, r).reaches).to.equal(false);
      }),
    );
  });
});

describe("resolvePath, for any path", () => {
  const errors = (s: PathSpec): string[] =>
    resolvePath(s)
      .findings.filter((f) => f.severity === "error")
      .map((f) => f.code);

  it("finds no error only where everything that must work does", () => {
    fc.assert(
      fc.property(likely, (s) => {
        fc.pre(errors(s).length === 0);
        // Clients that call a load balancer without CloudFront may know its header.
        fc.pre(s.edge !== undefined || !s.listener.requiresSecretHeader);
        for (const k of s.mustWork) expect(answerTypical(s, k).got.reaches, k).to.equal(true);
      }),
      { numRuns: runs(20), maxSkipsPerRun: 1000 },
    );
  });

  it("blames CloudFront's HTTP/1.1 for every 464 that a web request gets behind it", () => {
    fc.assert(
      fc.property(likely, (s) => {
        fc.pre(s.edge !== undefined && answerTypical(s, "http").got.status === 464);
        expect(
          resolvePath(s)
            .findings.map((f) => f.code)
            .join(),
        ).to.match(/edge-http1-to-(http2|grpc)-target|edge-grpc-only-target|vpc-origin-grpc/);
      }),
      { numRuns: runs(20), maxSkipsPerRun: 1000 },
    );
  });

  it("has stable codes, errors first, and the same result every time", () => {
    fc.assert(
      fc.property(spec, (s) => {
        const { findings, hops } = resolvePath(s);
        for (const f of findings) expect(findingCodes).to.include(f.code);
        const ranks = findings.map(
          (f) => ["error", "warning", "note"].indexOf(f.severity) * 2 - (f.access ? 1 : 0),
        );
        expect(ranks).to.deep.equal([...ranks].sort((a, b) => a - b));
        expect(hops.map((h) => h.to).slice(0, -1)).to.deep.equal(hops.map((h) => h.from).slice(1));
        expect(resolvePath(s)).to.deep.equal({ findings, hops });
      }),
    );
  });

  it("gives every security-group rule a name of its own", () => {
    fc.assert(
      fc.property(spec, (s) => {
        const rules = securityGroupRules(s);
        expect(new Set(rules.map((r) => r.name)).size).to.equal(rules.length);
        const opened = rules.filter(
          (r) => r.direction === "ingress" && r.group === "load-balancer",
        );
        for (const r of opened) expect([s.listener.port, 80]).to.include(r.port);
      }),
    );
  });
});

describe("cidrContains", () => {
  const number = (address: string): number =>
    address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

  it("agrees with arithmetic on IPv4", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (net, address, prefix) => {
        const size = 2 ** (32 - prefix);
        const same = Math.floor(number(net) / size) === Math.floor(number(address) / size);
        expect(cidrContains(`${net}/${prefix}`, address)).to.equal(same);
        expect(cidrContains(`${net}/${prefix}`, net)).to.equal(true);
      }),
    );
  });
});
