import { expect } from "chai";
import { type Variant, variants } from "../../path/variants";
import { itWith } from "../parts";
import { forBoth } from "./nginx-support";
import { eventually } from "../eventually";
import {
  accessLog,
  call,
  cloudfrontAddress,
  curl,
  endServing,
  forgedAddress,
  host,
  loadBalancerUrl,
  requestsAt,
  seen,
  serving,
  stranger,
  type Serving,
} from "./serving";
import { secret, stack, type StackOptions } from "./stacks/resources";

interface Way {
  readonly variant: Variant;
  readonly options: Pick<StackOptions, "edge" | "listener" | "originHttpVersion">;
}

// prettier-ignore
const ways: readonly Way[] = [
  { variant: "h1-via-cloudfront", options: { edge: "public", listener: "HTTPS" } },
  { variant: "h1-via-cloudfront", options: { edge: "vpc", listener: "HTTP" } },
  { variant: "h1-via-cloudfront", options: { edge: "vpc", listener: "HTTPS" } },
  { variant: "h1-via-cloudfront", options: { edge: "public", listener: "HTTPS", originHttpVersion: "http2" } },
  { variant: "h1-via-cloudfront", options: { edge: "vpc", listener: "HTTPS", originHttpVersion: "http2" } },
  { variant: "h2-via-cloudfront", options: { edge: "public", listener: "HTTPS", originHttpVersion: "http2" } },
  { variant: "h2-via-cloudfront", options: { edge: "vpc", listener: "HTTPS", originHttpVersion: "http2" } },
];

/** `h1-via-cloudfront over a VPC origin, HTTPS, HTTP/2 asked for` */
const titleOf = ({ variant, options: { edge, listener, originHttpVersion } }: Way): string =>
  [
    `${variant} over ${edge === "vpc" ? "a VPC origin" : "a public load balancer"}`,
    listener,
    ...(originHttpVersion === "http2" ? ["HTTP/2 asked for"] : []),
  ].join(", ");

forBoth("CloudFront in front", (kind) => {
  for (const way of ways) {
    describe(titleOf(way), () => {
      const { edge, listener, originHttpVersion } = way.options;
      const version = variants[way.variant].target;
      const port = listener === "HTTPS" ? 443 : 80;
      const toLoadBalancer = originHttpVersion === "http2" ? "HTTP/2" : "HTTP/1.1";
      const toNginx = version === "HTTP1" ? "HTTP/1.1" : "HTTP/2.0";
      let served: Serving;
      before(async () => {
        served = await serving(
          stack({ ...way.options, variant: way.variant, version, port: 18081 }).resources,
          kind,
        );
      });
      after(endServing);

      for (const protocol of ["HTTP/2", "HTTP/1.1"] as const) {
        it(`${protocol} of a viewer arrives at nginx as ${toNginx}, with the viewer's address`, async () => {
          const found = await seen(served, { protocol });
          expect(found).to.include({
            variant: way.variant,
            protocol: toNginx,
            tls: false,
            host,
            scheme: "https",
            client: "198.51.100.7",
            peer: "127.0.2.1",
            forwardedFor: "198.51.100.7, 130.176.0.1",
          });
          expect(found.via).to.match(
            protocol === "HTTP/2" ? /^2\.0 \S+\.cloudfront\.net/ : /^1\.1 /,
          );
          expect(found.traceId).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
        });
      }

      it("a forged address has no effect on the one that the app gets", async () => {
        const headers = { ...forgedAddress, "cloudfront-viewer-address": "192.0.2.66:1" };
        const found = await seen(served, { headers });
        expect(found.client).to.equal("198.51.100.7");
        expect(found.forwardedFor).to.equal("192.0.2.66, 10.0.0.5, 198.51.100.7, 130.176.0.1");
      });

      it(`CloudFront speaks ${toLoadBalancer} to the load balancer, and its logs say so`, async () => {
        await call(served, { url: served.front.url });
        const at = requestsAt(served, "load-balancer").map(({ protocol }) => protocol);
        expect(new Set(at)).to.deep.equal(new Set([toLoadBalancer]));
        const own = (): string[] => accessLog(served).filter((line) => line.includes(`//${host}:`));
        await eventually("a line is written", () => own().length > 0);
        const type = toLoadBalancer === "HTTP/2" ? "h2" : listener.toLowerCase();
        expect(new Set(own().map((line) => line.split(" ")[0]))).to.deep.equal(new Set([type]));
      });

      itWith("curl", "curl speaks HTTP/2 and HTTP/1.1 to the loopback names", async () => {
        const at = (name: string): string => `https://${name}:${served.front.port}/`;
        expect(await curl(served, "--http2", at("127.0.0.1"))).to.deep.equal({
          code: 0,
          seen: "2 200",
        });
        expect(await curl(served, "--http1.1", at("localhost"))).to.deep.equal({
          code: 0,
          seen: "1.1 200",
        });
      });

      it("the front answers with CloudFront's headers", async () => {
        const { headers } = await call(served, { url: served.front.url });
        expect(headers).to.include({ "x-cache": "Miss from cloudfront" });
        expect(headers.via).to.match(/^1\.1 \S+\.cloudfront\.net \(CloudFront\)$/);
        expect(headers).to.include.keys("x-amz-cf-id", "x-amz-cf-pop");
      });

      itWith(
        "curl",
        "the load balancer, called directly, refuses the connection and says which rule is missing",
        async () => {
          const { code, seen: answer } = await curl(
            served,
            "--connect-to",
            `::${new URL(loadBalancerUrl(served, port)).host}`,
            `${listener.toLowerCase()}://${host}/`,
          );
          // The connection was reset: before curl looked (7), in the TLS handshake (35), or after it (56).
          expect([7, 35, 56]).to.include(code);
          expect(answer).to.match(/ 000$/);
          const refused = served.events.find((e) => e.kind === "refused" && e.port === port);
          expect(refused && "why" in refused && refused.why).to.match(
            edge === "vpc"
              ? /internal and has no address on the internet/
              : /lb-sg has no ingress rule for TCP 443 from 198\.51\.100\.7/,
          );
        },
      );

      it("a CloudFront address without the secret header gets 403, with it 200", async () => {
        const url = loadBalancerUrl(served, port);
        const from = cloudfrontAddress;
        // A target group of HTTP/2 answers 464 to HTTP/1.1.
        const protocol = version === "HTTP1" ? "HTTP/1.1" : "HTTP/2";
        const without = await call(served, { url, from, protocol });
        expect([without.status, without.body]).to.deep.equal([403, "Forbidden"]);
        expect(without.headers.server).to.equal("awselb/2.0");
        const wrong = await call(served, {
          url,
          from,
          protocol,
          headers: { "x-origin-secret": `${secret}x` },
        });
        expect(wrong.status).to.equal(403);
        const right = await call(served, {
          url,
          from,
          protocol,
          headers: { "x-origin-secret": secret },
        });
        expect(right.status).to.equal(200);
      });

      it("a task, called directly, refuses the connection", async () => {
        const [task] = served.services[0]?.tasks ?? [];
        const reply = await call(served, {
          url: `http://${task?.address ?? ""}:18081/`,
          from: stranger,
        });
        expect(reply.error).to.equal("ECONNRESET");
      });

      it("plain HTTP is redirected to HTTPS", async () => {
        const url = `http://127.0.0.1:${served.front.plainPort ?? 0}/x?y=1`;
        const get = await call(served, { url });
        expect(get.status).to.equal(301);
        expect(get.headers.location).to.equal(`https://${host}:${served.front.port}/x?y=1`);
        expect((await call(served, { url, method: "POST", body: "a" })).status).to.equal(307);
      });
    });
  }
});

describe("HTTP/2 that is lost on the way to the load balancer", () => {
  afterEach(endServing);

  for (const [variant, status] of [
    ["h1-via-cloudfront", 200],
    ["h2-via-cloudfront", 464],
  ] as const) {
    it(`${variant}: an update without the field, and requests get ${status}`, async () => {
      const version = variants[variant].target;
      const made = (originHttpVersion?: "http2") =>
        stack({ edge: "public", listener: "HTTPS", version, port: 18081, originHttpVersion });
      const served = await serving(made("http2").resources);
      expect((await call(served, { url: served.front.url })).status).to.equal(200);
      await served.update(made().resources);
      const reply = await call(served, { url: served.front.url });
      expect(reply.status).to.equal(status);
      expect(requestsAt(served, "load-balancer").at(-1)?.protocol).to.equal("HTTP/1.1");
    });
  }
});

forBoth("the article's set-up: CloudFront in front of an HTTP2 target group", (kind) => {
  let served: Serving;
  before(async () => {
    const resources = stack({
      edge: "public",
      listener: "HTTPS",
      version: "HTTP2",
      port: 18082,
    }).resources;
    served = await serving(resources, kind);
  });
  after(endServing);

  for (const protocol of ["HTTP/2", "HTTP/1.1"] as const) {
    it(`answers a viewer's ${protocol} with 464 and an empty body, made by the load balancer`, async () => {
      const reply = await call(served, { url: served.front.url, protocol });
      expect([reply.status, reply.body]).to.deep.equal([464, ""]);
      expect(reply.headers).to.include({
        server: "awselb/2.0",
        "content-length": "0",
        "x-cache": "Error from cloudfront",
      });
    });
  }

  it("logs the 464 with no target", async () => {
    await eventually("a line is written", () => accessLog(served).length > 0);
    const fields = accessLog(served)[0]?.match(/"[^"]*"|\S+/g) ?? [];
    expect(fields).to.have.lengthOf(36);
    expect([fields[0], fields[4], fields[8], fields[9]]).to.deep.equal(["https", "-", "464", "-"]);
    expect(fields[12]).to.equal('"GET https://www.example.com:443/ HTTP/1.1"');
  });

  it("says why at the load balancer", () => {
    const [event] = requestsAt(served, "load-balancer");
    expect(event).to.include({ status: 464, protocol: "HTTP/1.1" });
    expect(event?.why).to.match(/HTTP\/1\.1 request to an HTTP\/2 target group/);
  });
});
