import { expect } from "chai";
import { readTopology } from "../../../topology";
import type { Props } from "../../../local/model/types";
import { Stack, stack } from "../../local/stacks/resources";

const type = "aws:cloudfront/distribution:Distribution";
const base = stack({ edge: "public", version: "HTTP1", listener: "HTTPS", port: 8080 });
const { defaultCacheBehavior } = base.find(type).inputs as { defaultCacheBehavior: Props };

/** The distribution of the tests' stack with other settings, and the notes about it. */
function read(distribution: Props, behaviour: Props = {}, more?: (s: Stack) => void) {
  const changed = new Stack();
  changed.resources.push(
    ...base.with(type, "cdn", {
      defaultCacheBehavior: { ...defaultCacheBehavior, ...behaviour },
      ...distribution,
    }),
  );
  more?.(changed);
  const { distributions, notes, problems } = readTopology(changed.resources);
  const [found] = distributions;
  const last = found?.behaviours.at(-1);
  if (!found || !last) throw new Error("no distribution");
  return {
    distribution: found,
    behaviour: last,
    notes: notes.join("\n"),
    problems,
  };
}

describe("CloudFront in the topology", () => {
  // prettier-ignore
  const noted: [string, Props, Props, RegExp][] = [
    ["Lambda@Edge", {}, { lambdaFunctionAssociations: [{ eventType: "origin-request", lambdaArn: "arn:l:1" }] }, /Lambda@Edge does not run here: arn:l:1 at origin-request of distribution cdn/],
    ["a function of somebody else", {}, { functionAssociations: [{ eventType: "viewer-request", functionArn: "arn:f" }] }, /CloudFront Function arn:f is not one of the program's/],
    ["an unknown cache policy", {}, { cachePolicyId: "mine" }, /cache policy mine of distribution cdn .* nothing is cached/],
    ["legacy logs", { loggingConfig: { bucket: "logs.s3.amazonaws.com" } }, {}, /legacy standard logs of distribution cdn are not written/],
    ["Origin Shield", { origins: [{ originId: "alb", domainName: "origin.example.com", customOriginConfig: {}, originShield: { enabled: true } }] }, {}, /Origin Shield of distribution cdn/],
    ["signed URLs", {}, { trustedKeyGroups: ["group"] }, /Signed URLs and cookies of distribution cdn: not applied/],
    ["a web ACL", { webAclId: "arn:waf" }, {}, /web ACL of distribution cdn is not applied/],
  ];
  for (const [what, distribution, behaviour, note] of noted) {
    it(`says that ${what} has no part here, and nothing of it otherwise`, () => {
      expect(read(distribution, behaviour).notes).to.match(note);
      expect(read({}).notes).not.to.match(note);
    });
  }

  it("has no notes left about what is served", () => {
    const { notes } = read(
      { customErrorResponses: [{ errorCode: 404, responsePagePath: "/404.html" }] },
      { grpcConfig: { enabled: true }, cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
    );
    expect(notes).not.to.match(/gRPC|cached|error responses/i);
  });

  it("has viewers use TLS 1.3 only with a certificate for which CloudFront heeds the minimum", () => {
    const minimum = (certificate: Props): string =>
      read({ viewerCertificate: { ...certificate, minimumProtocolVersion: "TLSv1.3_2025" } })
        .distribution.minimumTls;
    expect(minimum({ acmCertificateArn: "arn:c", sslSupportMethod: "sni-only" })).to.equal(
      "TLSv1.3",
    );
    expect(minimum({ cloudfrontDefaultCertificate: true })).to.equal("TLSv1.2");
  });

  it("takes the first member of an origin group, and knows when the second is asked", () => {
    const origins = ["a", "b"].map((originId) => ({
      originId,
      domainName: "origin.example.com",
      customOriginConfig: {},
    }));
    const members = [{ originId: "a" }, { originId: "b" }];
    const group = { originId: "both", members, failoverCriteria: { statusCodes: [500, 503] } };
    const { behaviour, problems } = read(
      { origins, originGroups: [group] },
      { targetOriginId: "both" },
    );
    expect(problems).to.deep.equal([]);
    expect(behaviour.originId).to.equal("a");
    expect(behaviour.failover).to.deep.equal({ originId: "b", statusCodes: [500, 503] });
    const broken = { ...group, members: [{ originId: "a" }, { originId: "c" }] };
    const missing = read({ origins, originGroups: [broken] }, { targetOriginId: "both" });
    expect(missing.problems.join()).to.match(/names the origin c, which the distribution has not/);
  });

  // prettier-ignore
  const domains: [string, string | undefined][] = [
    ["site.s3.eu-west-1.amazonaws.com", "site"],
    ["site.s3.amazonaws.com", "site"],
    ["my.site.s3-eu-west-1.amazonaws.com", "my.site"],
    ["site.s3-website-eu-west-1.amazonaws.com", undefined],
    ["site.s3-website.eu-central-1.amazonaws.com", undefined],
    ["www.example.com", undefined],
  ];
  for (const [domainName, bucket] of domains) {
    it(`${domainName} is ${bucket === undefined ? "no bucket" : `the bucket ${bucket}`}`, () => {
      const { distribution } = read({ origins: [{ originId: "alb", domainName }] });
      expect(distribution.origins.get("alb")?.bucket?.name).to.equal(bucket);
    });
  }

  it("forwards the cache key in addition to what the origin request policy selects", () => {
    const key = {
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["X-Tenant"] } },
      cookiesConfig: { cookieBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "all" },
      enableAcceptEncodingGzip: true,
    };
    const { behaviour } = read(
      {},
      { cachePolicyId: "own", originRequestPolicyId: undefined },
      (s) => {
        const inputs = { minTtl: 5, parametersInCacheKeyAndForwardedToOrigin: key };
        s.add("aws:cloudfront/cachePolicy:CachePolicy", "own", inputs);
      },
    );
    expect(behaviour.forwards).to.deep.include({
      headers: { kind: "only", names: ["x-tenant", "accept-encoding"] },
      cookies: { kind: "none" },
      queries: { kind: "all" },
    });
    expect(behaviour.cache).to.include({
      minSeconds: 5,
      defaultSeconds: 86_400,
      maxSeconds: 31_536_000,
    });
  });
});
