/** What comes before a service: what it creates, that it creates nothing otherwise, what is refused. */
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  ExternalDnsCertificates,
  H1ViaCloudfront,
  H2Direct,
  type SiteArgs,
} from "../../../components";
import { zoneFile } from "../../../components/dns/externalDns";
import { planPath } from "../../../components/variants/pathPlan";
import type { PathPlanArgs } from "../../../components/variants/planArgs";
import { readFrontFunction } from "../../../path/frontFunction";
import type { Props } from "../../../local/model/types";
import type { Variant } from "../../../path/variants";
import { domain, placement, record, recorded, service, type Recording } from "./record";

const aliases = ["www.example.com", "shop.example.com"];
const folder = path.join(__dirname, "fixtures/front");

const viaEdge = (viewers: object, more: object = {}): Promise<Recording> =>
  recorded(H1ViaCloudfront, { placement, service, domain, viewers, ...more });
const direct = (viewers: object, more: object = {}): Promise<Recording> =>
  recorded(H2Direct, { placement, service, domain, viewers, ...more });

const distribution = (made: Recording): Props => made.one("Distribution").inputs;
const codeOf = (made: Recording, name: string): string =>
  made.named("Function", name).inputs.code as string;
const site: SiteArgs = { folder, paths: ["/api/*"] };

describe("what comes before a service, at CloudFront", () => {
  it("is nothing by default", async () => {
    const made = await viaEdge({ allowedCidrs: ["0.0.0.0/0"] });
    expect(made.all("Function").concat(made.all("RandomString"), made.all("Bucket"))).to.be.empty;
    const inputs = distribution(made);
    expect(inputs.restrictions).to.deep.equal({ geoRestriction: { restrictionType: "none" } });
    expect(inputs).not.to.have.property("customErrorResponses");
    expect(inputs.defaultCacheBehavior).not.to.have.property("functionAssociations");
  });

  it("is one function on every behaviour of a service and on the site's", async () => {
    const made = await viaEdge(
      { maintenance: { retryAfter: 60 }, redirects: { "/a": "/b" } },
      { site, grpc: { services: ["a.B"] } },
    );
    const { defaultCacheBehavior, orderedCacheBehaviors } = distribution(made);
    const all = [defaultCacheBehavior, ...(orderedCacheBehaviors as Props[])] as Props[];
    const functions = all.map((one) => (one.functionAssociations as Props[])[0]?.functionArn);
    const [own, front] = ["web-site", "web-front"].map((name) => made.named("Function", name));
    expect(functions).to.deep.equal([own?.outputs.arn, front?.outputs.arn, front?.outputs.arn]);
    for (const name of ["web-front", "web-site"])
      expect(readFrontFunction(codeOf(made, name))).to.deep.include({ redirects: { "/a": "/b" } });
    expect(readFrontFunction(codeOf(made, "web-front"))?.maintenance?.retryAfter).to.equal(60);
    expect(readFrontFunction(codeOf(made, "web-site"))?.site).to.have.property("digest");
  });

  it("takes the maintenance page from a file", async () => {
    const made = await viaEdge({ maintenance: { page: path.join(folder, "down.html") } });
    expect(readFrontFunction(codeOf(made, "web-front"))?.maintenance).to.include({
      ...{ body: "<h1>Soon</h1>", contentType: "text/html" },
    });
  });

  it("keeps the password out of the code, which is as secret as the password", async () => {
    const value = "a-long-password-of-the-viewers";
    const make = (secret: boolean) =>
      record(
        () =>
          new H1ViaCloudfront("web", {
            ...{ placement, service, domain },
            viewers: { password: { user: "a", value: secret ? pulumi.secret(value) : value } },
          }),
      );
    const made = await make(true);
    expect(JSON.stringify(made.resources)).not.to.include(value);
    expect(readFrontFunction(codeOf(made, "web-front"))?.password?.hash).to.match(/^[0-9a-f]{64}$/);
    const marked = (recording: Recording) =>
      recording.sent.some(({ runtime, code }) => runtime && typeof code !== "string");
    expect([marked(made), marked(await make(false))]).to.deep.equal([true, false]);
  });

  it("restricts countries", async () => {
    for (const [countries, restrictionType] of [
      [{ allow: ["DE", "AT"] }, "whitelist"],
      [{ deny: ["DE", "AT"] }, "blacklist"],
    ] as const)
      expect(distribution(await viaEdge({ countries })).restrictions).to.deep.equal({
        geoRestriction: { restrictionType, locations: ["DE", "AT"] },
      });
  });

  it("has error pages of the site, with the error's own status", async () => {
    const made = await viaEdge({ errorPages: { pages: { "404": "404.html" } } }, { site });
    expect(distribution(made).customErrorResponses).to.deep.equal([
      {
        ...{ errorCode: 404, responseCode: 404 },
        ...{ responsePagePath: "/404.html", errorCachingMinTtl: 10 },
      },
    ]);
    expect(made.all("Bucket")).to.have.length(1);
  });

  it("has error pages in a bucket of their own, which nothing keeps viewers from", async () => {
    const errorPages = { folder, pages: { "404": "404.html" }, cacheSeconds: 0 };
    const made = await viaEdge({ errorPages, redirects: { "/a": "/b" } });
    const { orderedCacheBehaviors, customErrorResponses } = distribution(made);
    const [behaviour] = orderedCacheBehaviors as Props[];
    expect(behaviour).to.include({ pathPattern: "/_errors/*", targetOriginId: "errors" });
    expect((customErrorResponses as Props[])[0]).to.include({
      ...{ responsePagePath: "/_errors/404.html", errorCachingMinTtl: 0 },
    });
    const keys = made.all("BucketObjectv2").map(({ inputs }) => inputs.key);
    expect(keys).to.include("_errors/404.html");
    const own = codeOf(made, "web-errors-site");
    expect(Object.keys(readFrontFunction(own) ?? {})).to.deep.equal(["site"]);
  });

  it("has more names on certificates, records and distribution, and redirects from them", async () => {
    const made = await viaEdge({}, { domain: { ...domain, aliases, canonical: true } });
    expect(distribution(made).aliases).to.deep.equal([domain.name, ...aliases]);
    for (const { inputs } of made.all("Certificate"))
      expect(inputs.subjectAlternativeNames).to.include.members(aliases);
    expect(made.all("Record").map(({ inputs }) => inputs.name)).to.include.members(aliases);
    expect(readFrontFunction(codeOf(made, "web-front"))?.canonical).to.deep.equal({
      ...{ name: domain.name, others: aliases },
    });
  });
});

describe("what comes before a service, at the load balancer", () => {
  it("is nothing by default", async () => {
    const made = await direct({});
    expect(made.all("ListenerRule")).to.be.empty;
  });

  it("is a maintenance page, and who may pass it", async () => {
    const allowedCidrs = Array.from({ length: 6 }, (_, i) => `192.0.2.${i}/32`);
    const made = await direct({ maintenance: { text: "Soon", allowedCidrs } });
    const rules = made.all("ListenerRule").map(({ name, inputs }) => [name, inputs.priority]);
    expect(rules).to.have.deep.members([
      ["web-maintenance-allowed", 10],
      ["web-maintenance-allowed-2", 11],
      ["web-maintenance", 50],
    ]);
    const [action] = made.named("ListenerRule", "web-maintenance").inputs.actions as Props[];
    expect(action?.fixedResponse).to.deep.equal({
      ...{ statusCode: "503", contentType: "text/plain", messageBody: "Soon" },
    });
  });

  it("redirects from other names, the names in the certificate", async () => {
    const made = await direct({}, { domain: { ...domain, aliases, canonical: true } });
    const rule = made.named("ListenerRule", "web-canonical").inputs;
    expect(rule.conditions).to.deep.equal([{ hostHeader: { values: aliases } }]);
    expect((rule.actions as Props[])[0]?.redirect).to.deep.equal({
      ...{ host: domain.name, statusCode: "HTTP_301" },
    });
    expect(made.one("Certificate").inputs.subjectAlternativeNames).to.deep.equal(aliases);
  });
});

describe("what comes before a service is refused", () => {
  const passing = { maintenance: { allowedCidrs: ["192.0.2.0/24"] } };
  // prettier-ignore
  const rows: [string, Variant, PathPlanArgs, RegExp][] = [
    ["a page that is not there", "h1-via-cloudfront", page("none.html"), /no file "?none\.html/],
    ["a page too long", "h2-direct", { viewers: { maintenance: { text: "x".repeat(1025) } } }, /1024 characters/],
    ["a function too long", "h1-via-cloudfront", { viewers: { maintenance: { text: "x".repeat(9000) } } }, /takes 10240/],
    ["both lists of countries", "h1-via-cloudfront", { viewers: { countries: { allow: ["DE"], deny: ["FR"] } } }, /one of the two/],
    ["a country by name", "h1-via-cloudfront", { viewers: { countries: { allow: ["Germany"] } } }, /such as DE/],
    ["a range that is none", "h1-via-cloudfront", { viewers: { allowedCidrs: ["10.0.0.1/8"] } }, /allowedCidrs lists "10\.0\.0\.1\/8"/],
    ["a redirect to a redirect", "h1-via-cloudfront", { viewers: { redirects: { "/a": "/b", "/b": "/c" } } }, /redirected itself/],
    ["error pages without a bucket", "h1-via-cloudfront", { viewers: { errorPages: { pages: { "404": "404.html" } } } }, /needs a folder/],
    ["an error page of the service", "h1-via-cloudfront", { site: { ...site, paths: ["/404*"] }, viewers: { errorPages: { pages: { "404": "404.html" } } } }, /a path of the service/],
    ["an error page that is not there", "h1-via-cloudfront", { site, viewers: { errorPages: { pages: { "404": "gone.html" } } } }, /no file "?gone\.html/],
    ["an error page for 464", "h1-via-cloudfront", { site, viewers: { errorPages: { pages: { "464": "404.html" } } } }, /no page for "464"/],
    ["countries without CloudFront", "h2-direct", { viewers: { countries: { deny: ["FR"] } } }, /geo match rule/],
    ["a password without CloudFront", "h2-direct", { viewers: { password: { user: "a", value: "b" } } }, /only CloudFront has this/],
    ["who may pass to several services", "h2-direct", { services: { api: { paths: ["/api/*"] } }, viewers: passing }, /there are several/],
    ["who may pass to one of two target groups", "h2-direct", { service: { ...service, deployment: { strategy: "blue-green" } }, viewers: passing }, /a deployment moves requests to another/],
    ["who may pass without a sign-in", "h2-direct", { signIn: { cognito: { userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC", clientId: "a", domain: "shop" }, paths: ["/*"] }, viewers: passing }, /before it asks anybody to sign in/],
    ["a name of another zone", "h1-via-cloudfront", { domain: { ...domain, aliases: ["a.example.org"] } }, /not in the zone example\.com/],
  ];
  for (const [title, variant, args, why] of rows)
    it(title, () => {
      expect(() => planPath(variant, "web", { service, domain, ...args })).to.throw(why);
    });

  function page(name: string): PathPlanArgs {
    return { viewers: { maintenance: { page: name } } };
  }
});

describe("certificates whose DNS is elsewhere", () => {
  const names = ["app.example.com", "www.example.org"];
  const make = async (validated: boolean) => {
    let kept: (lines: string) => void = () => undefined;
    const lines = new Promise<string>((resolve) => (kept = resolve));
    const made = await record(() => {
      const dns = new ExternalDnsCertificates("web", { names, edge: true, validated });
      dns.recordsFor(names, "d1.cloudfront.net").apply((records) => {
        kept(zoneFile(records));
      });
    });
    return { made, lines: await lines };
  };

  it("are created without waiting, and list their records once", async () => {
    const { made, lines } = await make(false);
    expect(made.all("Certificate").map(({ name }) => name)).to.deep.equal([
      ...["web-external", "web-external-edge"],
    ]);
    expect(made.all("Record").concat(made.all("CertificateValidation"))).to.be.empty;
    expect(lines.match(/IN CNAME d1\.cloudfront\.net\./g)).to.have.length(2);
    expect(lines.match(/acm-validations\.aws\. /g)).to.have.length(2);
  });

  it("are waited for once the records exist", async () => {
    const { made } = await make(true);
    expect(made.all("CertificateValidation")).to.have.length(2);
  });
});
