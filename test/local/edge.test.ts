/** CloudFront in front of origins that cannot be reached, or that have the wrong certificate. */
import { expect } from "chai";
import { eventually } from "../eventually";
import { call, endServing, host, requestsAt, serving } from "./serving";
import { Stack, stack } from "./stacks/resources";
import type { LocalResource, Props } from "../../local/model/types";

const types = {
  distribution: "aws:cloudfront/distribution:Distribution",
  certificate: "aws:acm/certificate:Certificate",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  record: "aws:route53/record:Record",
} as const;

describe("CloudFront's own answers", () => {
  const base = stack({ edge: "public", listener: "HTTPS", version: "HTTP1", port: 18088 });
  const distribution = base.find(types.distribution).inputs;
  const behaviour = distribution.defaultCacheBehavior as Props;
  const [origin] = distribution.origins as [Props];
  afterEach(endServing);

  const withBehaviour = (change: Props): LocalResource[] =>
    base.with(types.distribution, "cdn", { defaultCacheBehavior: { ...behaviour, ...change } });
  const withOrigin = (change: Props): LocalResource[] =>
    base.with(types.distribution, "cdn", {
      origins: [
        { ...origin, customOriginConfig: { ...(origin.customOriginConfig as Props), ...change } },
      ],
    });

  // prettier-ignore
  const cases: [string, LocalResource[], number, RegExp][] = [
    ["no security-group rule for CloudFront", base.without(types.ingress, "lb-in"), 504, /lb-sg has no ingress rule for TCP 443 from 130\.176\.0\.1/],
    ["an internal load balancer as public origin", base.with(types.loadBalancer, "web", { internal: true }), 504, /internal and cannot be reached over the internet/],
    ["a port that the security group does not open", withOrigin({ httpsPort: 8443 }), 504, /no ingress rule for TCP 8443/],
    ["an origin name that leads nowhere", base.with(types.distribution, "cdn", { origins: [{ ...origin, domainName: "nowhere.example.com" }] }), 502, /none of the program's load balancers/],
    ["a certificate without the origin's name, nor the viewer's", base.with(types.certificate, "lb-cert", { domainName: "other.example.com", subjectAlternativeNames: [] }), 502, /no TLS with the origin/],
    ["HTTP to an HTTPS listener's port", withOrigin({ originProtocolPolicy: "http-only", httpPort: 443 }), 400, /^$/],
    ["HTTPS to an HTTP port", base.with(types.listener, "main", { protocol: "HTTP", certificateArn: "" }), 502, /no TLS with the origin/],
    ["the load balancer kept from its tasks", base.without(types.egress, "lb-out"), 504, /^$/],
  ];
  for (const [title, resources, status, why] of cases) {
    it(`${title}: ${status}`, async () => {
      const served = await serving(resources);
      const reply = await call(served, { url: served.front.url });
      expect(reply.status).to.equal(status);
      expect(reply.headers["x-cache"]).to.equal("Error from cloudfront");
      await eventually(
        "the request is reported",
        () => requestsAt(served, "cloudfront").length > 0,
      );
      expect(requestsAt(served, "cloudfront")[0]?.why ?? "").to.match(why);
    });
  }

  it("takes a certificate that has only the name the viewer called, where Host is forwarded", async () => {
    const certificate = { domainName: host, subjectAlternativeNames: [] };
    const served = await serving(base.with(types.certificate, "lb-cert", certificate));
    expect((await call(served, { url: served.front.url })).status).to.equal(200);
  });

  it("takes a certificate that has only the origin's name", async () => {
    const certificate = { domainName: "origin.example.com", subjectAlternativeNames: [] };
    const served = await serving(base.with(types.certificate, "lb-cert", certificate));
    expect((await call(served, { url: served.front.url })).status).to.equal(200);
  });

  it("refuses a certificate with only the viewer's name where Host is not forwarded", async () => {
    const changed = new Stack();
    changed.resources.push(
      ...withBehaviour({ originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac" }),
    );
    const certificate = { domainName: host, subjectAlternativeNames: [] };
    const served = await serving(changed.with(types.certificate, "lb-cert", certificate));
    expect((await call(served, { url: served.front.url })).status).to.equal(502);
  });

  it("answers 403 to a name that is no distribution's", async () => {
    const served = await serving(base.resources);
    const url = served.front.url;
    const reply = await call(served, {
      url,
      protocol: "HTTP/1.1",
      headers: { host: "elsewhere.example.com" },
    });
    expect([reply.status, reply.headers.server]).to.deep.equal([403, "CloudFront"]);
  });

  it("offers HTTP/1.1 only where the distribution says so", async () => {
    const only = stack({
      edge: "public",
      listener: "HTTPS",
      version: "HTTP1",
      port: 18088,
      httpVersion: "http1.1",
    });
    const served = await serving(only.resources);
    const { url } = served.front;
    expect((await call(served, { url, protocol: "HTTP/2" })).status).to.equal(undefined);
    expect((await call(served, { url, protocol: "HTTP/1.1" })).status).to.equal(200);
  });

  it("keeps the query from the origin where no policy forwards it", async () => {
    const served = await serving(withBehaviour({ originRequestPolicyId: undefined }));
    await call(served, { url: `${served.front.url}/a?b=c` });
    await eventually(
      "the load balancer reports",
      () => requestsAt(served, "load-balancer").length > 0,
    );
    expect(requestsAt(served, "load-balancer")[0]).to.include({
      path: "/a",
      host: "origin.example.com",
    });
  });
});
