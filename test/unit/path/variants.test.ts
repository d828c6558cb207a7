import { expect } from "chai";
import { refuses } from "../../../rules/finding";
import { resolvePath } from "../../../rules/resolve";
import type { PathSpec } from "../../../path/types";
import type {
  DirectChoices,
  VariantChoices,
  ViaCloudfrontChoices,
} from "../../../path/variantChoices";
import { hopsOf } from "../../../path/hops";
import { answerTypical } from "../../../path/typical";
import {
  h1ViaCloudfrontSpec,
  h2DirectSpec,
  laterVariants,
  variantNames,
  variants,
  variantSpec,
  variantsTaking,
} from "../../../path/variants";
import { change } from "./specs";

const base: ViaCloudfrontChoices = {
  loadBalancerCertificate: true,
  loadBalancerCertificateNames: ["www.example.com"],
  viewerNames: ["www.example.com"],
  originName: "www.example.com",
};
const h1 = (more: Partial<ViaCloudfrontChoices> = {}) => h1ViaCloudfrontSpec({ ...base, ...more });
const h2 = (more: Partial<DirectChoices> = {}) =>
  h2DirectSpec({ loadBalancerCertificate: true, ...more });

const errors = (spec: PathSpec): string[] =>
  resolvePath(spec)
    .findings.filter(refuses)
    .map((f) => f.code);

describe("h1-via-cloudfront", () => {
  it("speaks HTTP/1.1 behind CloudFront, whatever viewers speak", () => {
    const spec = h1();
    expect(spec.edge).to.include({
      httpVersion: "http2and3",
      viewerProtocolPolicy: "redirect-to-https",
      originProtocolPolicy: "https-only",
      grpc: false,
      forwardsHost: true,
      sendsSecretHeader: true,
      keepAliveSeconds: 5,
      readSeconds: 30,
    });
    expect(spec.target.protocolVersion).to.equal("HTTP1");
    expect(spec.container.accepts).to.deep.equal(["HTTP/1.1"]);
  });

  it("opens 443 to CloudFront only, with no redirect listener", () => {
    expect(h1().listener).to.deep.equal({
      scheme: "internet-facing",
      protocol: "HTTPS",
      port: 443,
      http2: true,
      certificateNames: ["www.example.com"],
      requiresSecretHeader: true,
      admits: [{ kind: "cloudfront", ipVersion: 4 }],
      idleSeconds: 60,
      redirectsHttp: false,
    });
  });

  it("admits CloudFront over IPv6 when the load balancer is dual-stack and public", () => {
    const ipv6 = { kind: "cloudfront", ipVersion: 6 };
    expect(h1({ ipAddressType: "dualstack" }).listener.admits).to.deep.include(ipv6);
    expect(
      h1({ ipAddressType: "dualstack", access: "vpc-origin" }).listener.admits,
    ).to.not.deep.include(ipv6);
  });

  it("hides the load balancer behind a VPC origin, with TLS where there is a certificate", () => {
    const spec = h1({ access: "vpc-origin" });
    expect(spec.edge.origin).to.equal("vpc");
    expect(spec.listener).to.include({ scheme: "internal", protocol: "HTTPS", port: 443 });
    expect(errors(spec)).to.deep.equal([]);
  });

  it("uses HTTP on port 80 over a VPC origin without a certificate", () => {
    const spec = h1({ access: "vpc-origin", loadBalancerCertificate: false });
    expect(spec.edge.originProtocolPolicy).to.equal("http-only");
    expect(spec.listener).to.include({ scheme: "internal", protocol: "HTTP", port: 80 });
    expect(spec.listener.requiresSecretHeader).to.equal(true);
    expect(errors(spec)).to.deep.equal([]);
  });

  it("is refused without a certificate on a public load balancer", () =>
    expect(errors(h1({ loadBalancerCertificate: false }))).to.include(
      "plain-http-to-public-load-balancer",
    ));

  it("takes every choice", () => {
    const spec = h1({
      httpVersions: "http1.1",
      readSeconds: 50,
      keepAliveSeconds: 20,
      forwardsHost: false,
      mustWork: ["http", "websocket"],
    });
    expect(spec.edge).to.include({
      httpVersion: "http1.1",
      readSeconds: 50,
      keepAliveSeconds: 20,
      forwardsHost: false,
    });
    expect(spec.mustWork).to.deep.equal(["http", "websocket"]);
    expect(errors(spec)).to.deep.equal([]);
  });
});

describe("HTTP/2 from CloudFront to the load balancer", () => {
  const speaks = (spec: PathSpec) => hopsOf(spec)[1]?.protocols;
  const codes = (spec: PathSpec) => resolvePath(spec).findings.map(({ code }) => code);
  /** What ordinary requests get, as it is and where CloudFront falls back to HTTP/1.1. */
  const answers = (spec: PathSpec): unknown[] =>
    [spec, change(spec, { edge: { originHttpVersion: "http1.1" } })].map(
      (path) => answerTypical(path, "http").got.status,
    );

  it("is not asked for by default", () => {
    expect(h1().edge.originHttpVersion).to.equal("http1.1");
    expect(speaks(h1())).to.deep.equal(["HTTP/1.1"]);
  });

  for (const access of ["prefix-list", "vpc-origin"] as const) {
    it(`h1-via-cloudfront: works with and without fallback, without a warning: ${access}`, () => {
      const spec = h1({ access, originHttpVersion: "http2" });
      expect(speaks(spec)).to.deep.equal(["HTTP/2"]);
      expect(answers(spec)).to.deep.equal([200, 200]);
      expect(codes(spec)).to.deep.equal(codes(h1({ access })));
    });

    it(`h2-via-cloudfront: works until CloudFront falls back, and warns of it: ${access}`, () => {
      // The variant decides it, not the choice.
      const choices = { ...base, access, originHttpVersion: "http1.1" } as const;
      const spec = variantSpec("h2-via-cloudfront", choices);
      expect(speaks(spec)).to.deep.equal(["HTTP/2"]);
      expect(answers(spec)).to.deep.equal([200, 464]);
      const [warning] = resolvePath(spec).findings;
      expect(warning).to.include({ code: "edge-http2-fallback", severity: "warning" });
      expect(warning?.change).to.include("h1-via-cloudfront with origin.httpVersion: http2");
    });
  }

  it("needs the load balancer's certificate, which the advice names", () => {
    const choices = { access: "vpc-origin", loadBalancerCertificate: false } as const;
    const h2Via = resolvePath(variantSpec("h2-via-cloudfront", { ...base, ...choices })).findings;
    const refused = h2Via.find(({ code }) => code === "edge-http1-to-http2-target");
    expect(refused?.change).to.match(/^Set domain\.name/);
  });

  it("is where a path that ends in 464 is sent, for those who need HTTP/2 in the container", () => {
    const spec = change(h1(), { target: { protocolVersion: "HTTP2" } });
    const [finding] = resolvePath(spec).findings;
    expect(finding?.code).to.equal("edge-http1-to-http2-target");
    expect(finding?.change).to.match(/h1-via-cloudfront.*h2-via-cloudfront.*h2-direct/);
  });
});

describe("h2-direct", () => {
  it("speaks HTTP/2 from end to end, with no CloudFront", () => {
    const spec = h2();
    expect(spec.edge).to.equal(undefined);
    expect(spec.target.protocolVersion).to.equal("HTTP2");
    expect(spec.container.accepts).to.deep.equal(["HTTP/2", "HTTP/1.1"]);
    expect(errors(spec)).to.deep.equal([]);
  });

  it("is open to the internet on 443 by default, and on nothing else", () =>
    expect(h2().listener).to.deep.equal({
      scheme: "internet-facing",
      protocol: "HTTPS",
      port: 443,
      http2: true,
      certificateNames: undefined,
      requiresSecretHeader: false,
      admits: [{ kind: "cidr", cidr: "0.0.0.0/0" }],
      idleSeconds: 60,
      redirectsHttp: false,
    }));

  it("is open to the given ranges only, and redirects where asked", () => {
    const { listener } = h2({
      allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"],
      redirectHttp: true,
    });
    expect(listener.admits).to.deep.equal([
      { kind: "cidr", cidr: "203.0.113.0/24" },
      { kind: "cidr", cidr: "2001:db8::/32" },
    ]);
    expect(listener.redirectsHttp).to.equal(true);
  });

  it("is refused without a certificate", () =>
    expect(errors(h2({ loadBalancerCertificate: false }))).to.include(
      "listener-without-certificate",
    ));
});

describe("every variant", () => {
  for (const name of variantNames) {
    const make = (more: Partial<VariantChoices> = {}) => variantSpec(name, { ...base, ...more });

    it(`${name}: the requests that must work reach the container, by default`, () => {
      const { mustWork } = make();
      expect(mustWork).to.deep.equal(variants[name].mustWork).and.to.have.length.above(0);
      for (const kind of mustWork) {
        const { got } = answerTypical(make(), kind);
        expect(got, `${kind}: ${got.why}`).to.include({ reaches: true, at: "container" });
      }
      expect(errors(make())).to.deep.equal([]);
    });

    it(`${name}: CloudFront, target group and container are those of the row`, () => {
      const { edge, target, accepts } = variants[name];
      if (edge) expect(make().edge).to.include(edge);
      else expect(make().edge).to.equal(undefined);
      expect(make().target.protocolVersion).to.equal(target);
      expect(make().container.accepts).to.deep.equal(accepts);
    });

    it(`${name}: is closed to all but CloudFront, or has none`, () => {
      const { edge, listener } = make();
      expect(listener.requiresSecretHeader).to.equal(edge !== undefined);
      const kinds = new Set(listener.admits.map(({ kind }) => kind));
      expect([...kinds]).to.deep.equal([edge ? "cloudfront" : "cidr"]);
    });

    it(`${name}: nginx outlives the load balancer's idle timeout`, () => {
      expect(make().container.keepAliveSeconds).to.equal(75);
      const spec = make({ idleSeconds: 300 });
      expect(spec.listener.idleSeconds).to.equal(300);
      expect(spec.container.keepAliveSeconds).to.equal(315);
      expect(errors(spec)).to.deep.equal([]);
    });

    it(`${name}: ports, app and shared VPC`, () => {
      const spec = make({ servicePort: 9000, appPort: 3000, sharedVpc: true });
      expect([spec.target.port, spec.container.port, spec.appPort]).to.deep.equal([
        9000, 9000, 3000,
      ]);
      expect(spec.sharedVpc).to.equal(true);
      expect([make().target.port, make().appPort, make().sharedVpc]).to.deep.equal([
        8080,
        undefined,
        false,
      ]);
    });

    it(`${name}: TLS to the tasks on both sides, or on none`, () => {
      const spec = make({ originProtocol: "https" });
      expect([spec.target.protocol, spec.container.tls]).to.deep.equal(["HTTPS", true]);
      expect(errors(spec)).to.deep.equal([]);
      expect([make().target.protocol, make().container.tls]).to.deep.equal(["HTTP", false]);
    });

    it(`${name}: tasks admit the load balancer only`, () =>
      expect(make().target.admits).to.deep.equal([{ kind: "load-balancer" }]));
  }
});

describe("the table of variants", () => {
  it("says what each is in one line, for a document's table", () => {
    for (const name of variantNames) {
      expect(variants[name].means, name).to.match(/^[^|\n]+[^.|\n]$/);
      expect(variants[name].component, name).to.match(/^[A-Z][A-Za-z0-9]+$/);
    }
    const components = variantNames.map((name) => variants[name].component);
    expect(new Set(components).size).to.equal(components.length);
  });

  it("gives a setting to the variants that list it or its group, else to all", () => {
    expect(variantsTaking("site.paths")).to.deep.equal(variantsTaking("site"));
    expect(variantsTaking("site")).to.not.include("h2-direct");
    expect(variantsTaking("viewers.redirectHttp")).to.not.include("h1-via-cloudfront");
    expect(variantsTaking("sites")).to.deep.equal(variantNames);
    expect(variantsTaking("service.port")).to.deep.equal(variantNames);
  });

  it("has no row under a name that is said to come later", () => {
    expect(variantNames.filter((name) => laterVariants.includes(name))).to.deep.equal([]);
  });
});
