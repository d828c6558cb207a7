/** Changes: which ones replace, which are made in place, and what holds a resource in use. */
import { expect } from "chai";
import { Account } from "../../../local/model";
import * as t from "../../../local/model/tokens";
import { UNKNOWN } from "../../../local/types";
import { container, forbid, make, scene } from "./scene";
import { codesOf, withValues } from "./support";

/** Changes of one property each, and whether AWS needs a new resource for it. */
const changes: [type: string, path: string, value: unknown, replaces: boolean][] = [
  [t.TARGET_GROUP, "protocolVersion", "HTTP2", true],
  [t.TARGET_GROUP, "port", 8081, true],
  [t.TARGET_GROUP, "protocol", "HTTPS", true],
  [t.TARGET_GROUP, "targetType", "instance", true],
  [t.TARGET_GROUP, "vpcId", "vpc-0123456789abcdef0", true],
  [t.TARGET_GROUP, "name", "other", true],
  [t.TARGET_GROUP, "healthCheck.path", "/up", false],
  [t.TARGET_GROUP, "deregistrationDelay", 30, false],
  [t.LOAD_BALANCER, "internal", true, true],
  [t.LOAD_BALANCER, "name", "other", true],
  [t.LOAD_BALANCER, "idleTimeout", 61, false],
  [t.LOAD_BALANCER, "securityGroups[0]", "sg-0123456789abcdef0", false],
  [t.LISTENER, "loadBalancerArn", "arn:x", true],
  [t.LISTENER, "port", 444, false],
  [t.LISTENER, "defaultActions[0]", forbid, false],
  [t.LISTENER_RULE, "listenerArn", "arn:x", true],
  [t.LISTENER_RULE, "priority", 30, false],
  [t.SECURITY_GROUP, "description", "Other", true],
  [t.SECURITY_GROUP, "vpcId", "vpc-0123456789abcdef0", true],
  [t.INGRESS_RULE, "securityGroupId", "sg-0123456789abcdef0", true],
  [t.INGRESS_RULE, "cidrIpv4", "192.0.2.7/32", false],
  [t.TASK_DEFINITION, "cpu", "512", true],
  [t.TASK_DEFINITION, "containerDefinitions", "[]", true],
  [t.SERVICE, "desiredCount", 3, false],
  [t.SERVICE, "taskDefinition", "arn:x", false],
  [t.SERVICE, "launchType", "EC2", true],
  [t.SERVICE, "cluster", "other", true],
  [t.SERVICE, "loadBalancers[0].targetGroupArn", "arn:x", false],
  [t.CERTIFICATE, "domainName", "other.example.com", true],
  [t.DISTRIBUTION, "httpVersion", "http2", false],
  [t.DISTRIBUTION, "origins[0].domainName", "other.example.com", false],
  [t.VPC, "cidrBlock", "10.5.0.0/16", true],
  [t.SUBNET, "availabilityZone", "eu-west-1a", true],
  [t.LOG_GROUP, "retentionInDays", 7, false],
  [t.LOG_GROUP, "name", "other", true],
  [t.ROLE, "assumeRolePolicy", '{"Version":"2012-10-17","Statement":[]}', false],
  [t.REPOSITORY, "imageTagMutability", "IMMUTABLE", false],
  [t.RECORD, "ttl", 61, false],
  [t.RECORD, "type", "AAAA", true],
  [t.METRIC_ALARM, "threshold", 20, false],
  [t.METRIC_ALARM, "dimensions.LoadBalancer", "app/other/0123456789abcdef", false],
  [t.TOPIC, "kmsMasterKeyId", "alias/other", false],
  [t.TOPIC, "name", "other", true],
  [t.TOPIC_SUBSCRIPTION, "endpoint", "other@example.com", true],
  [t.KMS_KEY, "enableKeyRotation", false, false],
  [t.DETECTOR, "findingPublishingFrequency", "ONE_HOUR", false],
  [t.DETECTOR_FEATURE, "detectorId", "f123456789abcdef0123456789abcdef", true],
  [t.DETECTOR_FEATURE, "status", "DISABLED", false],
  [t.INSPECTOR, "resourceTypes[0]", "EC2", false],
  [t.RANDOM_PASSWORD, "length", 41, true],
  [t.TASK_DEFINITION, "tags", { a: "b" }, false],
];

describe("changes", () => {
  for (const [type, path, value, replaces] of changes) {
    const how = replaces ? "replaces" : "is made in place";
    it(`${type.split(":").pop() ?? ""}.${path} ${how}`, () => {
      const s = scene();
      const olds = s.valid(type);
      const diff = s.account.diff(type, "id", olds, withValues(olds, { [path]: value }));
      const under = (found: string) => found === path || found.startsWith(`${path}.`);
      expect(diff.changed.some(under), diff.changed.join()).to.equal(true);
      expect(diff.changed.every(under), diff.changed.join()).to.equal(true);
      expect(diff.replaces.length > 0).to.equal(replaces);
    });
  }

  it("none where only the spelling differs", () => {
    const s = scene();
    const olds = s.valid(t.TASK_DEFINITION);
    const spaced = JSON.stringify([container()], undefined, 2);
    const news = withValues(olds, {
      cpu: 256,
      containerDefinitions: spaced,
      networkMode: "awsvpc",
    });
    expect(s.account.diff(t.TASK_DEFINITION, "id", olds, news).changed).to.deep.equal([]);
    const explicit = withValues(s.valid(t.LOAD_BALANCER), { idleTimeout: 60 });
    const implicit = s.valid(t.LOAD_BALANCER);
    expect(s.account.diff(t.LOAD_BALANCER, "id", implicit, explicit).changed).to.deep.equal([]);
  });

  it("a value that is not known yet counts as changed", () => {
    const s = scene();
    const olds = s.valid(t.TARGET_GROUP);
    const diff = s.account.diff(t.TARGET_GROUP, "id", olds, { ...olds, vpcId: UNKNOWN });
    expect(diff).to.deep.equal({ changed: ["vpcId"], replaces: ["vpcId"] });
  });

  it("in place keep the id and the name, and show in the outputs", () => {
    const { account, ids } = scene();
    const id = ids.group ?? "";
    const before = account.read(t.TARGET_GROUP, id);
    const inputs = withValues(before?.inputs ?? {}, { "healthCheck.path": "/up" });
    const after = account.update(t.TARGET_GROUP, id, inputs);
    expect(after).to.deep.include({ arn: id, name: before?.outputs.name });
    expect(after.healthCheck).to.include({ path: "/up", timeout: 5 });
    expect(account.read(t.TARGET_GROUP, id)?.outputs).to.deep.equal(after);
  });

  it("in place leave the name alone, also while a replacement of the same URN exists", () => {
    const s = scene();
    const inputs = withValues(s.valid(t.TARGET_GROUP), { name: undefined });
    const first = make(s.account, t.TARGET_GROUP, "web", inputs);
    make(s.account, t.TARGET_GROUP, "web", inputs);
    const after = s.account.update(t.TARGET_GROUP, first.id, { ...inputs, slowStart: 30 });
    expect(after.name).to.equal(first.outputs.name);
  });

  it("in place are refused where only a replacement can make them", () => {
    const { account, ids } = scene();
    const inputs = account.read(t.TARGET_GROUP, ids.group ?? "")?.inputs ?? {};
    const change = { ...inputs, protocolVersion: "HTTP2" };
    expect(codesOf(() => account.update(t.TARGET_GROUP, ids.group ?? "", change))).to.deep.equal([
      "ValidationError",
    ]);
  });

  it("are refused to a VPC origin that a distribution uses, tags included", () => {
    const { account, ids } = scene();
    const inputs = account.read(t.VPC_ORIGIN, ids.origin ?? "")?.inputs ?? {};
    const update = () =>
      account.update(t.VPC_ORIGIN, ids.origin ?? "", { ...inputs, tags: { a: "b" } });
    expect(codesOf(update)).to.deep.equal(["CannotUpdateEntityWhileInUse"]);
    account.delete(t.DISTRIBUTION, ids.distribution ?? "");
    expect(codesOf(update)).to.deep.equal([]);
  });
});

/** What is in use, its code, and what to take away (in order) before it can go. */
const held: [what: string, type: string, code: string, users: [string, string][]][] = [
  ["group", t.TARGET_GROUP, "ResourceInUse", [["rule", t.LISTENER_RULE]]],
  ["origin", t.VPC_ORIGIN, "CannotDeleteEntityWhileInUse", [["distribution", t.DISTRIBUTION]]],
  [
    "inner",
    t.LOAD_BALANCER,
    "ResourceInUse",
    [
      ["distribution", t.DISTRIBUTION],
      ["origin", t.VPC_ORIGIN],
    ],
  ],
  ["cluster", t.CLUSTER, "ClusterContainsServicesException", [["service", t.SERVICE]]],
  ["taskGroup", t.SECURITY_GROUP, "DependencyViolation", [["service", t.SERVICE]]],
  [
    "certificate",
    t.CERTIFICATE,
    "ResourceInUseException",
    [
      ["rule", t.LISTENER_RULE],
      ["listener", t.LISTENER],
    ],
  ],
  ["edge", t.CERTIFICATE, "ResourceInUseException", [["distribution", t.DISTRIBUTION]]],
  [
    "subnetB",
    t.SUBNET,
    "DependencyViolation",
    [
      ["service", t.SERVICE],
      ["distribution", t.DISTRIBUTION],
      ["origin", t.VPC_ORIGIN],
      ["alb", t.LOAD_BALANCER],
      ["inner", t.LOAD_BALANCER],
    ],
  ],
];

describe("what is in use", () => {
  for (const [what, type, code, users] of held) {
    it(`${type.split(":").pop() ?? ""} ${what}: ${code}`, () => {
      const { account, ids } = scene();
      const remove = () => {
        account.delete(type, ids[what] ?? "");
      };
      for (const [name, userType] of users) {
        expect(codesOf(remove), `before ${name} is gone`).to.deep.equal([code]);
        account.delete(userType, ids[name] ?? "");
      }
      expect(codesOf(remove)).to.deep.equal([]);
      expect(account.read(type, ids[what] ?? "")).to.equal(undefined);
    });
  }

  it("a load balancer under deletion protection", () => {
    const s = scene();
    const inputs = withValues(s.valid(t.LOAD_BALANCER), { enableDeletionProtection: true });
    const { id } = make(s.account, t.LOAD_BALANCER, "kept", inputs);
    const remove = () => {
      s.account.delete(t.LOAD_BALANCER, id);
    };
    expect(codesOf(remove)).to.deep.equal(["OperationNotPermitted"]);
    s.account.update(t.LOAD_BALANCER, id, { ...inputs, enableDeletionProtection: false });
    expect(codesOf(remove)).to.deep.equal([]);
  });

  it("a role with a policy, a zone with records, a VPC with subnets", () => {
    const s = scene();
    make(s.account, t.ROLE_POLICY, "p", s.valid(t.ROLE_POLICY));
    const remove = (type: string, name: string) => () => {
      s.account.delete(type, s.ids[name] ?? "");
    };
    expect(codesOf(remove(t.ROLE, "role"))).to.deep.equal(["DeleteConflict"]);
    expect(codesOf(remove(t.ZONE, "zone"))).to.deep.equal(["HostedZoneNotEmpty"]);
    expect(codesOf(remove(t.VPC, "vpc"))).to.deep.equal(["DependencyViolation"]);
  });

  it("nothing: deleting twice is no error, and what is deleted no longer exists", () => {
    const s = scene();
    s.account.delete(t.TARGET_GROUP, s.ids.loose ?? "");
    s.account.delete(t.TARGET_GROUP, s.ids.loose ?? "");
    const codes = codesOf(() => make(s.account, t.LISTENER, "x", s.valid(t.LISTENER)));
    expect(codes).to.deep.equal(["TargetGroupNotFound"]);
  });
});

describe("an account", () => {
  it("echoes types that it has no row for, and lists them", () => {
    const account = new Account();
    const { outputs } = make(account, "aws:sqs/queue:Queue", "q", { fifo: true });
    expect(outputs).to.deep.equal({ fifo: true });
    expect([...account.unmodelled]).to.deep.equal(["aws:sqs/queue:Queue"]);
  });

  it("takes a well-formed id that it never saw for something made elsewhere", () => {
    const account = new Account();
    const given = { vpcId: "vpc-0123456789abcdef0" };
    expect(codesOf(() => make(account, t.SECURITY_GROUP, "a", given))).to.deep.equal([]);
    expect(codesOf(() => make(account, t.SECURITY_GROUP, "b", { vpcId: "vpc-x" }))).to.deep.equal([
      "InvalidVpcID.NotFound",
    ]);
  });

  it("puts given subnets in two zones, so that a load balancer fits", () => {
    const account = new Account();
    const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
    expect(codesOf(() => make(account, t.LOAD_BALANCER, "web", { subnets }))).to.deep.equal([]);
  });

  it("gives the same ids in every run", () => {
    const run = () => scene().account.resources.map((r) => r.id);
    expect(run()).to.deep.equal(run());
    expect(new Set(run()).size).to.equal(run().length);
  });

  it("writes ids and names as AWS does", () => {
    const { account, ids } = scene();
    const balancer = account.read(t.LOAD_BALANCER, ids.inner ?? "")?.outputs ?? {};
    expect(balancer.arn).to.match(
      /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer\/app\/inner-[0-9a-f]{7}\/[0-9a-f]{16}$/,
    );
    expect(balancer.dnsName).to.match(
      /^internal-inner-[0-9a-f]{7}-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/,
    );
    const front = account.read(t.DISTRIBUTION, ids.distribution ?? "")?.outputs ?? {};
    expect(front.domainName).to.match(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect(ids.vpc).to.match(/^vpc-0[0-9a-f]{16}$/);
  });
});
