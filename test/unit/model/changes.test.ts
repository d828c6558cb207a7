/** Changes: which ones replace, which are made in place, and what holds a resource in use. */
import { expect } from "chai";
import { Account } from "../../../local/model";
import { token } from "../../../topology/tokens";
import { UNKNOWN } from "../../../local/model/types";
import { container, forbid, make, scene } from "./scene";
import { codesOf, withValues } from "./support";
import { changeRefusals, diffInputs } from "../../../local/model/inputs";

/** Changes of one property each, and whether AWS needs a new resource for it. */
const changes: [type: string, path: string, value: unknown, replaces: boolean][] = [
  [token.targetGroup, "protocolVersion", "HTTP2", true],
  [token.targetGroup, "port", 8081, true],
  [token.targetGroup, "protocol", "HTTPS", true],
  [token.targetGroup, "targetType", "instance", true],
  [token.targetGroup, "vpcId", "vpc-0123456789abcdef0", true],
  [token.targetGroup, "name", "other", true],
  [token.targetGroup, "healthCheck.path", "/up", false],
  [token.targetGroup, "deregistrationDelay", 30, false],
  [token.secret, "description", "Other", false],
  [token.secret, "name", "other", true],
  [token.secretVersion, "secretString", "{}", true],
  [token.loadBalancer, "internal", true, true],
  [token.loadBalancer, "name", "other", true],
  [token.loadBalancer, "idleTimeout", 61, false],
  [token.loadBalancer, "securityGroups[0]", "sg-0123456789abcdef0", false],
  [token.listener, "loadBalancerArn", "arn:x", true],
  [token.listener, "port", 444, false],
  [token.listener, "defaultActions[0]", forbid, false],
  [token.listenerRule, "listenerArn", "arn:x", true],
  [token.listenerRule, "priority", 30, false],
  [token.securityGroup, "description", "Other", true],
  [token.securityGroup, "vpcId", "vpc-0123456789abcdef0", true],
  [token.securityGroupIngress, "securityGroupId", "sg-0123456789abcdef0", true],
  [token.securityGroupIngress, "cidrIpv4", "192.0.2.7/32", false],
  [token.taskDefinition, "cpu", "512", true],
  [token.taskDefinition, "containerDefinitions", "[]", true],
  [token.service, "desiredCount", 3, false],
  [token.service, "enableExecuteCommand", true, false],
  [token.cluster, "configuration", { executeCommandConfiguration: { logging: "NONE" } }, false],
  [token.service, "taskDefinition", "arn:x", false],
  [token.service, "launchType", "EC2", true],
  [token.service, "desiredCount", 0, false],
  [token.scalableTarget, "minCapacity", 1, false],
  [token.scalableTarget, "resourceId", "service/web/other", true],
  [token.scalingPolicy, "targetTrackingScalingPolicyConfiguration.targetValue", 70, false],
  [token.scalingPolicy, "name", "other", true],
  [token.scheduledAction, "schedule", "rate(1 day)", false],
  [token.scheduledAction, "scalableDimension", "ecs:service:Other", true],
  [token.clusterCapacityProviders, "capacityProviders[1]", "other", false],
  [token.clusterCapacityProviders, "clusterName", "other", true],
  [token.service, "cluster", "other", true],
  [token.service, "loadBalancers[0].targetGroupArn", "arn:x", false],
  [token.certificate, "domainName", "other.example.com", true],
  [token.distribution, "httpVersion", "http2", false],
  [token.distribution, "origins[0].domainName", "other.example.com", false],
  [token.vpc, "cidrBlock", "10.5.0.0/16", true],
  [token.subnet, "availabilityZone", "eu-west-1a", true],
  [token.logGroup, "retentionInDays", 7, false],
  [token.logGroup, "name", "other", true],
  [token.role, "assumeRolePolicy", '{"Version":"2012-10-17","Statement":[]}', false],
  [token.repository, "imageTagMutability", "IMMUTABLE", false],
  [token.record, "ttl", 61, false],
  [token.record, "type", "AAAA", true],
  [token.metricAlarm, "threshold", 20, false],
  [token.metricAlarm, "dimensions.LoadBalancer", "app/other/0123456789abcdef", false],
  [token.topic, "kmsMasterKeyId", "alias/other", false],
  [token.topic, "name", "other", true],
  [token.topicSubscription, "endpoint", "other@example.com", true],
  [token.kmsKey, "enableKeyRotation", false, false],
  [token.detector, "findingPublishingFrequency", "ONE_HOUR", false],
  [token.detectorFeature, "detectorId", "f123456789abcdef0123456789abcdef", true],
  [token.detectorFeature, "status", "DISABLED", false],
  [token.inspector, "resourceTypes[0]", "EC2", false],
  [token.randomPassword, "length", 41, true],
  [token.taskDefinition, "tags", { a: "b" }, false],
];

describe("changes", () => {
  for (const [type, path, value, replaces] of changes) {
    const how = replaces ? "replaces" : "is made in place";
    it(`${type.split(":").pop() ?? ""}.${path} ${how}`, () => {
      const s = scene();
      const olds = s.valid(type);
      const diff = diffInputs(type, olds, withValues(olds, { [path]: value }));
      const under = (found: string) => found === path || found.startsWith(`${path}.`);
      expect(diff.changed.some(under), diff.changed.join()).to.equal(true);
      expect(diff.changed.every(under), diff.changed.join()).to.equal(true);
      expect(diff.replaces.length > 0).to.equal(replaces);
    });
  }

  describe("from a launch type to capacity providers", () => {
    const shares = [{ capacityProvider: "FARGATE", weight: 1 }];
    const fixed = (s = scene()) => s.valid(token.service);
    const spread = { ...fixed(), launchType: undefined, capacityProviderStrategies: shares };
    const forced = { ...spread, forceNewDeployment: true };

    it("is made in place, with a new deployment only", () => {
      expect(diffInputs(token.service, fixed(), forced).replaces).to.deep.equal([]);
      expect(changeRefusals(token.service, fixed(), forced)).to.deep.equal([]);
      const [refusal] = changeRefusals(token.service, fixed(), spread);
      expect(refusal?.message).to.match(/force_new_deployment should be true/);
    });

    it("and back is refused by the provider, and would replace the service", () => {
      expect(diffInputs(token.service, forced, fixed()).replaces).to.deep.equal(["launchType"]);
      expect(changeRefusals(token.service, forced, fixed())).to.have.length(1);
    });

    it("holds the providers in use", () => {
      const { account, ids } = scene();
      const service = account.read(token.service, ids.service ?? "")?.inputs;
      const to = { launchType: undefined, capacityProviderStrategies: shares };
      account.update(token.service, ids.service ?? "", {
        ...{ ...service, ...to, forceNewDeployment: true },
      });
      const capacity = ids.capacity ?? "";
      expect(
        codesOf(() => {
          account.delete(token.clusterCapacityProviders, capacity);
        }),
      ).to.deep.equal(["ResourceInUseException"]);
    });
  });

  it("none where only the spelling differs", () => {
    const s = scene();
    const olds = s.valid(token.taskDefinition);
    const spaced = JSON.stringify([container()], undefined, 2);
    const news = withValues(olds, {
      cpu: 256,
      containerDefinitions: spaced,
      networkMode: "awsvpc",
    });
    expect(diffInputs(token.taskDefinition, olds, news).changed).to.deep.equal([]);
    const explicit = withValues(s.valid(token.loadBalancer), { idleTimeout: 60 });
    const implicit = s.valid(token.loadBalancer);
    expect(diffInputs(token.loadBalancer, implicit, explicit).changed).to.deep.equal([]);
  });

  it("a value that is not known yet counts as changed", () => {
    const s = scene();
    const olds = s.valid(token.targetGroup);
    const diff = diffInputs(token.targetGroup, olds, { ...olds, vpcId: UNKNOWN });
    expect(diff).to.deep.equal({ changed: ["vpcId"], replaces: ["vpcId"] });
  });

  it("in place keep the id and the name, and show in the outputs", () => {
    const { account, ids } = scene();
    const id = ids.group ?? "";
    const before = account.read(token.targetGroup, id);
    const inputs = withValues(before?.inputs ?? {}, { "healthCheck.path": "/up" });
    const after = account.update(token.targetGroup, id, inputs);
    expect(after).to.deep.include({ arn: id, name: before?.outputs.name });
    expect(after.healthCheck).to.include({ path: "/up", timeout: 5 });
    expect(account.read(token.targetGroup, id)?.outputs).to.deep.equal(after);
  });

  it("in place leave the name alone, also while a replacement of the same URN exists", () => {
    const s = scene();
    const inputs = withValues(s.valid(token.targetGroup), { name: undefined });
    const first = make(s.account, token.targetGroup, "web", inputs);
    make(s.account, token.targetGroup, "web", inputs);
    const after = s.account.update(token.targetGroup, first.id, { ...inputs, slowStart: 30 });
    expect(after.name).to.equal(first.outputs.name);
  });

  it("in place are refused where only a replacement can make them", () => {
    const { account, ids } = scene();
    const inputs = account.read(token.targetGroup, ids.group ?? "")?.inputs ?? {};
    const change = { ...inputs, protocolVersion: "HTTP2" };
    expect(codesOf(() => account.update(token.targetGroup, ids.group ?? "", change))).to.deep.equal(
      ["ValidationError"],
    );
  });

  it("are refused to a VPC origin that a distribution uses, tags included", () => {
    const { account, ids } = scene();
    const inputs = account.read(token.vpcOrigin, ids.origin ?? "")?.inputs ?? {};
    const update = () =>
      account.update(token.vpcOrigin, ids.origin ?? "", { ...inputs, tags: { a: "b" } });
    expect(codesOf(update)).to.deep.equal(["CannotUpdateEntityWhileInUse"]);
    account.delete(token.distribution, ids.distribution ?? "");
    expect(codesOf(update)).to.deep.equal([]);
  });
});

/** What is in use, its code, and what to take away (in order) before it can go. */
const held: [what: string, type: string, code: string, users: [string, string][]][] = [
  ["group", token.targetGroup, "ResourceInUse", [["rule", token.listenerRule]]],
  [
    "origin",
    token.vpcOrigin,
    "CannotDeleteEntityWhileInUse",
    [["distribution", token.distribution]],
  ],
  [
    "inner",
    token.loadBalancer,
    "ResourceInUse",
    [
      ["distribution", token.distribution],
      ["origin", token.vpcOrigin],
    ],
  ],
  ["cluster", token.cluster, "ClusterContainsServicesException", [["service", token.service]]],
  ["taskGroup", token.securityGroup, "DependencyViolation", [["service", token.service]]],
  [
    "certificate",
    token.certificate,
    "ResourceInUseException",
    [
      ["rule", token.listenerRule],
      ["listener", token.listener],
    ],
  ],
  ["edge", token.certificate, "ResourceInUseException", [["distribution", token.distribution]]],
  [
    "subnetB",
    token.subnet,
    "DependencyViolation",
    [
      ["service", token.service],
      ["distribution", token.distribution],
      ["origin", token.vpcOrigin],
      ["alb", token.loadBalancer],
      ["inner", token.loadBalancer],
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
    const inputs = withValues(s.valid(token.loadBalancer), { enableDeletionProtection: true });
    const { id } = make(s.account, token.loadBalancer, "kept", inputs);
    const remove = () => {
      s.account.delete(token.loadBalancer, id);
    };
    expect(codesOf(remove)).to.deep.equal(["OperationNotPermitted"]);
    s.account.update(token.loadBalancer, id, { ...inputs, enableDeletionProtection: false });
    expect(codesOf(remove)).to.deep.equal([]);
  });

  it("a role with a policy, a zone with records, a VPC with subnets", () => {
    const s = scene();
    make(s.account, token.rolePolicy, "p", s.valid(token.rolePolicy));
    const remove = (type: string, name: string) => () => {
      s.account.delete(type, s.ids[name] ?? "");
    };
    expect(codesOf(remove(token.role, "role"))).to.deep.equal(["DeleteConflict"]);
    expect(codesOf(remove(token.zone, "zone"))).to.deep.equal(["HostedZoneNotEmpty"]);
    expect(codesOf(remove(token.vpc, "vpc"))).to.deep.equal(["DependencyViolation"]);
  });

  it("nothing: deleting twice is no error, and what is deleted no longer exists", () => {
    const s = scene();
    s.account.delete(token.targetGroup, s.ids.loose ?? "");
    s.account.delete(token.targetGroup, s.ids.loose ?? "");
    const codes = codesOf(() => make(s.account, token.listener, "x", s.valid(token.listener)));
    expect(codes).to.deep.equal(["TargetGroupNotFound"]);
  });
});

describe("an account", () => {
  it("echoes types that it has no row for, and lists them", () => {
    const account = new Account();
    const { outputs } = make(account, "aws:mq/broker:Broker", "q", { fifo: true });
    expect(outputs).to.deep.equal({ fifo: true });
    expect([...account.unmodelled]).to.deep.equal(["aws:mq/broker:Broker"]);
  });

  it("takes an id of the right kind that it never saw for something made elsewhere", () => {
    const account = new Account();
    const given = { vpcId: "vpc-0123456789abcdef0" };
    expect(codesOf(() => make(account, token.securityGroup, "a", given))).to.deep.equal([]);
    expect(
      codesOf(() => make(account, token.securityGroup, "b", { vpcId: "subnet-x" })),
    ).to.deep.equal(["InvalidVpcID.NotFound"]);
  });

  for (const region of ["us-west-1", "us-east-1"])
    it(`does not judge the zones of given subnets, in ${region}`, () => {
      const account = new Account({ region });
      const given = Array.from({ length: 6 }, (_, i) => `subnet-0123456789abcdef${i}`);
      const codes = (subnets: string[]): string[] =>
        codesOf(() => make(account, token.loadBalancer, `web${subnets.length}`, { subnets }));
      expect(codes(given.slice(0, 3))).to.deep.equal([]);
      expect(codes(given)).to.deep.equal([]);
      expect(codes(given.slice(0, 1))).to.deep.equal(["ValidationError"]);
    });

  it("gives the same ids in every run", () => {
    const run = () => scene().account.resources.map((r) => r.id);
    expect(run()).to.deep.equal(run());
    expect(new Set(run()).size).to.equal(run().length);
  });

  it("writes ids and names as AWS does", () => {
    const { account, ids } = scene();
    const balancer = account.read(token.loadBalancer, ids.inner ?? "")?.outputs ?? {};
    expect(balancer.arn).to.match(
      /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer\/app\/inner-[0-9a-f]{7}\/[0-9a-f]{16}$/,
    );
    expect(balancer.dnsName).to.match(
      /^internal-inner-[0-9a-f]{7}-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/,
    );
    const front = account.read(token.distribution, ids.distribution ?? "")?.outputs ?? {};
    expect(front.domainName).to.match(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect(ids.vpc).to.match(/^vpc-0[0-9a-f]{16}$/);
  });
});
