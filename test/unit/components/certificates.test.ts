/** Certificates that are given: what is known to be wrong with them stops everything. */
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { certificateProblems } from "../../../components/dns/certificatePlan";
import type { DomainArgs } from "../../../components";
import { planPath } from "../../../components/variants/pathPlan";
import { plannedRegion } from "../../../components/shared/region";
import type { Variant } from "../../../path/variants";

const acm = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`;
const iam = "arn:aws:iam::123456789012:server-certificate/web";
const later = pulumi.output("arn:of-tomorrow");

/** `[what, variant, domain, region, words of each problem]` */
// prettier-ignore
const table: readonly [string, Variant, Partial<DomainArgs>, string | undefined, RegExp[]][] = [
  ["none given", "h1-via-cloudfront", {}, "eu-west-1", []],
  ["both where they belong", "h1-via-cloudfront", { edgeCertificateArn: acm("us-east-1"), loadBalancerCertificateArn: acm("eu-west-1") }, "eu-west-1", []],
  ["CloudFront's elsewhere", "h1-via-cloudfront", { edgeCertificateArn: acm("eu-west-1") }, "eu-west-1", [/edgeCertificateArn is in eu-west-1.*us-east-1 only/]],
  ["CloudFront's of IAM", "h1-via-cloudfront", { edgeCertificateArn: iam }, undefined, [/no ACM certificate's ARN/]],
  ["one for CloudFront where there is none", "h2-direct", { edgeCertificateArn: acm("eu-west-1") }, undefined, []],
  ["the load balancer's elsewhere", "h2-direct", { loadBalancerCertificateArn: acm("us-east-1") }, "eu-west-1", [/in us-east-1.*eu-west-1/]],
  ["the load balancer's, its region not known", "h2-direct", { loadBalancerCertificateArn: acm("us-east-1") }, undefined, []],
  ["the load balancer's of IAM", "h2-direct", { loadBalancerCertificateArn: iam }, "eu-west-1", []],
  ["text that is no ARN", "h2-direct", { loadBalancerCertificateArn: "web" }, undefined, [/"web": expected the ARN/]],
  ["two in the wrong place", "h1-via-cloudfront", { edgeCertificateArn: acm("eu-west-1"), loadBalancerCertificateArn: acm("us-east-1") }, "eu-west-1", [/edgeCert/, /loadBalancerCert/]],
  ["ARNs of resources to come", "h1-via-cloudfront", { edgeCertificateArn: later, loadBalancerCertificateArn: later }, "eu-west-1", []],
  ["a name on it", "h2-direct", { loadBalancerCertificateNames: ["example.com", "*.example.com"] }, undefined, []],
  ["another name on it", "h2-direct", { loadBalancerCertificateNames: ["www.example.com"] }, undefined, [/www\.example\.com: viewers call app\.example\.com/]],
  ["a wildcard of another level", "h1-via-cloudfront", { edgeCertificateNames: ["*.app.example.com"] }, undefined, [/edgeCertificateNames is \*\.app/]],
  ["a load balancer's other name behind CloudFront, which the path judges", "h1-via-cloudfront", { loadBalancerCertificateNames: ["www.example.com"] }, undefined, []],
];

describe("given certificates", () => {
  for (const [what, variant, domain, region, expected] of table) {
    it(`${what} (${variant}): ${expected.length === 0 ? "nothing is known against it" : "refused"}`, () => {
      const args = { name: "app.example.com", ...domain };
      const problems = certificateProblems(variant, args, region);
      expect(problems).to.have.length(expected.length);
      for (const [i, words] of expected.entries()) expect(problems[i]).to.match(words);
    });
  }

  const whole = {
    name: "app.example.com",
    edgeCertificateArn: acm("us-east-1"),
    loadBalancerCertificateArn: acm("eu-west-1"),
  };

  it("are part of what a path refuses, all at once", () => {
    const domain = { ...whole, edgeCertificateArn: acm("eu-west-1") };
    const args = { domain, service: { cpu: 1 } };
    expect(() => planPath("h1-via-cloudfront", "web", args, "us-east-1"))
      .to.throw(pulumi.RunError, /edgeCertificateArn/)
      .with.property("message")
      .that.matches(/loadBalancerCertificateArn/)
      .and.matches(/cpu 1/);
    expect(() => planPath("h2-direct", "web", args, "us-east-1")).to.throw(
      pulumi.RunError,
      /loadBalancerCert/,
    );
  });

  it("are refused where CloudFront would answer 502 for their names", () => {
    const names = (loadBalancerCertificateNames: string[]) => () =>
      planPath("h1-via-cloudfront", "web", { domain: { ...whole, loadBalancerCertificateNames } });
    expect(names(["internal.example.org"])).to.throw(/origin-certificate-name-mismatch/);
    expect(names(["*.example.com"])).not.to.throw();
  });
});

describe("the region that is known beforehand", () => {
  beforeEach(() => {
    pulumi.runtime.setAllConfig({ "aws:region": "eu-west-1" });
  });
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
  });

  it("is the stack's", () => {
    expect(plannedRegion(undefined)).to.equal("eu-west-1");
    expect(plannedRegion({ dependsOn: [] })).to.equal("eu-west-1");
  });

  it("is none where a provider or a parent may say otherwise, or nobody says anything", () => {
    expect(plannedRegion({ providers: [] })).to.equal(undefined);
    pulumi.runtime.setAllConfig({});
    expect(plannedRegion(undefined)).to.equal(undefined);
  });
});
