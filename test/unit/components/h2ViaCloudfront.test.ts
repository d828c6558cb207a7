/** What only this variant does; test/unit/components/viaCloudfront.test.ts has the rest. */
import { expect } from "chai";
import { H2Direct, H2ViaCloudfront, type H2ViaCloudfrontArgs } from "../../../components";
import type { Props } from "../../../local/model/types";
import { domain, placement, recorded, service } from "./record";

const build = (args: Partial<H2ViaCloudfrontArgs> = {}) =>
  recorded(H2ViaCloudfront, { placement, service, domain, ...args });

describe("H2ViaCloudfront", () => {
  for (const [access, config] of [
    ["prefix-list", "customOriginConfig"],
    ["vpc-origin", "vpcOriginConfig"],
  ] as const) {
    it(`asks for HTTP/2 to the load balancer, which offers it over TLS: ${access}`, async () => {
      const made = await build({ origin: { access } });
      const [origin] = made.one("Distribution").inputs.origins as Props[];
      expect(origin?.[config]).to.include({ originHttpVersion: "http2" });
      expect(made.one("LoadBalancer").inputs).to.include({ enableHttp2: true });
      expect(made.one("Listener").inputs).to.include({ protocol: "HTTPS", port: 443 });
    });
  }

  it("lets CloudFront use TLS 1.2, which HTTP/2 needs", async () => {
    const [origin] = (await build()).one("Distribution").inputs.origins as Props[];
    expect((origin?.customOriginConfig as Props).originSslProtocols).to.include("TLSv1.2");
    const vpc = (await build({ origin: { access: "vpc-origin" } })).one("VpcOrigin").inputs;
    const endpoint = vpc.vpcOriginEndpointConfig as { originSslProtocols: { items: string[] } };
    expect(endpoint.originSslProtocols.items).to.include("TLSv1.2");
  });

  for (const protocol of ["http", "https"] as const) {
    it(`has the target group, the health check and the nginx of h2-direct: ${protocol}`, async () => {
      const made = await build({ origin: { protocol } });
      const direct = await recorded(H2Direct, { placement, service, domain, origin: { protocol } });
      expect(made.one("TargetGroup").inputs).to.deep.equal(direct.one("TargetGroup").inputs);
      expect(made.one("TargetGroup").inputs).to.include({
        protocol: protocol.toUpperCase(),
        protocolVersion: "HTTP2",
      });
      expect(made.environment("nginx")).to.deep.equal({
        ...direct.environment("nginx"),
        HOPWISE_VARIANT: "h2-via-cloudfront",
        HOPWISE_TRUSTED_HOPS: "2",
        HOPWISE_ORIGIN_HTTP2: "on",
      });
      expect(made.environment("nginx").HOPWISE_HTTP2).to.equal("on");
    });
  }

  it("warns that a fallback to HTTP/1.1 would turn every request into 464, and what works either way", async () => {
    const said = (await build()).logs.join("\n");
    expect(said).to.include("warning edge-http2-fallback");
    expect(said).to.include("h1-via-cloudfront with origin.httpVersion: http2");
  });
});
