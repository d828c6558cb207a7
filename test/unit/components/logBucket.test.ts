/** The log bucket: who its policy admits, and what is set on it. */
import { expect } from "chai";
import { LogBucket, type LogWriters } from "../../../components";
import {
  logBucketPolicy,
  logBucketStatements,
  writesAnything,
} from "../../../components/logs/logBucketPolicy";
import { logBuckets, type LogBuckets } from "../../../components/logs/logBuckets";
import type { Props } from "../../../local/model/types";
import { record, recorded, type Recording } from "./record";

const place = { bucket: "logs", accountId: "123456789012", region: "eu-west-1", partition: "aws" };
const everyone: LogWriters = { loadBalancer: true, edge: "v2", flow: true };

describe("the policy of a log bucket", () => {
  const rows: [what: string, writers: LogWriters, sids: string[]][] = [
    ["nobody", {}, []],
    ["nobody, said so", { loadBalancer: false, edge: "off", flow: false }, []],
    ["load balancers", { loadBalancer: true }, ["LoadBalancerLogs"]],
    ["CloudFront", { edge: "v2" }, ["CloudFrontLogs"]],
    ["CloudFront the legacy way, by its ACL", { edge: "legacy" }, []],
    ["flow logs", { flow: true }, ["AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"]],
    [
      "all of them",
      everyone,
      ["LoadBalancerLogs", "CloudFrontLogs", "AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"],
    ],
  ];
  for (const [what, writers, sids] of rows) {
    it(`admits ${what}`, () => {
      expect(logBucketStatements(writers, place).map((s) => s.Sid)).to.deep.equal(sids);
      expect(writesAnything(writers)).to.equal(what.startsWith("nobody") ? false : true);
    });
  }

  it("says exactly what AWS asks for", () => {
    expect(logBucketStatements(everyone, place)).to.deep.equal([
      {
        Sid: "LoadBalancerLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/*",
        Condition: {
          ArnLike: {
            "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/*",
          },
        },
      },
      {
        Sid: "CloudFrontLogs",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/*",
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:*" },
        },
      },
      {
        Sid: "AWSLogDeliveryWrite",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/*",
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*" },
        },
      },
      {
        Sid: "AWSLogDeliveryAclCheck",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: "arn:aws:s3:::logs",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*" },
        },
      },
    ]);
  });

  it("refuses requests without TLS from any writer", () => {
    for (const writers of [{}, everyone]) {
      const { Statement } = JSON.parse(logBucketPolicy(writers, place)) as { Statement: Props[] };
      expect(Statement.filter((s) => s.Effect === "Deny")).to.deep.equal([
        {
          Sid: "OverTlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
    }
  });

  it("is of the partition that the bucket is in", () => {
    const policy = logBucketPolicy(everyone, { ...place, partition: "aws-cn" });
    expect(policy).not.to.include("arn:aws:");
  });
});

describe("LogBucket", () => {
  const build = async (args: Partial<ConstructorParameters<typeof LogBucket>[1]> = {}) =>
    recorded(LogBucket, { writers: everyone, ...args });

  it("is private, encrypted with S3's own keys, without ACLs, with versions", async () => {
    const made = await build();
    expect(made.one("BucketPublicAccessBlock").inputs).to.include({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(made.one("BucketServerSideEncryptionConfiguration").inputs.rules).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    expect(made.one("BucketOwnershipControls").inputs.rule).to.deep.equal({
      objectOwnership: "BucketOwnerEnforced",
    });
    expect(made.one("BucketVersioning").inputs.versioningConfiguration).to.deep.equal({
      status: "Enabled",
    });
    const { id } = made.one("Bucket");
    for (const { type, inputs } of made.resources.filter((r) => r.type.includes(":Bucket"))) {
      if (type.endsWith(":Bucket")) continue;
      expect(inputs.bucket, type).to.equal(id);
    }
  });

  it("has no name of its own, so that it can be replaced", async () => {
    expect((await build()).one("Bucket").inputs.bucket).to.equal(undefined);
  });

  it("takes ACLs for the legacy logs of CloudFront only", async () => {
    const made = await build({ writers: { loadBalancer: true, edge: "legacy" } });
    expect(made.one("BucketOwnershipControls").inputs.rule).to.deep.equal({
      objectOwnership: "BucketOwnerPreferred",
    });
  });

  it("keeps logs for 90 days, or for the configured time", async () => {
    const days = async (retentionDays?: number) => {
      const { rules } = (await build({ retentionDays })).one("BucketLifecycleConfiguration").inputs;
      return (rules as { expiration: { days?: number } }[])[0]?.expiration.days;
    };
    expect(await days()).to.equal(90);
    expect(await days(7)).to.equal(7);
  });

  it("leaves no former versions and no markers behind", async () => {
    const { rules } = (await build()).one("BucketLifecycleConfiguration").inputs;
    expect(rules).to.deep.equal([
      {
        id: "retention",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: 90 },
        noncurrentVersionExpiration: { noncurrentDays: 1 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
      {
        id: "markers",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { expiredObjectDeleteMarker: true },
      },
    ]);
  });

  it("is deleted with its logs only where that is asked for", async () => {
    expect((await build()).one("Bucket").inputs.forceDestroy).to.equal(false);
    expect((await build({ forceDestroy: true })).one("Bucket").inputs.forceDestroy).to.equal(true);
  });

  it("hands out a name that is known only with its policy and its ownership", async () => {
    let bucket: LogBucket | undefined;
    await record(() => (bucket = new LogBucket("web", { writers: everyone })));
    const types = [...(await resourcesOf(bucket?.writableName))].map((r) => r.__pulumiType);
    expect(types).to.include.members([
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    ]);
  });
});

describe("the buckets that logs need", () => {
  const build = async (writers: LogWriters, bucket?: string) => {
    let buckets: LogBuckets | undefined;
    const made = await record(() => (buckets = logBuckets("web", { writers, bucket })));
    const names = made.all("Bucket").map((b) => b.name);
    return { made, names, buckets };
  };
  const admitted = (made: Recording, name: string) =>
    (
      JSON.parse(String(made.named("BucketPolicy", name).inputs.policy)) as { Statement: Props[] }
    ).Statement.map((s) => s.Sid).filter((sid) => sid !== "OverTlsOnly");

  it("are none where no log is on", async () => {
    const { buckets, made } = await build({ edge: "off" });
    expect(buckets).to.equal(undefined);
    expect(made.resources).to.deep.equal([]);
  });

  it("are none where one is given", async () => {
    const { buckets, made } = await build({ ...everyone, edge: "legacy" }, "example-logs");
    expect(buckets).to.deep.equal({ bucketName: "example-logs" });
    expect(made.resources).to.deep.equal([]);
  });

  it("are one for all, without ACLs", async () => {
    const { names, buckets, made } = await build(everyone);
    expect(names).to.deep.equal(["web-logs"]);
    expect(buckets).not.to.have.property("legacyBucketName");
    expect(admitted(made, "web-logs")).to.have.length(4);
  });

  it("are another one for CloudFront's legacy logs, the only one with ACLs", async () => {
    const { names, made, buckets } = await build({ loadBalancer: true, edge: "legacy" });
    expect(names).to.have.members(["web-logs", "web-edge-logs"]);
    const owned = made.all("BucketOwnershipControls").map((o) => [o.name, o.inputs.rule]);
    expect(Object.fromEntries(owned)).to.deep.equal({
      "web-logs": { objectOwnership: "BucketOwnerEnforced" },
      "web-edge-logs": { objectOwnership: "BucketOwnerPreferred" },
    });
    expect(admitted(made, "web-logs")).to.deep.equal(["LoadBalancerLogs"]);
    expect(admitted(made, "web-edge-logs")).to.deep.equal([]);
    expect(buckets?.legacyBucketName).not.to.equal(buckets?.bucketName);
  });

  it("are that one alone where nothing else is on", async () => {
    const { names, buckets } = await build({ edge: "legacy" });
    expect(names).to.deep.equal(["web-edge-logs"]);
    expect(buckets?.legacyBucketName).to.equal(buckets?.bucketName);
  });
});

/** What an output waits for: the SDK keeps it, and leaves it out of its types. */
function resourcesOf(output: unknown): Promise<Set<{ __pulumiType: string }>> {
  return (output as { allResources(): Promise<Set<{ __pulumiType: string }>> }).allResources();
}
