/** What only this variant does; test/unit/components/viaCloudfront.test.ts has the rest. */
import { expect } from "chai";
import { H1ViaCloudfront, type H1ViaCloudfrontArgs } from "../../../components";
import type { Props } from "../../../local/model/types";
import { domain, placement, type Recording, recorded, rulesOf, service } from "./record";

const build = (args: Partial<H1ViaCloudfrontArgs> = {}) =>
  recorded(H1ViaCloudfront, { placement, service, domain, ...args });
const buildPlain = () => build({ domain: undefined, origin: { access: "vpc-origin" } });
const originOf = (made: Recording) => (made.one("Distribution").inputs.origins as Props[])[0];

describe("H1ViaCloudfront", () => {
  describe("protocols, as the article's fix has them", () => {
    it("speaks HTTP/1.1 from the load balancer to nginx", async () => {
      const made = await build();
      const group = made.one("TargetGroup").inputs;
      expect(group).to.include({ protocol: "HTTP", protocolVersion: "HTTP1", port: 8080 });
      expect(group).to.include({ targetType: "ip" });
      expect(made.environment("nginx")).to.include({ HOPWISE_HTTP2: "off", HOPWISE_TLS: "off" });
    });

    it("checks health in the target group's own protocol, every field set", async () => {
      const { healthCheck } = (await build()).one("TargetGroup").inputs;
      expect(healthCheck).to.deep.equal({
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: "/healthz",
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      });
    });

    it("speaks TLS to the tasks where the origin's protocol is https", async () => {
      const made = await build({ origin: { protocol: "https" } });
      const group = made.one("TargetGroup").inputs;
      expect(group).to.include({ protocol: "HTTPS", protocolVersion: "HTTP1" });
      expect(group.healthCheck).to.include({ protocol: "HTTPS" });
      expect(made.environment("nginx")).to.include({ HOPWISE_HTTP2: "off", HOPWISE_TLS: "on" });
    });
  });

  describe("HTTP/2 to the load balancer", () => {
    it("is not asked for by default: the distribution is the one that older providers know", async () => {
      const vpc = await build({ origin: { access: "vpc-origin" } });
      expect(originOf(await build())?.customOriginConfig).not.to.have.property("originHttpVersion");
      expect(originOf(vpc)?.vpcOriginConfig).not.to.have.property("originHttpVersion");
      const http1 = await build({ origin: { httpVersion: "http1.1" } });
      expect(originOf(http1)).to.deep.equal(originOf(await build()));
    });

    for (const access of ["prefix-list", "vpc-origin"] as const) {
      it(`is one property of the origin, of which the inspector knows: ${access}`, async () => {
        const before = await build({ origin: { access } });
        const made = await build({ origin: { access, httpVersion: "http2" } });
        const config = access === "vpc-origin" ? "vpcOriginConfig" : "customOriginConfig";
        expect(originOf(made)?.[config]).to.deep.equal({
          ...(originOf(before)?.[config] as Props),
          originHttpVersion: "http2",
        });
        expect(made.one("TargetGroup").inputs.protocolVersion).to.equal("HTTP1");
        expect(made.environment("nginx")).to.deep.equal({
          ...before.environment("nginx"),
          HOPWISE_ORIGIN_HTTP2: "on",
        });
        expect(rulesOf(made)).to.deep.equal(rulesOf(before));
        expect(made.tree).to.deep.equal(before.tree);
      });
    }

    it("works with and without fallback: no finding speaks of it", async () => {
      const made = await build({ origin: { httpVersion: "http2" } });
      expect(made.logs.join("\n")).not.to.match(/fallback|464|no-effect/);
    });
  });

  describe("a VPC origin without a certificate", () => {
    it("is called over plain HTTP on port 80, without the internet", async () => {
      const made = await buildPlain();
      expect(made.one("LoadBalancer").inputs.internal).to.equal(true);
      expect(made.one("Listener").inputs).to.include({ protocol: "HTTP", port: 80 });
      expect(made.one("VpcOrigin").inputs.vpcOriginEndpointConfig).to.include({
        arn: made.one("LoadBalancer").outputs.arn,
        httpPort: 80,
        originProtocolPolicy: "http-only",
      });
    });

    it("opens port 80 and no other", async () => {
      expect(rulesOf(await buildPlain())).to.deep.equal([
        "web-alb egress tcp 8080 to group web-tasks",
        "web-alb ingress tcp 80 from list com.amazonaws.global.cloudfront.origin-facing",
        "web-tasks egress tcp 443 to 0.0.0.0/0",
        "web-tasks ingress tcp 8080 from group web-alb",
      ]);
    });

    it("uses CloudFront's own certificate and no DNS", async () => {
      const made = await buildPlain();
      expect(made.one("Distribution").inputs.viewerCertificate).to.deep.equal({
        cloudfrontDefaultCertificate: true,
      });
      for (const type of ["Certificate", "CertificateValidation", "Record"]) {
        expect(made.all(type), type).to.deep.equal([]);
      }
    });
  });
});
