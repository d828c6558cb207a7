/** What the variants behind CloudFront have in common: every one of the table is built. */
import { expect } from "chai";
import { pathComponents, secretHeaderName } from "../../../components";
import type { Props } from "../../../local/model/types";
import { variantNames, variants } from "../../../path/variants";
import { domain, placement, plainPlaces, recorded, rulesOf, secretOf, service } from "./record";

const certificateArn = (digit: string) =>
  `arn:aws:acm:us-east-1:123456789012:certificate/${"x".repeat(8)}-1234-1234-1234-${"x".repeat(12)}`.replaceAll(
    "x",
    digit,
  );

for (const variant of variantNames.filter((name) => variants[name].edge !== undefined)) {
  const build = (args: object = {}) =>
    recorded(pathComponents[variant], { placement, service, domain, ...args });

  describe(`${variant}: CloudFront in front`, () => {
    describe("protocols", () => {
      it("speaks HTTPS from CloudFront to the load balancer", async () => {
        const made = await build();
        const [origin] = made.one("Distribution").inputs.origins as Props[];
        expect(origin?.customOriginConfig).to.include({
          originProtocolPolicy: "https-only",
          httpsPort: 443,
        });
        expect(made.one("Listener").inputs).to.include({ protocol: "HTTPS", port: 443 });
      });

      it("offers viewers HTTP/3, 2 and 1.1 and sends them to HTTPS", async () => {
        const distribution = (await build()).one("Distribution").inputs;
        expect(distribution.httpVersion).to.equal("http2and3");
        expect(distribution.defaultCacheBehavior).to.include({
          viewerProtocolPolicy: "redirect-to-https",
        });
      });

      it("keeps nginx's connections longer than the load balancer's, and those longer than CloudFront's", async () => {
        const made = await build({ origin: { timeouts: { idle: 90, keepAlive: 20, read: 45 } } });
        expect(made.one("LoadBalancer").inputs.idleTimeout).to.equal(90);
        expect(made.environment("nginx").HOPWISE_KEEPALIVE_SECONDS).to.equal("105");
        const [origin] = made.one("Distribution").inputs.origins as Props[];
        expect(origin?.customOriginConfig).to.include({
          originKeepaliveTimeout: 20,
          originReadTimeout: 45,
        });
      });
    });

    describe("security groups", () => {
      it("have exactly these rules", async () => {
        expect(rulesOf(await build())).to.deep.equal([
          "web-alb egress tcp 8080 to group web-tasks",
          "web-alb ingress tcp 443 from list com.amazonaws.global.cloudfront.origin-facing",
          "web-tasks egress tcp 443 to 0.0.0.0/0",
          "web-tasks ingress tcp 8080 from group web-alb",
        ]);
      });

      it("admit CloudFront's IPv6 addresses as well where the load balancer is dual-stack", async () => {
        const made = await build({ placement: { ...placement, ipAddressType: "dualstack" } });
        expect(made.one("LoadBalancer").inputs.ipAddressType).to.equal("dualstack");
        const addresses = async (args?: object) => {
          const [origin] = (await build(args)).one("Distribution").inputs.origins as Props[];
          return (origin?.customOriginConfig as Props).ipAddressType;
        };
        expect(await addresses()).to.equal(undefined);
        expect(
          await addresses({ placement: { ...placement, ipAddressType: "dualstack" } }),
        ).to.equal("dualstack");
        expect(rulesOf(made).filter((rule) => rule.startsWith("web-alb ingress"))).to.deep.equal([
          "web-alb ingress tcp 443 from list com.amazonaws.global.cloudfront.origin-facing",
          "web-alb ingress tcp 443 from list com.amazonaws.global.ipv6.cloudfront.origin-facing",
        ]);
      });

      it("open the tasks' own port where it is another", async () => {
        const rules = rulesOf(await build({ service: { ...service, port: 9000 } }));
        expect(rules).to.include("web-alb egress tcp 9000 to group web-tasks");
        expect(rules).to.include("web-tasks ingress tcp 9000 from group web-alb");
        expect(rules.filter((rule) => rule.includes("8080"))).to.deep.equal([]);
      });

      it("let tasks out to the endpoints only, and the endpoints admit the tasks only", async () => {
        const made = await build({
          placement: {
            ...placement,
            endpointSecurityGroupId: "sg-0123456789abcdef0",
            s3PrefixListId: "pl-0123456789abcdef0",
          },
        });
        expect(rulesOf(made).filter((rule) => !rule.startsWith("web-alb"))).to.deep.equal([
          "sg-0123456789abcdef0 ingress tcp 443 from group web-tasks",
          "web-tasks egress tcp 443 to group sg-0123456789abcdef0",
          "web-tasks egress tcp 443 to list pl-0123456789abcdef0",
          "web-tasks ingress tcp 8080 from group web-alb",
        ]);
      });

      it("have no other rules", async () => {
        for (const group of (await build()).all("SecurityGroup")) {
          expect(group.inputs).not.to.have.any.keys("ingress", "egress");
        }
      });
    });

    describe("the secret header", () => {
      it("is added by CloudFront, asked for by the one forwarding rule, refused otherwise", async () => {
        const made = await build();
        const [origin] = made.one("Distribution").inputs.origins as Props[];
        const secret = secretOf(made);
        expect(origin?.customHeaders).to.deep.equal([{ name: secretHeaderName, value: secret }]);
        const rule = made.one("ListenerRule").inputs;
        expect(rule.conditions).to.deep.equal([
          { httpHeader: { httpHeaderName: secretHeaderName, values: [secret] } },
        ]);
        expect(rule.actions).to.deep.equal([
          { type: "forward", targetGroupArn: made.one("TargetGroup").outputs.arn },
        ]);
        expect(made.one("Listener").inputs.defaultActions).to.deep.equal([
          {
            type: "fixed-response",
            fixedResponse: {
              statusCode: "403",
              contentType: "text/plain",
              messageBody: "Forbidden",
            },
          },
        ]);
      });

      it("is letters and digits, long, and a secret wherever it stands", async () => {
        const made = await build();
        expect(made.one("RandomPassword").inputs).to.include({ length: 48, special: false });
        expect(secretOf(made)).to.match(/^[A-Za-z0-9]{48}$/);
        expect(plainPlaces(made, secretOf(made)), "in plain text").to.deep.equal([]);
      });
    });

    describe("a VPC origin", () => {
      // AWS refuses gRPC through a VPC origin.
      if (variants[variant].edge?.grpc !== true)
        it("makes the load balancer internal, and is called over HTTPS where there is a certificate", async () => {
          const made = await build({ origin: { access: "vpc-origin" } });
          expect(made.one("LoadBalancer").inputs.internal).to.equal(true);
          expect(made.one("Listener").inputs).to.include({ protocol: "HTTPS", port: 443 });
          const [origin] = made.one("Distribution").inputs.origins as Props[];
          expect(origin?.vpcOriginConfig).to.include({ vpcOriginId: made.one("VpcOrigin").id });
          expect(origin).not.to.have.property("customOriginConfig");
          expect(made.one("VpcOrigin").inputs.vpcOriginEndpointConfig).to.include({
            arn: made.one("LoadBalancer").outputs.arn,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
          });
          expect(rulesOf(made).filter((rule) => rule.includes("ingress"))).to.deep.equal([
            "web-alb ingress tcp 443 from list com.amazonaws.global.cloudfront.origin-facing",
            "web-tasks ingress tcp 8080 from group web-alb",
          ]);
        });

      it("is absent by default", async () => {
        expect((await build()).all("VpcOrigin")).to.deep.equal([]);
      });
    });

    describe("names and certificates", () => {
      it("puts the edge's certificate in us-east-1 and the load balancer's in its own region", async () => {
        const made = await build();
        const edge = made.named("Certificate", "web-edge").inputs;
        const alb = made.named("Certificate", "web-alb").inputs;
        expect(edge).to.include({ domainName: "app.example.com", region: "us-east-1" });
        expect(alb).not.to.have.property("region");
        expect([alb.domainName, ...(alb.subjectAlternativeNames as string[])]).to.deep.equal([
          "app.example.com",
          "origin.app.example.com",
        ]);
      });

      it("names the origin by a record that is on the load balancer's certificate", async () => {
        const made = await build();
        const [origin] = made.one("Distribution").inputs.origins as Props[];
        expect(origin?.domainName).to.equal("origin.app.example.com");
        expect(made.named("Record", "web-origin-a").inputs.name).to.equal("origin.app.example.com");
      });

      it("points A and AAAA at the distribution", async () => {
        const made = await build();
        for (const [name, type] of [
          ["web-viewers-a", "A"],
          ["web-viewers-aaaa", "AAAA"],
        ] as const) {
          const { inputs } = made.named("Record", name);
          expect(inputs).to.include({ name: "app.example.com", type });
          const [alias] = inputs.aliases as Props[];
          expect(alias?.name).to.equal(made.one("Distribution").outputs.domainName);
        }
      });

      it("makes each validation record once, for both certificates", async () => {
        const records = (await build()).all("Record").filter((r) => r.inputs.type === "CNAME");
        expect(records.map((r) => r.name).sort()).to.deep.equal([
          "web-alb-app.example.com",
          "web-alb-origin.app.example.com",
        ]);
      });

      it("takes given certificates, and then needs no zone", async () => {
        const made = await build({
          domain: {
            name: "app.example.com",
            edgeCertificateArn: certificateArn("e"),
            loadBalancerCertificateArn: certificateArn("a"),
          },
        });
        expect(made.all("Certificate")).to.deep.equal([]);
        expect(made.all("Record")).to.deep.equal([]);
        expect(made.one("Listener").inputs.certificateArn).to.equal(certificateArn("a"));
        expect(made.one("Distribution").inputs.viewerCertificate).to.include({
          acmCertificateArn: certificateArn("e"),
          minimumProtocolVersion: "TLSv1.2_2021",
          sslSupportMethod: "sni-only",
        });
      });

      it("applies the minimum TLS version to viewers, not to CloudFront's connection", async () => {
        const made = await build({ viewers: { minimumTls: "1.3" } });
        expect(made.one("Distribution").inputs.viewerCertificate).to.include({
          minimumProtocolVersion: "TLSv1.3_2025",
        });
        expect(made.one("Listener").inputs.sslPolicy).to.equal(
          "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        );
      });
    });

    it("tells nginx that two hops forwarded the request", async () => {
      expect((await build()).environment("nginx")).to.include({
        HOPWISE_TRUSTED_HOPS: "2",
        HOPWISE_TRUSTED_CIDRS: "10.0.0.0/16",
      });
    });

    it("opens no port 80 on a public load balancer", async () => {
      expect((await build()).all("Listener").map((l) => l.inputs.port)).to.deep.equal([443]);
    });
  });
}
