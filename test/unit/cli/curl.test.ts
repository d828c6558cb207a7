import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { curlLines, curlWords } from "../../../cli/local/curl";
import { probesFor, type ProbeAddresses, type Probe } from "../../../cli/local/probes";
import { answerText } from "../../../cli/show/answers";
import { edgeMethods } from "../../../path/protocols";
import type { PathAnswer, PathSpec } from "../../../path/types";

const answered = (status: number): PathAnswer => ({
  reaches: status === 200,
  status,
  outcome: "answered",
  at: "container",
  travelled: [],
  why: "Because the rules say so.",
});

const probe = (changes: Partial<Probe>): Probe => ({
  title: "a viewer",
  target: { name: "www.example.com", address: "127.0.0.1", port: 8443, tls: true },
  protocol: "HTTP/2",
  expected: answered(200),
  ...changes,
});

describe("a curl line", () => {
  it("calls the name, connects to loopback, trusts the local CA", () => {
    expect(curlWords(probe({}), "ca.pem").join(" ")).to.equal(
      "curl -i --http2 --cacert ca.pem --connect-to ::127.0.0.1:8443 https://www.example.com/",
    );
  });
  it("comes from where the probe comes from, without TLS where there is none", () => {
    const place = { name: "lb.example.com", address: "127.0.2.1", port: 8080, tls: false };
    const words = curlWords(
      probe({ target: place, protocol: "HTTP/1.1", from: "127.0.1.9" }),
      "ca.pem",
    );
    expect(words.join(" ")).to.equal(
      "curl -i --interface 127.0.1.9 --connect-to ::127.0.2.1:8080 http://lb.example.com/",
    );
  });
  it("asks for the protocol that is to be seen", () => {
    expect(curlWords(probe({ protocol: "HTTP/1.1" }), "ca.pem")).to.include("--http1.1");
  });
  it("shows the client certificate that is next to the CA", () => {
    expect(curlWords(probe({ clientCertificate: true }), "ca/ca.pem").join(" ")).to.contain(
      "--cert ca/client.pem --key ca/client-key.pem --connect-to",
    );
  });
  it("sends a gRPC message, and shows the status that may come after the body", () => {
    expect(curlWords(probe({ grpc: true }), "ca.pem").join(" ")).to.equal(
      String.raw`printf '\0\0\0\0\0' | curl -s -D - -o /dev/null --data-binary @- -H content-type:application/grpc -H te:trailers --http2 --cacert ca.pem --connect-to ::127.0.0.1:8443 https://www.example.com/`,
    );
  });
  it("stays within the screen, and a shell reads it as one command", () => {
    const caFile = "/home/O'Neill/my project/.hopwise/dev/ca.pem";
    const lines = curlLines(probe({}), caFile, 72);
    expect(lines.length).to.be.greaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(72);
    const script = lines.join("\n").replace(/^curl/, 'printf "%s\\n"');
    const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trim().split("\n");
    expect(words).to.include(caFile);
    expect(words.at(-1)).to.equal("https://www.example.com/");
  });
});

const path: PathSpec = {
  edge: {
    origin: "public",
    httpVersion: "http2and3",
    viewerProtocolPolicy: "redirect-to-https",
    originProtocolPolicy: "https-only",
    grpc: false,
    allowedMethods: ["GET", "HEAD"],
    forwardsHost: true,
    viewerNames: ["www.example.com"],
    originName: "www.example.com",
    sendsSecretHeader: true,
    keepAliveSeconds: 5,
    readSeconds: 30,
  },
  listener: {
    scheme: "internet-facing",
    protocol: "HTTPS",
    port: 443,
    http2: true,
    certificateNames: ["www.example.com"],
    requiresSecretHeader: true,
    admits: [{ kind: "cloudfront", ipVersion: 4 }],
    idleSeconds: 60,
    redirectsHttp: false,
  },
  target: {
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    port: 8080,
    admits: [{ kind: "load-balancer" }],
  },
  container: { port: 8080, tls: false, accepts: ["HTTP/1.1"], keepAliveSeconds: 75 },
  mustWork: ["http"],
  sharedVpc: false,
};

const place = (port: number, tls = true): ProbeAddresses["front"] => ({
  name: "www.example.com",
  address: "127.0.0.1",
  port,
  tls,
});

describe("the requests worth seeing", () => {
  const results = (spec: PathSpec, places: ProbeAddresses): string[] =>
    probesFor(spec, places).map((p) => `${p.title}: ${answerText(p.expected)}`);

  it("through CloudFront: viewers pass, the load balancer is closed to all others", () => {
    const places = {
      front: place(8443),
      plain: place(8080, false),
      loadBalancer: { ...place(8443), address: "127.0.2.1" },
      cloudfrontAddress: "127.0.1.1",
    };
    expect(results(path, places)).to.deep.equal([
      "a viewer, HTTP/2: 200",
      "a viewer, HTTP/1.1: 200",
      "a viewer, without TLS: 301",
      "the load balancer, called directly: not admitted",
      "from CloudFront, without the header: 403",
    ]);
  });

  describe("of gRPC", () => {
    const places = { front: place(8443), cloudfrontAddress: "127.0.1.1" };
    const calls: PathSpec = {
      ...path,
      edge: path.edge && { ...path.edge, grpc: true, allowedMethods: edgeMethods },
      target: { ...path.target, protocolVersion: "GRPC" },
      container: { ...path.container, accepts: ["HTTP/2", "HTTP/1.1"] },
      mustWork: ["grpc"],
      grpc: {},
    };
    const called = (spec: PathSpec, at?: string): unknown[] =>
      probesFor(spec, { ...places, front: { ...place(8443), path: at } })
        .filter((probe) => probe.grpc)
        .map((probe) => probe.target.path);

    it("a call, and what becomes of other requests", () => {
      expect(results(calls, places)).to.deep.equal([
        "a viewer, gRPC: 200",
        "a viewer, HTTP/2: 464",
        "a viewer, HTTP/1.1: 464",
      ]);
    });

    it("the call alone where a listener rule asks for gRPC: others have a path of their own", () => {
      const listener = { ...path.listener, takes: ["grpc"] as const };
      expect(results({ ...calls, listener }, places)).to.deep.equal(["a viewer, gRPC: 200"]);
    });

    it("none where nothing says that the container takes gRPC", () => {
      expect(called({ ...calls, grpc: undefined })).to.deep.equal([]);
      expect(called({ ...calls, mustWork: ["http"] })).to.deep.equal([]);
    });

    it("is the health check's, or of a service that nginx passes on", () => {
      const health = "/grpc.health.v1.Health/Check";
      expect(called(calls)).to.deep.equal([health]);
      const named = (...services: string[]): PathSpec => ({ ...calls, grpc: { services } });
      expect(called(named("a.B"))).to.deep.equal(["/a.B/Check"]);
      expect(called(named("a.B", "grpc.health.v1.Health"))).to.deep.equal([health]);
      expect(called(named("a.B"), "/c.D/check")).to.deep.equal(["/c.D/check"]);
    });
  });

  it("straight to an HTTP/2 target group: HTTP/1.1 gets 464", () => {
    const direct: PathSpec = {
      ...path,
      edge: undefined,
      listener: {
        ...path.listener,
        requiresSecretHeader: false,
        admits: [{ kind: "cidr", cidr: "0.0.0.0/0" }],
      },
      target: { ...path.target, protocolVersion: "HTTP2" },
      container: { ...path.container, accepts: ["HTTP/2", "HTTP/1.1"] },
    };
    expect(results(direct, { front: place(8443), cloudfrontAddress: "127.0.1.1" })).to.deep.equal([
      "a viewer, HTTP/2: 200",
      "a viewer, HTTP/1.1: 464",
    ]);
    const closed: PathSpec = {
      ...direct,
      listener: { ...direct.listener, admits: [{ kind: "cidr", cidr: "203.0.113.0/24" }] },
    };
    const places = { front: place(8443), cloudfrontAddress: "127.0.1.1" };
    expect(results(closed, places)[0]).to.equal("a viewer, HTTP/2: not admitted");
    const callerAddress = "203.0.113.9";
    expect(results(closed, { ...places, callerAddress })[0]).to.equal("a viewer, HTTP/2: 200");
  });
});
