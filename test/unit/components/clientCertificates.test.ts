/** Client certificates: what a path makes for them, on either front, and what is refused. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import {
  pathComponents,
  type ClientCertificatesArgs,
  type DeploymentArgs,
} from "../../../components";
import {
  bundleFault,
  edgeCertificateHeaders,
  revocationListFault,
} from "../../../path/clientCertificates";
import type { Props } from "../../../local/model/types";
import { refuses } from "../../../rules/finding";
import { judge } from "../../../rules/judge";
import { pathsIn } from "../../../topology/stack/paths";
import { Stack } from "../../../topology/stack/stack";
import type { Variant } from "../../../path/variants";
import { clientAuthority } from "../../local/client-authority";
import { domain, placement, recorded, type Recording, service } from "./record";

const arn =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/20cfe21448b66314";

describe("client certificates", () => {
  let folder: string;
  let caFile: string;
  let crlFile: string;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-clients-"));
    caFile = path.join(folder, "ca.pem");
    const own = await clientAuthority("own");
    fs.writeFileSync(caFile, own.certificate);
    crlFile = path.join(folder, "revoked tills.pem");
    fs.writeFileSync(crlFile, await own.revoking("03a5b1"));
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const build = (
    variant: Variant,
    clientCertificates?: ClientCertificatesArgs,
    viewers: object = variant === "h2-direct" ? {} : { httpVersions: "http2" },
  ): Promise<Recording> =>
    recorded(pathComponents[variant], {
      ...{ placement, service, domain },
      viewers: { ...viewers, clientCertificates },
    });
  const refused = (...args: Parameters<typeof build>): Promise<string> =>
    build(...args).then(
      () => "nothing",
      (error: unknown) => (error as Error).message,
    );
  const askedBy = (made: Recording): unknown =>
    made.named("Listener", "web-listener").inputs.mutualAuthentication;

  it("are not asked for by default, which is written out", async () => {
    const direct = await build("h2-direct");
    const edge = await build("h1-via-cloudfront");
    for (const made of [direct, edge]) {
      expect(made.tree.join()).not.to.contain("client-ca");
      expect(askedBy(made)).to.deep.equal({ mode: "off" });
    }
    expect(edge.one("Distribution").inputs).not.to.have.property("viewerMtlsConfig");
  });

  it("are verified by the load balancer that viewers call", async () => {
    const made = await build("h2-direct", { caFile, advertiseCaNames: true });
    const types = made.tree
      .filter((one) => one.includes("client-ca"))
      .map((one) => one.replace(/ .*/, "").replace(/.*:/, ""));
    expect(types).to.have.members([
      ...["Bucket", "BucketPublicAccessBlock", "BucketOwnershipControls"],
      ...["BucketServerSideEncryptionConfiguration", "BucketVersioning", "BucketObjectv2"],
      "TrustStore",
    ]);
    const { inputs } = made.named("BucketObjectv2", "web-client-ca");
    expect(inputs.content).to.equal(fs.readFileSync(caFile, "utf8"));
    expect(inputs.key).to.match(/^ca-[0-9a-f]{16}\.pem$/);
    const store = made.named("TrustStore", "web-client-ca");
    expect(store.type).to.equal("aws:lb/trustStore:TrustStore");
    expect(store.inputs.caCertificatesBundleS3Key).to.equal(inputs.key);
    expect(askedBy(made)).to.deep.equal({
      ...{ mode: "verify", trustStoreArn: store.outputs.arn },
      ...{ ignoreClientCertificateExpiry: false, advertiseTrustStoreCaNames: "on" },
    });
  });

  it("are refused where a list revokes them, from the first connection on", async () => {
    const made = await build("h2-direct", { caFile, crlFiles: [crlFile] });
    const name = "web-crl-revoked-tills";
    const store = made.named("TrustStore", "web-client-ca");
    const { inputs } = made.named("BucketObjectv2", name);
    expect(inputs.content).to.equal(fs.readFileSync(crlFile, "utf8"));
    expect(inputs.key).to.match(/^crl-[0-9a-f]{16}\.pem$/);
    expect(made.named("TrustStoreRevocation", name).inputs).to.deep.equal({
      trustStoreArn: store.outputs.arn,
      revocationsS3Bucket: made.named("Bucket", "web-client-ca").id,
      revocationsS3Key: inputs.key,
    });
    expect(askedBy(made)).to.include({ mode: "verify", trustStoreArn: store.outputs.arn });
    const order = made.resources.map((one) => one.name);
    expect(order.indexOf(name)).to.be.lessThan(order.indexOf("web-listener"));
    expect((await build("h2-direct", { caFile })).tree.join()).not.to.contain("Revocation");
  });

  it("are verified by CloudFront where viewers call it, and the load balancer asks for none", async () => {
    const made = await build("h1-via-cloudfront", { caFile, mode: "optional", ignoreExpiry: true });
    const store = made.named("TrustStore", "web-client-ca");
    expect(store.type).to.equal("aws:cloudfront/trustStore:TrustStore");
    expect(made.one("Distribution").inputs.viewerMtlsConfig).to.deep.equal({
      mode: "optional",
      trustStoreConfig: {
        ...{ trustStoreId: store.id, ignoreCertificateExpiry: true },
        advertiseTrustStoreCaNames: false,
      },
    });
    expect(askedBy(made)).to.deep.equal({ mode: "off" });
  });

  it("are shown to the app behind CloudFront, on every path of a service", async () => {
    const api = { ...service, paths: ["/shop.v1.Stock/*"], protocol: "grpc" as const };
    const made = await recorded(pathComponents["h1-via-cloudfront"], {
      ...{ placement, service, domain, services: { api } },
      viewers: { httpVersions: "http2", clientCertificates: { trustStore: "ts_1" } },
    });
    const policy = made.named("OriginRequestPolicy", "web-client-certificates");
    expect(policy.inputs).to.deep.include({
      headersConfig: {
        headerBehavior: "allViewerAndWhitelistCloudFront",
        headers: { items: [...edgeCertificateHeaders] },
      },
      cookiesConfig: { cookieBehavior: "all" },
      queryStringsConfig: { queryStringBehavior: "all" },
    });
    const { defaultCacheBehavior, orderedCacheBehaviors } = made.one("Distribution").inputs;
    const behaviors = [defaultCacheBehavior, ...(orderedCacheBehaviors as Props[])] as Props[];
    expect(behaviors.map((one) => one.originRequestPolicyId)).to.deep.equal([policy.id, policy.id]);
    const [path] = pathsIn(Stack.of(made.resources)).paths;
    expect(path?.found.spec.edge).to.include({ forwardsHost: true });
    expect(judge(Stack.of(made.resources)).findings.filter(refuses)).to.deep.equal([]);
    expect((await build("h1-via-cloudfront")).all("OriginRequestPolicy")).to.deep.equal([]);
  });

  it("are verified with a trust store that exists", async () => {
    const made = await build("h2-direct", { trustStore: arn });
    expect(made.tree.join()).not.to.contain("client-ca");
    expect(askedBy(made)).to.include({ mode: "verify", trustStoreArn: arn });
  });

  it("are passed on by a load balancer without being verified", async () => {
    const made = await build("h2-direct", { mode: "passthrough" });
    expect(made.tree.join()).not.to.contain("client-ca");
    expect(askedBy(made)).to.deep.equal({ mode: "passthrough" });
  });

  it("are asked for by the listener for tests too", async () => {
    const deployment: DeploymentArgs = {
      ...{ strategy: "blue-green", testPort: 8443, testCidrs: ["198.51.100.0/24"] },
    };
    const made = await recorded(pathComponents["h2-direct"], {
      ...{ placement, domain, service: { ...service, deployment } },
      viewers: { clientCertificates: { trustStore: arn } },
    });
    const { inputs } = made.named("Listener", "web-test");
    expect(inputs.mutualAuthentication).to.deep.equal(askedBy(made));
  });

  const wrong: readonly [what: string, Parameters<typeof build>, RegExp][] = [
    ["neither a file nor a trust store", ["h2-direct", {}], /needs caFile .* or trustStore/],
    [
      "optional at a load balancer",
      ["h2-direct", { mode: "optional", trustStore: arn }],
      /has no optional/,
    ],
    [
      "passthrough at CloudFront",
      ["h1-via-cloudfront", { mode: "passthrough" }],
      /cannot set passthrough/,
    ],
    [
      "passthrough with a trust store",
      ["h2-direct", { mode: "passthrough", trustStore: arn }],
      /trustStore has no effect/,
    ],
    [
      "HTTP/3",
      ["h1-via-cloudfront", { trustStore: "ts_1" }, {}],
      /no client certificates over HTTP\/3/,
    ],
    [
      "the other front's trust store",
      ["h1-via-cloudfront", { trustStore: arn }],
      /begins with ts_/,
    ],
    [
      "CloudFront's trust store at a load balancer",
      ["h2-direct", { trustStore: "ts_1" }],
      /expected the ARN/,
    ],
    ["a file that is not there", ["h2-direct", { caFile: "no.pem" }], /there is no file no\.pem/],
    [
      "a file that is no bundle",
      ["h2-direct", { caFile: __filename }],
      /it has no PEM certificate/,
    ],
  ];
  it("refuses revocation lists that have no effect or that AWS does not take", async () => {
    const rows: readonly [Parameters<typeof build>, RegExp][] = [
      [
        ["h1-via-cloudfront", { caFile, crlFiles: [crlFile] }],
        /CloudFront reads no revocation lists/,
      ],
      [["h2-direct", { trustStore: arn, crlFiles: [crlFile] }], /crlFiles needs caFile/],
      [["h2-direct", { mode: "passthrough", crlFiles: [crlFile] }], /crlFiles has no effect/],
      [["h2-direct", { caFile, crlFiles: ["no.pem"] }], /there is no file no\.pem/],
      [["h2-direct", { caFile, crlFiles: [caFile] }], /it has no PEM revocation list/],
      [["h2-direct", { caFile, crlFiles: [crlFile, crlFile] }], /two files have the same name/],
    ];
    for (const [args, says] of rows) expect(await refused(...args)).to.match(says);
    const list = fs.readFileSync(crlFile, "utf8");
    expect(revocationListFault(`${list}\n${list}`)).to.match(/2 revocation lists/);
  });

  for (const [what, args, says] of wrong)
    it(`refuses ${what}`, async () => {
      expect(await refused(...args)).to.match(says);
    });

  it("reads bundles as AWS does", async () => {
    const { certificate } = await clientAuthority("own");
    const bundle = certificate.trim();
    expect(bundleFault(`# our CA\n${bundle}\n${bundle}\n`)).to.equal(undefined);
    expect(bundleFault(`${bundle}\n\n${bundle}`)).to.contain("blank lines");
    expect(bundleFault(`# a - b\n${bundle}`)).to.contain("only comments");
    expect(bundleFault(`Certificate:\n${bundle}`)).to.contain("only comments");
    expect(bundleFault(Array(26).fill(bundle).join("\n"))).to.contain("a trust store takes 25");
  });
});
