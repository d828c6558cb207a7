/** Buckets and logs: what a policy admits, what AWS writes, what stays behind, what is replaced. */
import { expect } from "chai";
import { logBucketPolicy } from "../../../components/logs/logBucketPolicy";
import {
  allowsRequest,
  allowsEveryone,
  type ServiceRequest,
} from "../../../topology/policyDocument";
import { objectsIn } from "../../../local/model/rows/s3";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";
import { make, scene, type Scene } from "./scene";
import { codesOf, refusalsOf, withValues } from "./support";
import { diffInputs } from "../../../local/model/inputs";

const request: ServiceRequest = {
  service: "delivery.logs.amazonaws.com",
  account: "127311923021",
  action: "s3:PutObject",
  resource: "arn:aws:s3:::logs/AWSLogs/123456789012/x.gz",
  context: { "aws:SourceAccount": "123456789012", "aws:SecureTransport": "true" },
};

const statement: Props = {
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/*",
};

const condition = (operator: string, key: string, value: unknown): Props => ({
  Condition: { [operator]: { [key]: value } },
});

const denial: Props = { ...statement, Effect: "Deny", Principal: "*", Action: "s3:*" };

describe("what a bucket policy admits", () => {
  const rows: [what: string, statements: Props[], admitted: boolean][] = [
    ["the statement as it is", [statement], true],
    ["nothing", [], false],
    ["another service", [{ ...statement, Principal: { Service: "x.amazonaws.com" } }], false],
    ["one of two services", [{ ...statement, Principal: { Service: ["x", request.service] } }], true],
    ["everyone", [{ ...statement, Principal: "*" }], true],
    ["everyone, as users", [{ ...statement, Principal: { AWS: "*" } }], true],
    ["the account it once wrote from", [{ ...statement, Principal: { AWS: "arn:aws:iam::127311923021:root" } }], true],
    ["another account", [{ ...statement, Principal: { AWS: "arn:aws:iam::111122223333:root" } }], false],
    ["another action", [{ ...statement, Action: "s3:GetObject" }], false],
    ["an action with a wildcard, in small letters", [{ ...statement, Action: ["s3:put*"] }], true],
    ["another folder", [{ ...statement, Resource: "arn:aws:s3:::logs/web/*" }], false],
    ["a dot is no wildcard", [{ ...statement, Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/x?gz" }], true],
    ["a dot in a pattern is a dot", [{ ...statement, Resource: "arn:aws:s3:::logs/.*" }], false],
    ["the account that asks", [{ ...statement, ...condition("StringEquals", "aws:sourceaccount", "123456789012") }], true],
    ["another account that asks", [{ ...statement, ...condition("StringEquals", "aws:SourceAccount", "111122223333") }], false],
    ["one of two accounts", [{ ...statement, ...condition("StringEquals", "aws:SourceAccount", ["1", "123456789012"]) }], true],
    ["a key that the request has not", [{ ...statement, ...condition("StringEquals", "s3:x-amz-acl", "private") }], false],
    ["the same, if it exists", [{ ...statement, ...condition("StringEqualsIfExists", "s3:x-amz-acl", "private") }], true],
    ["a negation", [{ ...statement, ...condition("StringNotEquals", "aws:SourceAccount", "123456789012") }], false],
    ["a pattern", [{ ...statement, ...condition("StringLike", "aws:SourceAccount", "1234*") }], true],
    ["an operator that nobody knows", [{ ...statement, ...condition("Sounds", "aws:SourceAccount", "123456789012") }], false],
    ["a denial in addition", [statement, denial], false],
    ["a denial of what is not over TLS", [statement, { ...denial, ...condition("Bool", "aws:SecureTransport", "false") }], true],
  ]; // prettier-ignore
  for (const [what, Statement, admitted] of rows) {
    it(`${what}: ${admitted ? "yes" : "no"}`, () => {
      expect(allowsRequest({ Statement }, request)).to.equal(admitted);
    });
  }

  it("is nothing where there is no policy", () => {
    expect(allowsRequest(undefined, request)).to.equal(false);
  });

  it("is public where anyone may without a condition", () => {
    expect(allowsEveryone(statement)).to.equal(false);
    expect(allowsEveryone({ ...statement, Principal: "*" })).to.equal(true);
    expect(allowsEveryone({ ...statement, Principal: { AWS: ["*"] } })).to.equal(true);
    expect(allowsEveryone(denial)).to.equal(false);
    const own = condition("StringEquals", "aws:SourceAccount", "123456789012");
    expect(allowsEveryone({ ...statement, Principal: "*", ...own })).to.equal(false);
  });
});

/** A bucket that load balancers may write to. */
function logBucket(s: Scene, inputs: Props = {}): string {
  const bucket = make(s.account, token.bucket, "Logs", inputs).id;
  const place = { bucket, partition: "aws", accountId: "123456789012", region: "eu-west-1" };
  const policy = logBucketPolicy({ loadBalancer: true }, place);
  make(s.account, token.bucketPolicy, "logs", { bucket, policy });
  return bucket;
}

const logTo = (s: Scene, bucket: string, more: Props = {}): Props => ({
  ...s.valid(token.loadBalancer),
  accessLogs: { bucket, enabled: true },
  ...more,
});

describe("a bucket", () => {
  it("has a name in lower case, and addresses", () => {
    const { outputs } = make(scene().account, token.bucket, "Web-Logs", {});
    expect(outputs.bucket).to.match(/^web-logs-[0-9a-f]{7}$/);
    expect(outputs.arn).to.equal(`arn:aws:s3:::${String(outputs.bucket)}`);
    expect(outputs.bucketRegionalDomainName).to.equal(
      `${String(outputs.bucket)}.s3.eu-west-1.amazonaws.com`,
    );
  });

  it("is deleted while it is empty", () => {
    const s = scene();
    const bucket = logBucket(s);
    s.account.delete(token.bucket, bucket);
    expect(s.account.read(token.bucket, bucket)).to.equal(undefined);
  });

  it("holds a test object from the moment a log is switched on, and is not deleted with it", () => {
    const s = scene();
    const bucket = logBucket(s);
    const { id } = make(s.account, token.loadBalancer, "logging", logTo(s, bucket));
    s.account.delete(token.loadBalancer, id);
    const [refusal] = refusalsOf(() => {
      s.account.delete(token.bucket, bucket);
    });
    expect(refusal?.code).to.equal("BucketNotEmpty");
    expect(refusal?.message).to.include("AWSLogs/123456789012/ELBAccessLogTestFile");
  });

  it("is so for a log that an update switches on, and for each kind of log", () => {
    const s = scene();
    const bucket = logBucket(s);
    const { id } = make(s.account, token.loadBalancer, "logging", s.valid(token.loadBalancer));
    const log = { bucket, enabled: true };
    s.account.update(
      token.loadBalancer,
      id,
      logTo(s, bucket, { connectionLogs: log, healthCheckLogs: log }),
    );
    expect([...objectsIn(s.account, bucket)]).to.deep.equal([
      "AWSLogs/123456789012/ELBAccessLogTestFile",
      "AWSLogs/123456789012/ELBConnectionLogTestFile",
      "AWSLogs/123456789012/ELBHealthCheckLogTestFile",
    ]);
  });

  it("is emptied and deleted where the program says so, even later", () => {
    const s = scene();
    const bucket = logBucket(s);
    make(s.account, token.loadBalancer, "logging", logTo(s, bucket));
    s.account.update(token.bucket, bucket, { forceDestroy: true });
    s.account.delete(token.bucket, bucket);
    expect(s.account.read(token.bucket, bucket)).to.equal(undefined);
  });

  it("describes nothing of what AWS wrote: a refresh finds no drift", () => {
    const s = scene();
    const bucket = logBucket(s);
    const before = s.account.read(token.bucket, bucket);
    make(s.account, token.loadBalancer, "logging", logTo(s, bucket));
    expect(s.account.read(token.bucket, bucket)).to.deep.equal(before);
  });

  it("of others is theirs to judge", () => {
    const s = scene();
    const inputs = logTo(s, "shared-logs");
    expect(refusalsOf(() => make(s.account, token.loadBalancer, "logging", inputs))).to.deep.equal(
      [],
    );
  });

  it("of others with a policy of the program's is judged by that", () => {
    const s = scene();
    const policy = JSON.stringify({
      Statement: [{ ...denial, Resource: "arn:aws:s3:::shared-logs/*" }],
    });
    make(s.account, token.bucketPolicy, "shared", { bucket: "shared-logs", policy });
    expect(
      codesOf(() => make(s.account, token.loadBalancer, "logging", logTo(s, "shared-logs"))),
    ).to.deep.equal(["InvalidConfigurationRequest"]);
  });

  it("is not written to by a log that is off", () => {
    const s = scene();
    const inputs = { ...s.valid(token.loadBalancer), accessLogs: { bucket: "", enabled: false } };
    expect(refusalsOf(() => make(s.account, token.loadBalancer, "quiet", inputs))).to.deep.equal(
      [],
    );
  });
});

describe("CloudFront's legacy logs", () => {
  it("leave a grant, with which ACLs cannot be switched off again", () => {
    const s = scene();
    const bucket = make(s.account, token.bucket, "legacy", {}).id;
    const owned = (objectOwnership: string) => ({ bucket, rule: { objectOwnership } });
    const own = (objectOwnership: string) => () =>
      s.account.update(token.ownershipControls, bucket, owned(objectOwnership));
    make(s.account, token.ownershipControls, "legacy", owned("BucketOwnerPreferred"));
    expect(codesOf(own("BucketOwnerEnforced"))).to.deep.equal([]);
    expect(codesOf(own("ObjectWriter"))).to.deep.equal([]);
    const inputs = s.valid(token.distribution);
    const { id } = make(s.account, token.distribution, "logging", inputs);
    const loggingConfig = { bucket: `${bucket}.s3.amazonaws.com` };
    s.account.update(token.distribution, id, { ...inputs, loggingConfig });
    s.account.update(token.distribution, id, inputs);
    expect(codesOf(own("BucketOwnerPreferred"))).to.deep.equal([]);
    expect(codesOf(own("BucketOwnerEnforced"))).to.deep.equal([
      "InvalidBucketAclWithObjectOwnership",
    ]);
  });
});

describe("a delivery of logs", () => {
  it("holds both of its ends in use", () => {
    const s = scene();
    const delivery = make(s.account, token.logDelivery, "delivery", s.valid(token.logDelivery));
    const source = () => {
      s.account.delete(token.logDeliverySource, s.ids.source ?? "");
    };
    const destination = () => {
      s.account.delete(token.logDeliveryDestination, s.ids.destination ?? "");
    };
    expect(codesOf(source)).to.deep.equal(["ConflictException"]);
    expect(codesOf(destination)).to.deep.equal(["ConflictException"]);
    s.account.delete(token.logDelivery, delivery.id);
    expect([...codesOf(source), ...codesOf(destination)]).to.deep.equal([]);
  });
});

describe("changes of buckets and logs", () => {
  const changes: [type: string, path: string, value: unknown, replaces: boolean][] = [
    [token.bucket, "bucket", "other-logs", true],
    [token.bucket, "forceDestroy", true, false],
    [token.bucketPolicy, "bucket", "other-logs", true],
    [token.bucketPolicy, "policy", "{}", false],
    [token.ownershipControls, "rule.objectOwnership", "BucketOwnerPreferred", false],
    [token.bucketLifecycle, "rules[0].expiration.days", 30, false],
    [token.logDeliveryDestination, "outputFormat", "json", true],
    [token.logDeliverySource, "resourceArn", "arn:x", true],
    [token.logDelivery, "deliveryDestinationArn", "arn:x", true],
    [token.flowLog, "trafficType", "ALL", true],
    [token.flowLog, "tags", { a: "b" }, false],
    [token.loadBalancer, "accessLogs", { bucket: "shared-logs", enabled: true }, false],
  ];
  for (const [type, path, value, replaces] of changes) {
    it(`${type.split(":").pop() ?? ""}.${path} ${replaces ? "replaces" : "is made in place"}`, () => {
      const s = scene();
      const olds = s.valid(type);
      const diff = diffInputs(type, olds, withValues(olds, { [path]: value }));
      expect(diff.changed).not.to.deep.equal([]);
      expect(diff.replaces.length > 0).to.equal(replaces);
    });
  }
});
